/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/ticket_code.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

enum { DATE_DIGITS = 6, CODE_MIN = DATE_DIGITS + 3 + 2 * TICKET_HASH_BYTES };

const char *ticket_code_make(const unsigned char key[SLIP_KEY_BYTES], struct day day,
                             int32_t number, char code[TICKET_CODE_SIZE])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    char of[TICKET_CODE_SIZE];
    struct ymd date = day_to_ymd(day);
    must(number > 0);
    int length =
        snprintf(of, sizeof of, "%02d%02d%02d%03d", date.year % 100, date.month, date.day, number);
    must(crypto_generichash(hash, sizeof hash, (const unsigned char *)of, (size_t)length + 1, key,
                            SLIP_KEY_BYTES) == 0);
    memcpy(code, of, (size_t)length);
    sodium_bin2hex(code + length, (size_t)(TICKET_CODE_SIZE - length), hash, TICKET_HASH_BYTES);
    return code;
}

/* A code is valid when its parts make it again. */
bool ticket_code_read(const unsigned char key[SLIP_KEY_BYTES], const char *code, struct day *day,
                      int32_t *number)
{
    char digits[TICKET_CODE_SIZE] = "", right[TICKET_CODE_SIZE];
    size_t length = strlen(code), n_digits = length - 2 * TICKET_HASH_BYTES;
    if (length < CODE_MIN || length >= TICKET_CODE_SIZE)
        return false;
    memcpy(digits, code, n_digits);
    if (strspn(digits, "0123456789") != n_digits)
        return false;
    int64_t serial = strtoll(digits + DATE_DIGITS, NULL, 10);
    digits[DATE_DIGITS] = '\0';
    int32_t date = (int32_t)strtol(digits, NULL, 10);
    if (serial < 1 || serial > INT32_MAX ||
        !ymd_is_date(2000 + date / 10000, date / 100 % 100, date % 100))
        return false;
    *day = day_from_ymd(2000 + date / 10000, date / 100 % 100, date % 100);
    *number = (int32_t)serial;
    ticket_code_make(key, *day, *number, right);
    return strlen(right) == length && sodium_memcmp(right, code, length) == 0;
}
