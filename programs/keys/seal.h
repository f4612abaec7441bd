/* SPDX-License-Identifier: Apache-2.0 */
/* seal.h: the keys that a service seals personal data with, as a file that common/rows/sealed.h
 * reads. A failure here ends the program. */
#ifndef KEYS_SEAL_H
#define KEYS_SEAL_H

#include <stdbool.h>

/* Has the service of this name such a file? */
bool seal_is_kept(const char *service);

/* Makes HOME/keys/<service>/seal with a secret and a first key, unless it is there. */
void seal_have(const char *service, const char *home);

/* Puts a new key before those in the file, and returns its id. */
unsigned seal_renew(const char *service, const char *home);

#endif
