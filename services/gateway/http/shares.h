/* SPDX-License-Identifier: Apache-2.0 */
/* shares.h: how many places each address takes of a limited number, so that when all are taken the
 * one with the most gives one up. Pure. */
#ifndef GATEWAY_SHARES_H
#define GATEWAY_SHARES_H

#include <netinet/in.h>

#include "common/base/hash.h"

/* All zeroes: nobody has a place. */
struct shares {
    struct hash by_address;
};

struct places {
    struct hash_link link;
    struct in_addr address;
    int n; /* places taken */
};

/* The address takes one more place, or gives one up. */
void shares_take(struct shares *, struct in_addr);
void shares_give_up(struct shares *, struct in_addr);

/* How many it has. */
int shares_of(const struct shares *, struct in_addr);
/* The address with the most places; {0} when all are free. It looks at all addresses. */
struct in_addr shares_largest(const struct shares *);

/* All places have been given up. */
void shares_release(struct shares *);

#endif
