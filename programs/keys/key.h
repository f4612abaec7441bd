/* SPDX-License-Identifier: Apache-2.0 */
/* key.h: the key file of a peer, HOME/keys/<name>/key (mode 0600), as common/bus/key.h reads it, in
 * a folder (0700) for this peer alone.
 * Each function ends the program when it fails. */
#ifndef KEYS_KEY_H
#define KEYS_KEY_H

#include <stdbool.h>

#include "common/bus/key.h"

/* Is the name fit to be a file name and a word of the list? */
bool key_name_fits(const char *name);

bool key_is_there(const char *home, const char *name);
/* A new pair in the place of the one that may be there. */
void key_make(const char *home, const char *name);
void key_delete(const char *home, const char *name);
void key_public(const char *home, const char *name, char public_key[KEY_TEXT_SIZE]);

#endif
