/* SPDX-License-Identifier: Apache-2.0 */
/* met.h: which keys were let in from which addresses, the last of them. However often one comes
 * again, he pushes nobody else out. Pure. */
#ifndef COMMON_MET_H
#define COMMON_MET_H

#include "common/bus/denied.h"

enum { MET_MAX = 256 };

struct met_list {
    struct {
        unsigned char key[PEER_KEY_BYTES];
        char address[DENIED_ADDRESS_SIZE];
    } met[MET_MAX]; /* a ring */
    int n;          /* so many were added */
};

void met_add(struct met_list *, const unsigned char key[PEER_KEY_BYTES], const char *address);

/* Null: several keys were met there, or none. */
const unsigned char *met_only_key(const struct met_list *, const char *address);

#endif
