/* SPDX-License-Identifier: Apache-2.0 */
/* arena.h: memory for one unit of work. Everything is allocated from it, nothing is freed alone,
 * all of it goes at once.
 *
 * An arena has a budget, so that hostile input cannot make it grow without bound. Memory is zeroed.
 * Early return is safe anywhere. */
#ifndef COMMON_ARENA_H
#define COMMON_ARENA_H

#include <stddef.h>

struct arena;

struct bytes {
    const unsigned char *data;
    size_t len;
};

/* A new arena that may hold `budget` bytes. Never null: running out of memory is a panic. */
struct arena *arena_new(size_t budget);
/* Likewise, for units of work that are mostly small and of which there may be thousands at once. */
struct arena *arena_new_small(size_t budget);
void arena_free(struct arena **);

/* Forget everything: the next unit of work starts empty and warm, on memory that is kept up to a
 * few MiB. */
void arena_reset(struct arena *);

/* Zeroed memory, aligned for any type. Beyond the budget: a panic, so bound what you ask for ... */
void *arena_alloc(struct arena *, size_t size);
/* ... or ask first: null beyond the budget. */
void *arena_try(struct arena *, size_t size);

/* Room for `n` rows in place of `old` (its first `n_old` rows are kept). */
void *arena_grow(struct arena *, const void *old, size_t n_old, size_t n, size_t size);

char *arena_strdup(struct arena *, const char *); /* null stays null */
char *arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct bytes arena_bytes(struct arena *, struct bytes); /* a copy */
size_t arena_used(const struct arena *);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

#endif
