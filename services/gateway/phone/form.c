/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/phone/form.h"

#include <string.h>
#include <unistr.h>

static int hex_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next byte of a field, decoded. */
static unsigned char next_byte(const char **at, const char *end)
{
    const char *c = *at;
    if (*c == '%' && end - c > 2 && hex_of(c[1]) >= 0 && hex_of(c[2]) >= 0) {
        *at += 3;
        return (unsigned char)(hex_of(c[1]) << 4 | hex_of(c[2]));
    }
    *at += 1;
    return *c == '+' ? ' ' : (unsigned char)*c;
}

static const char *read_value(const char *at, const char *end, enum tidy as, struct arena *arena)
{
    char *value = arena_alloc(arena, (size_t)(end - at) + 1);
    size_t n = 0;
    while (at < end) {
        unsigned char byte = next_byte(&at, end);
        if (byte == '\0')
            return "";
        value[n++] = (char)byte;
    }
    value[n] = '\0';
    return u8_check((const uint8_t *)value, n) == NULL ? tidy(as, value, arena) : "";
}

const char *form_field(struct bytes body, const char *name, enum tidy as, struct arena *arena)
{
    const char *at = (const char *)body.data, *end = at + body.len;
    size_t length = strlen(name);
    while (at < end) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        if ((size_t)(stop - at) > length && at[length] == '=' && memcmp(at, name, length) == 0)
            return read_value(at + length + 1, stop, as, arena);
        at = stop + 1;
    }
    return "";
}
