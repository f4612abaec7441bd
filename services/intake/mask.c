/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/mask.h"

#include <stdbool.h>
#include <string.h>
#include <unistr.h>

static size_t width_at(const char *text)
{
    int bytes = u8_mblen((const uint8_t *)text, strlen(text));
    return bytes < 1 ? 1 : (size_t)bytes;
}

char *mask_name(const char *name, struct arena *arena)
{
    size_t n = u8_mbsnlen((const uint8_t *)name, strlen(name)), out = 0, at = 0;
    char *masked = arena_alloc(arena, strlen(name) + 2);
    for (size_t i = 0; i < n; i++, at += width_at(name + at)) {
        bool shown = i == 0 || (i == n - 1 && n > 2);
        size_t bytes = shown ? width_at(name + at) : 1;
        memcpy(masked + out, shown ? name + at : "*", bytes);
        out += bytes;
    }
    masked[out] = '\0';
    return masked;
}
