/* SPDX-License-Identifier: Apache-2.0 */
/* key.h: a program's own CURVE key pair, from HOME/keys/<name>/key ("public <z85>" and "secret
 * <z85>", a line each). */
#ifndef COMMON_KEY_H
#define COMMON_KEY_H

#include "common/base/status.h"

enum { KEY_TEXT_SIZE = 41 };

struct key_pair {
    char public_key[KEY_TEXT_SIZE];
    char secret_key[KEY_TEXT_SIZE];
};

/* A failure is logged; the secret never is. */
MUST_USE enum status key_pair_read(const char *home, const char *name, struct key_pair *);

#endif
