/* SPDX-License-Identifier: Apache-2.0 */
/* runes.h: a text as code points, and the steps by which tidy.c makes it tidy. They work in place:
 * no step makes a text longer. Pure. */
#ifndef COMMON_RUNES_H
#define COMMON_RUNES_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/values/letters.h"

struct runes {
    uint32_t *at;
    size_t n;
};

/* From and to UTF-8, in the arena. */
struct runes runes_of(const char *text, struct arena *);
char *runes_text(struct runes, struct arena *);

static inline struct runes runes_slice(struct runes runes, size_t start, size_t n)
{
    return (struct runes){runes.at + start, n};
}

static inline struct runes runes_from(struct runes runes, size_t start)
{
    return runes_slice(runes, start, runes.n - start);
}

static inline bool rune_is(uint32_t rune, unsigned kinds)
{
    return (letter_kinds(rune) & kinds) != 0;
}

static inline bool rune_is_digit(uint32_t rune)
{
    return rune >= '0' && rune <= '9';
}

/* Of ASCII, as the next. */
static inline bool rune_is_alphanumeric(uint32_t rune)
{
    return rune_is_digit(rune) || ((rune | 32) >= 'a' && (rune | 32) <= 'z');
}

bool runes_begin(struct runes, const char *ascii);

/* Without the characters of these kinds. */
void runes_drop(struct runes *, unsigned kinds);
/* Full-width forms of ASCII, of these kinds, half-width. */
void runes_narrow(struct runes *, unsigned kinds);
/* Each run of characters of these kinds, or among the others, is one. */
void runes_merge(struct runes *, unsigned kinds, const char *others, uint32_t into);
/* Without white space and marks of direction at both ends. */
void runes_trim(struct runes *);

/* One line, without what nobody sees. */
struct runes runes_line(struct runes);

#endif
