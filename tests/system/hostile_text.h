/* SPDX-License-Identifier: Apache-2.0 */
/* hostile_text.h: random text, cut to fit its buffer. */
#ifndef TESTS_HOSTILE_TEXT_H
#define TESTS_HOSTILE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct dice {
    uint64_t state; /* the seed; not 0 */
};

static inline uint64_t roll(struct dice *dice, uint64_t below)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return dice->state % below;
}

#define ONE_OF(dice, list) (list)[roll(dice, sizeof(list) / sizeof((list)[0]))]

static inline bool one_in(struct dice *dice, uint64_t n)
{
    return roll(dice, n) == 0;
}

struct text {
    char *bytes;
    size_t n, room;
};

static inline void add(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int n = vsnprintf(text->bytes + text->n, text->room - text->n, format, list);
    va_end(list);
    text->n += (size_t)n < text->room - text->n ? (size_t)n : text->room - text->n - 1;
}

static inline void add_many(struct text *text, char byte, size_t n)
{
    if (n > text->room - text->n - 1)
        n = text->room - text->n - 1;
    memset(text->bytes + text->n, byte, n);
    text->n += n;
    text->bytes[text->n] = '\0';
}

#endif
