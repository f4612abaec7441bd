/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h: the one hash table. It is intrusive: an entry is the caller's own struct, whose first
 * member is a `struct hash_link`, so adding one allocates nothing. The table compares hashes alone;
 * the caller compares keys.
 *
 *   struct row { struct hash_link link; ... };
 *
 *   for (struct row *row = hash_first(&rows, hash); row != NULL; row = hash_next(row))
 *       if (same_key(row, key)) ...
 *
 * Buckets are doubled as the table fills, in an arena or on the heap. */
#ifndef COMMON_HASH_H
#define COMMON_HASH_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct hash_link {
    struct hash_link *next; /* in the bucket */
    uint64_t hash;
};

/* All zeroes is an empty table on the heap. */
struct hash {
    struct arena *arena; /* null: the heap, and hash_release gives the buckets back */
    struct hash_link **buckets;
    size_t n_buckets; /* 0 or a power of two */
    size_t n;
};

/* Frees the buckets, not the entries. An entry that is still in the table needs no removal. */
void hash_release(struct hash *);

/* The entry is added behind the others, so entries of one hash are found in the order in which they
 * were added. */
void hash_add(struct hash *, void *entry, uint64_t hash);
/* The entry must be in the table. */
void hash_remove(struct hash *, void *entry);

/* The first entry of this hash, and the next one of the same hash; null: none. */
void *hash_first(const struct hash *, uint64_t hash);
void *hash_next(const void *entry);

/* The hash of a key (FNV-1a: keys are short). Begin with HASH_BEGIN; a key of several parts passes
 * on the hash of those before. */
#define HASH_BEGIN UINT64_C(14695981039346656037)
uint64_t hash_bytes(uint64_t hash, const void *data, size_t length);
/* The hash of a number: neighbours fall far from each other, in high and in low bits. */
uint64_t hash_number(uint64_t number);

#endif
