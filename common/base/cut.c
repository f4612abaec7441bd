/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/cut.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Of the character that begins with this byte. */
static size_t bytes_of(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

void cut_end(char *text)
{
    size_t length = strlen(text), start = length;
    while (start > 0 && is_inside(text[start - 1]))
        start--;
    if (start > 0 && start - 1 + bytes_of(text[start - 1]) > length)
        text[start - 1] = '\0';
}

void cut_copy(char *to, size_t size, const char *text)
{
    snprintf(to, size, "%s", text);
    cut_end(to);
}
