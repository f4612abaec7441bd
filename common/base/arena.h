/* SPDX-License-Identifier: Apache-2.0 */
/* arena.h: memory for one unit of work. Everything is allocated from the arena, and all of it is
 * freed at once, so a function may return anywhere without freeing.
 *
 * An arena has a budget, so that hostile input cannot make it grow without bound. Memory is zeroed.
 */
#ifndef COMMON_ARENA_H
#define COMMON_ARENA_H

#include <stddef.h>

struct arena;

struct bytes {
    const unsigned char *data;
    size_t len;
};

/* An arena of at most `budget` bytes. Never null: running out of memory is a panic. */
struct arena *arena_new(size_t budget);
/* The same for units of work that are mostly small, and thousands at a time. */
struct arena *arena_new_small(size_t budget);
void arena_free(struct arena **);

/* Empties the arena for the next unit of work; up to a few MiB of its memory are kept for reuse. */
void arena_reset(struct arena *);

/* Zeroed memory, aligned for any type. Beyond the budget it panics, so bound the size first ... */
void *arena_alloc(struct arena *, size_t size);
/* ... or use this: null beyond the budget. */
void *arena_try(struct arena *, size_t size);

/* An array of `n` elements in place of `old`, of which the first `n_old` are copied. */
void *arena_grow(struct arena *, const void *old, size_t n_old, size_t n, size_t size);

char *arena_strdup(struct arena *, const char *); /* null stays null */
char *arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct bytes arena_bytes(struct arena *, struct bytes); /* a copy */
size_t arena_used(const struct arena *);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

#endif
