/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/trace.h"

#include <sodium.h>
#include <string.h>

enum { ID_BYTES = 16, PARENT_BYTES = 8, PARENT_AT = 36, PARENT_SIZE = 16, FLAGS_AT = 53 };

/* `size` lower-case hexadecimal digits and then `end`. */
static bool is_hex(const char *text, size_t size, char end)
{
    return strspn(text, "0123456789abcdef") == size && text[size] == end;
}

static bool is_zero(const char *text, size_t size)
{
    return strspn(text, "0") >= size;
}

bool trace_is_valid(const char *text)
{
    return strlen(text) == TRACE_SIZE - 1 && strncmp(text, "00-", TRACE_ID_AT) == 0 &&
           is_hex(text + TRACE_ID_AT, TRACE_ID_SIZE, '-') &&
           !is_zero(text + TRACE_ID_AT, TRACE_ID_SIZE) &&
           is_hex(text + PARENT_AT, PARENT_SIZE, '-') && !is_zero(text + PARENT_AT, PARENT_SIZE) &&
           is_hex(text + FLAGS_AT, 2, '\0');
}

void trace_new(char text[TRACE_SIZE])
{
    unsigned char ids[ID_BYTES + PARENT_BYTES];
    randombytes_buf(ids, sizeof ids);
    ids[0] |= 1; /* neither may be zero */
    ids[ID_BYTES] |= 1;
    memcpy(text, "00-", TRACE_ID_AT);
    sodium_bin2hex(text + TRACE_ID_AT, TRACE_ID_SIZE + 1, ids, ID_BYTES);
    text[PARENT_AT - 1] = '-';
    sodium_bin2hex(text + PARENT_AT, PARENT_SIZE + 1, ids + ID_BYTES, PARENT_BYTES);
    memcpy(text + FLAGS_AT - 1, "-01", 4);
}
