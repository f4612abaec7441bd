/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/secrets.h"

#include <sodium.h>
#include <string.h>

enum { SECRET_BYTES = 32 };

void secret_new(char text[SECRET_TEXT_SIZE])
{
    unsigned char secret[SECRET_BYTES];
    randombytes_buf(secret, sizeof secret);
    sodium_bin2base64(text, SECRET_TEXT_SIZE, secret, sizeof secret,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES])
{
    crypto_generichash(hash, SECRET_HASH_BYTES, (const unsigned char *)text, strlen(text), NULL, 0);
}

/* Derived from the session's secret, which the page cannot read, so that it need not be stored. */
void secret_csrf(const char *text, char csrf[SECRET_TEXT_SIZE])
{
    static const unsigned char purpose[] = "onedoor csrf token";
    unsigned char hash[SECRET_HASH_BYTES];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), purpose,
                       sizeof purpose - 1);
    sodium_bin2base64(csrf, SECRET_TEXT_SIZE, hash, sizeof hash,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
