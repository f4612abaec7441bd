/* SPDX-License-Identifier: Apache-2.0 */
/* passwords.h: argon2id by libsodium, and which passwords are good enough. Hashing takes tens of
 * milliseconds on purpose. */
#ifndef GATEWAY_PASSWORDS_H
#define GATEWAY_PASSWORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "services/gateway/caller/caller.h"

enum { PASSWORD_HASH_SIZE = 128, PASSWORD_LEAST = 12, PASSWORD_MOST = 128 };

struct password_strength {
    size_t memory_bytes;
    unsigned passes;
};

/* Panics when there is not enough memory. */
void password_hash(const struct password_strength *, const char *password,
                   char hash[PASSWORD_HASH_SIZE]);
bool password_is(const char *hash, const char *password);

/* "kfpw-3xmd-...": 80 random bits in letters that are hard to mistake. */
void password_make_one_time(char password[SECRET_TEXT_SIZE]);

/* Why a password is refused; null when it is good. Its length counts, in characters; which
 * characters they are does not. One that many people choose is not good, whatever case its letters
 * have and whatever digits or signs stand before and behind it; nor is one with the name in it. */
const char *password_fault(const char *password, const char *name);

#endif
