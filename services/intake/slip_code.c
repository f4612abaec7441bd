/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/slip_code.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/case_number.h"

static void hash_of(const unsigned char key[SLIP_KEY_BYTES], int64_t case_number,
                    unsigned char hash[SLIP_HASH_BYTES])
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(case_number >> (8 * i));
    must(crypto_generichash(hash, SLIP_HASH_BYTES, bytes, sizeof bytes, key, SLIP_KEY_BYTES) == 0);
}

const char *slip_code_make(const unsigned char key[SLIP_KEY_BYTES], int64_t case_number,
                           char code[SLIP_CODE_SIZE])
{
    unsigned char hash[SLIP_HASH_BYTES];
    must(case_number_valid(case_number));
    hash_of(key, case_number, hash);
    int digits = snprintf(code, SLIP_CODE_SIZE, "%" PRId64, case_number);
    sodium_bin2hex(code + digits, (size_t)(SLIP_CODE_SIZE - digits), hash, sizeof hash);
    return code;
}

int64_t slip_code_read(const unsigned char key[SLIP_KEY_BYTES], const char *code)
{
    unsigned char given[SLIP_HASH_BYTES], right[SLIP_HASH_BYTES];
    char digits[SLIP_CODE_SIZE] = "";
    size_t length = strlen(code), n_digits = length - 2 * SLIP_HASH_BYTES, got;
    int64_t number;
    if (length < SLIP_CODE_MIN || length > SLIP_CODE_MAX)
        return 0;
    memcpy(digits, code, n_digits);
    if (sodium_hex2bin(given, sizeof given, code + n_digits, length - n_digits, NULL, &got, NULL) !=
            0 ||
        got != sizeof given || !case_number_parse(digits, &number))
        return 0;
    hash_of(key, number, right);
    return sodium_memcmp(given, right, sizeof right) == 0 ? number : 0;
}
