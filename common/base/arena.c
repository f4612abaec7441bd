/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

/* Blocks stay below malloc's threshold for mmap, and up to KEPT bytes of them are reused by the
 * next unit of work. */
enum { SMALL_BLOCK = 4 * 1024, FIRST_BLOCK = 64 * 1024, LATER_BLOCK = 120 * 1024, KEPT = 4 << 20 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct block *first, *current;
    size_t budget, used;
};

static struct block *block_new(size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        panic("out of memory for a block of %zu bytes", size);
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

static struct arena *begin(size_t budget, size_t first)
{
    struct arena *arena = malloc(sizeof *arena);
    if (arena == NULL)
        panic("out of memory for an arena");
    arena->first = arena->current = block_new(first);
    arena->budget = budget;
    arena->used = 0;
    return arena;
}

struct arena *arena_new(size_t budget)
{
    return begin(budget, FIRST_BLOCK);
}

struct arena *arena_new_small(size_t budget)
{
    return begin(budget, SMALL_BLOCK);
}

static void free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_free(struct arena **arena)
{
    if (*arena == NULL)
        return;
    free_blocks((*arena)->first);
    free(*arena);
    *arena = NULL;
}

void arena_reset(struct arena *arena)
{
    size_t kept = 0;
    struct block *block = arena->first;
    while (block->next != NULL && kept + block->next->size <= KEPT) {
        block = block->next;
        kept += block->size;
    }
    free_blocks(block->next);
    block->next = NULL;
    arena->first->used = 0;
    arena->current = arena->first;
    arena->used = 0;
}

/* The next block when it is large enough, else a new one before it. */
static struct block *next_block(struct block *block, size_t size)
{
    struct block *next = block->next;
    if (next == NULL || next->size < size) {
        next = block_new(size > LATER_BLOCK ? size : LATER_BLOCK);
        next->next = block->next;
        block->next = next;
    }
    next->used = 0;
    return next;
}

void *arena_try(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > arena->budget || arena->used > arena->budget - size)
        return NULL;
    size = (size + align - 1) / align * align;
    if (arena->current->size - arena->current->used < size)
        arena->current = next_block(arena->current, size);
    struct block *block = arena->current;
    void *memory = block->data + block->used;
    block->used += size;
    arena->used += size;
    return memset(memory, 0, size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = arena_try(arena, size);
    if (memory == NULL)
        panic("a unit of work needs more than its %zu bytes", arena->budget);
    return memory;
}

void *arena_grow(struct arena *arena, const void *old, size_t n_old, size_t n, size_t size)
{
    void *grown = arena_alloc(arena, n * size);
    if (n_old > 0)
        memcpy(grown, old, n_old * size);
    return grown;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    if (text == NULL)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(arena_alloc(arena, size), text, size);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    must(length >= 0);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

struct bytes arena_bytes(struct arena *arena, struct bytes bytes)
{
    if (bytes.data == NULL)
        return bytes;
    unsigned char *copy = arena_alloc(arena, bytes.len + 1);
    if (bytes.len > 0)
        memcpy(copy, bytes.data, bytes.len);
    return (struct bytes){copy, bytes.len};
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
