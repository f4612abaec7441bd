/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/shares.h"

#include <stdlib.h>

#include "common/base/panic.h"

static struct places *find(const struct shares *shares, struct in_addr address)
{
    struct places *places = hash_first(&shares->by_address, hash_number(address.s_addr));
    while (places != NULL && places->address.s_addr != address.s_addr)
        places = hash_next(places);
    return places;
}

void shares_take(struct shares *shares, struct in_addr address)
{
    struct places *places = find(shares, address);
    if (places == NULL) {
        places = calloc(1, sizeof *places);
        must(places != NULL);
        places->address = address;
        hash_add(&shares->by_address, places, hash_number(address.s_addr));
    }
    places->n++;
}

void shares_give_up(struct shares *shares, struct in_addr address)
{
    struct places *places = find(shares, address);
    must(places != NULL);
    if (--places->n > 0)
        return;
    hash_remove(&shares->by_address, places);
    free(places);
}

int shares_of(const struct shares *shares, struct in_addr address)
{
    const struct places *places = find(shares, address);
    return places == NULL ? 0 : places->n;
}

struct in_addr shares_largest(const struct shares *shares)
{
    struct in_addr largest = {0};
    int most = 0;
    for (size_t i = 0; i < shares->by_address.n_buckets; i++)
        for (const struct hash_link *link = shares->by_address.buckets[i]; link != NULL;
             link = link->next) {
            const struct places *places = (const struct places *)(const void *)link;
            if (places->n <= most)
                continue;
            most = places->n;
            largest = places->address;
        }
    return largest;
}

void shares_release(struct shares *shares)
{
    must(shares->by_address.n == 0);
    hash_release(&shares->by_address);
}
