/* SPDX-License-Identifier: Apache-2.0 */
/* list.h: the list of peers, HOME/keys/peers (mode 0644: all read it), as lines to be kept, added
 * or struck off; what a line says: common/bus/peer.h. Each function ends the program when it fails.
 */
#ifndef KEYS_LIST_H
#define KEYS_LIST_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/bus/key.h"

enum { LIST_LINES_MAX = 1024 };

struct list {
    struct arena *arena; /* of the lines */
    const char *home;
    char *lines[LIST_LINES_MAX]; /* each with its end */
    int n;
};

/* False: there is none so far. */
bool list_read(struct list *, const char *home, struct arena *);
/* In the place of the one that may be there. */
void list_write(const struct list *);

bool list_has(const struct list *, const char *name);
/* A line at the end, with the rights that this name has by default: a service follows the journals
 * that it needs, a desk other than the gateway and `desk` names nobody. */
void list_add(struct list *, const char *name, const char public_key[KEY_TEXT_SIZE]);
void list_strike(struct list *, const char *name);
/* Another key in each line of the name. */
void list_renew(struct list *, const char *name, const char public_key[KEY_TEXT_SIZE]);

#endif
