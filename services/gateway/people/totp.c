/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/totp.h"

#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"

enum { HASH_BYTES = 20, COUNTER_BYTES = 8, CODES = 1000000, LETTER_BITS = 5 };

int64_t totp_step(int64_t now_ms)
{
    return now_ms / TOTP_STEP_MS;
}

void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step,
               char code[TOTP_CODE_SIZE])
{
    unsigned char counter[COUNTER_BYTES], hash[HASH_BYTES];
    unsigned size = sizeof hash;
    for (int i = 0; i < COUNTER_BYTES; i++)
        counter[i] = (unsigned char)(step >> 8 * (COUNTER_BYTES - 1 - i));
    must(HMAC(EVP_sha1(), secret, TOTP_SECRET_BYTES, counter, sizeof counter, hash, &size) != NULL);
    const unsigned char *at = hash + (hash[HASH_BYTES - 1] & 0xf);
    uint32_t number =
        (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    snprintf(code, TOTP_CODE_SIZE, "%0*u", TOTP_DIGITS, number % CODES);
}

int64_t totp_find(const unsigned char secret[TOTP_SECRET_BYTES], const char *code, int64_t now_ms)
{
    char right[TOTP_CODE_SIZE];
    int64_t now = totp_step(now_ms);
    for (int64_t step = now - 1; step <= now + 1 && strlen(code) == TOTP_DIGITS; step++) {
        totp_code(secret, step, right);
        if (sodium_memcmp(right, code, TOTP_DIGITS) == 0)
            return step;
    }
    return 0;
}

const char *totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES], struct arena *arena)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = arena_alloc(arena, TOTP_SECRET_BYTES * 8 / LETTER_BITS + 1);
    for (int bit = 0; bit < TOTP_SECRET_BYTES * 8; bit++)
        if ((secret[bit / 8] >> (7 - bit % 8) & 1) != 0)
            text[bit / LETTER_BITS] |= (char)(1 << (LETTER_BITS - 1 - bit % LETTER_BITS));
    for (int i = 0; i < TOTP_SECRET_BYTES * 8 / LETTER_BITS; i++)
        text[i] = letters[(int)text[i]];
    return text;
}

/* A person's name needs no escape: it is of a-z, 0-9, dot and dash. */
const char *totp_uri(const char *secret_text, const char *person, struct arena *arena)
{
    return arena_printf(arena, "otpauth://totp/Onedoor:%s?secret=%s&issuer=Onedoor", person,
                        secret_text);
}
