/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/runes.h"

#include <string.h>
#include <unistr.h>

#include "common/base/panic.h"

enum { SPACE = LETTER_SPACE | LETTER_SPACE_TOO, EDGE = SPACE | LETTER_DIRECTION };

struct runes runes_of(const char *text, struct arena *arena)
{
    size_t bytes = strlen(text), n = bytes + 1; /* never null, also when there is nothing */
    struct runes runes = {ARENA_ARRAY(arena, uint32_t, n), 0};
    must(u8_to_u32((const uint8_t *)text, bytes, runes.at, &n) == runes.at);
    runes.n = n;
    return runes;
}

char *runes_text(struct runes runes, struct arena *arena)
{
    size_t bytes = runes.n * 4 + 1;
    uint8_t *text = arena_alloc(arena, bytes);
    must(u32_to_u8(runes.at, runes.n, text, &bytes) == text);
    text[bytes] = '\0';
    return (char *)text;
}

bool runes_begin(struct runes runes, const char *ascii)
{
    size_t n = 0;
    while (n < runes.n && ascii[n] != '\0' && runes.at[n] == (uint32_t)ascii[n])
        n++;
    return ascii[n] == '\0';
}

void runes_drop(struct runes *runes, unsigned kinds)
{
    size_t n = 0;
    for (size_t i = 0; i < runes->n; i++)
        if (!rune_is(runes->at[i], kinds))
            runes->at[n++] = runes->at[i];
    runes->n = n;
}

void runes_narrow(struct runes *runes, unsigned kinds)
{
    for (size_t i = 0; i < runes->n; i++)
        if (rune_is(runes->at[i], kinds))
            runes->at[i] -= 0xfee0;
}

void runes_trim(struct runes *runes)
{
    while (runes->n > 0 && rune_is(runes->at[runes->n - 1], EDGE))
        runes->n--;
    while (runes->n > 0 && rune_is(runes->at[0], EDGE))
        *runes = runes_from(*runes, 1);
}

void runes_merge(struct runes *runes, unsigned kinds, const char *others, uint32_t into)
{
    size_t n = 0;
    bool in_run = false;
    for (size_t i = 0; i < runes->n; i++) {
        uint32_t letter = runes->at[i];
        bool matches = rune_is(letter, kinds) ||
                       (letter > 0 && letter < 0x80 && strchr(others, (int)letter) != NULL);
        if (!matches || !in_run)
            runes->at[n++] = matches ? into : letter;
        in_run = matches;
    }
    runes->n = n;
}

struct runes runes_line(struct runes runes)
{
    runes_drop(&runes, LETTER_INVISIBLE);
    runes_merge(&runes, SPACE, "", ' ');
    runes_trim(&runes);
    return runes;
}
