/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/passwords.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "common/base/panic.h"

enum { PASSWORD_BYTES_MAX = 4 * PASSWORD_MOST };

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

/* ---- what is too easy to guess */

static const char *const common[] = {
#include "services/gateway/people/common_passwords.inc"
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_common(const char *text)
{
    return bsearch(&text, common, sizeof common / sizeof common[0], sizeof common[0], by_text) !=
           NULL;
}

/* Without the digits and signs before and behind it: "Password123!" is "password". */
static void strip(char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    size_t begin = strcspn(text, letters), length = strlen(text);
    while (length > begin && strchr(letters, text[length - 1]) == NULL)
        length--;
    memmove(text, text + begin, length - begin);
    text[length - begin] = '\0';
}

/* "abcabcabcabc": the same again and again. */
static bool is_repeated(const char *text, size_t length)
{
    for (size_t unit = 1; unit <= length / 2; unit++)
        if (length % unit == 0 && memcmp(text, text + unit, length - unit) == 0)
            return true;
    return false;
}

/* "123456789012", "fedcbazyxwvu": each character follows the one before. */
static bool is_sequence(const char *text, size_t length)
{
    size_t up = 0, down = 0;
    for (size_t i = 1; i < length; i++) {
        int step = text[i] - text[i - 1];
        up += step == 1 || step == -9 || step == -25;
        down += step == -1 || step == 9 || step == 25;
    }
    return up == length - 1 || down == length - 1;
}

static bool is_easy(const char *password)
{
    char text[PASSWORD_BYTES_MAX + 1];
    size_t length = strlen(password);
    if (length > PASSWORD_BYTES_MAX)
        return false;
    for (size_t i = 0; i <= length; i++)
        text[i] = (char)tolower((unsigned char)password[i]);
    if (is_repeated(text, length) || is_sequence(text, length) || is_common(text))
        return true;
    strip(text);
    return text[0] != '\0' && (is_common(text) || is_repeated(text, strlen(text)));
}

const char *password_fault(const char *password, const char *name)
{
    size_t characters = u8_mbsnlen((const uint8_t *)password, strlen(password));
    if (characters < PASSWORD_LEAST || characters > PASSWORD_MOST)
        return "must be 12 to 128 characters";
    if (strcasestr(password, name) != NULL)
        return "must not have the name in it";
    return is_easy(password) ? "is too easy to guess: many people choose it" : NULL;
}
