/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/passwords.h"

#include <sodium.h>
#include <string.h>
#include <unistr.h>

#include "common/base/panic.h"

_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "a hash fits");

void password_hash(const struct password_strength *strength, const char *password,
                   char hash[PASSWORD_HASH_SIZE])
{
    if (crypto_pwhash_str_alg(hash, password, strlen(password), strength->passes,
                              strength->memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        panic("no memory for hashing a password: %zu bytes", strength->memory_bytes);
}

bool password_is(const char *hash, const char *password)
{
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void password_make_one_time(char password[SECRET_TEXT_SIZE])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    size_t n = 0;
    for (int i = 0; i < 16; i++) {
        if (i > 0 && i % 4 == 0)
            password[n++] = '-';
        password[n++] = letters[randombytes_uniform(sizeof letters - 1)];
    }
    password[n] = '\0';
}

const char *password_fault(const char *password, const char *name)
{
    size_t same = 0, length = strlen(password),
           characters = u8_mbsnlen((const uint8_t *)password, length);
    for (size_t i = 0; i < length; i++)
        same += password[i] == password[0];
    if (characters < PASSWORD_LEAST || characters > PASSWORD_MOST)
        return "must be 12 to 128 characters";
    if (strstr(password, name) != NULL || same == length)
        return "is too easy to guess";
    return NULL;
}
