/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/hash.h"

#include <stdlib.h>

#include "common/base/arena.h"
#include "common/base/panic.h"

enum { FIRST_BUCKETS = 64 };

static struct hash_link **bucket_of(const struct hash *table, uint64_t hash)
{
    return &table->buckets[hash & (table->n_buckets - 1)];
}

static void allocate(struct hash *table, size_t n)
{
    if (table->arena != NULL) {
        table->buckets = arena_grow(table->arena, table->buckets, table->n_buckets, n,
                                    sizeof(struct hash_link *));
        return;
    }
    table->buckets = reallocarray(table->buckets, n, sizeof(struct hash_link *));
    if (table->buckets == NULL)
        panic("out of memory for a table of %zu entries", n);
    for (size_t i = table->n_buckets; i < n; i++)
        table->buckets[i] = NULL;
}

/* With twice the buckets, an entry stays in its bucket or goes as many further as there were. */
static void split(struct hash *table, size_t bucket, size_t n_before)
{
    struct hash_link *link = table->buckets[bucket];
    struct hash_link **low = &table->buckets[bucket], **high = &table->buckets[bucket + n_before];
    for (; link != NULL; link = link->next) {
        struct hash_link ***end = (link->hash & n_before) != 0 ? &high : &low;
        **end = link;
        *end = &link->next;
    }
    *low = NULL;
    *high = NULL;
}

static void grow(struct hash *table)
{
    size_t n_before = table->n_buckets;
    size_t n = n_before == 0 ? FIRST_BUCKETS : n_before * 2;
    allocate(table, n);
    table->n_buckets = n;
    for (size_t i = 0; i < n_before; i++)
        split(table, i, n_before);
}

void hash_release(struct hash *table)
{
    if (table->arena == NULL)
        free(table->buckets);
    *table = (struct hash){.arena = table->arena};
}

void hash_add(struct hash *table, void *entry, uint64_t hash)
{
    if (table->n == table->n_buckets)
        grow(table);
    struct hash_link *link = entry, **end = bucket_of(table, hash);
    while (*end != NULL)
        end = &(*end)->next;
    *link = (struct hash_link){NULL, hash};
    *end = link;
    table->n++;
}

void hash_remove(struct hash *table, void *entry)
{
    struct hash_link *link = entry, **at = bucket_of(table, link->hash);
    while (*at != link) {
        must(*at != NULL);
        at = &(*at)->next;
    }
    *at = link->next;
    table->n--;
}

static struct hash_link *first_of(struct hash_link *link, uint64_t hash)
{
    while (link != NULL && link->hash != hash)
        link = link->next;
    return link;
}

void *hash_first(const struct hash *table, uint64_t hash)
{
    return table->n == 0 ? NULL : first_of(*bucket_of(table, hash), hash);
}

void *hash_next(const void *entry)
{
    const struct hash_link *link = entry;
    return first_of(link->next, link->hash);
}

/* The high half is folded into the low one, which chooses the bucket. */
uint64_t hash_bytes(uint64_t hash, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

/* The last step of SplitMix64. */
uint64_t hash_number(uint64_t number)
{
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}
