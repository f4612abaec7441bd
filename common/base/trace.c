/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/trace.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { ID_AT = 3, SPAN_AT = ID_AT + TRACE_ID_TEXT_SIZE, FLAGS_AT = SPAN_AT + SPAN_TEXT_SIZE };

static bool is_zero(const void *bytes, size_t len)
{
    static const unsigned char zero[TRACE_BYTES];
    return memcmp(bytes, zero, len) == 0;
}

bool trace_is_set(const struct trace *trace)
{
    return !is_zero(trace->id, sizeof trace->id);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `n` bytes in lower-case digits, and then `end`. */
static bool read_hex(unsigned char *bytes, size_t n, const char *text, char end)
{
    for (size_t i = 0; i < n; i++) {
        int high = digit(text[2 * i]), low = high < 0 ? -1 : digit(text[2 * i + 1]);
        if (low < 0)
            return false;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    return text[2 * n] == end;
}

bool trace_read(struct trace *trace, const char *text)
{
    struct trace read;
    unsigned char flags;
    *trace = (struct trace){0};
    if (strlen(text) != TRACE_TEXT_SIZE - 1 || strncmp(text, "00-", ID_AT) != 0 ||
        !read_hex(read.id, sizeof read.id, text + ID_AT, '-') ||
        !read_hex(read.span, sizeof read.span, text + SPAN_AT, '-') ||
        !read_hex(&flags, 1, text + FLAGS_AT, '\0') || is_zero(read.id, sizeof read.id) ||
        is_zero(read.span, sizeof read.span))
        return false;
    *trace = read;
    return true;
}

struct trace trace_of_bytes(const void *bytes, size_t len)
{
    struct trace trace = {0};
    if (len == TRACE_BYTES)
        memcpy(&trace, bytes, sizeof trace);
    return trace;
}

void trace_write_id(const struct trace *trace, char text[TRACE_ID_TEXT_SIZE])
{
    sodium_bin2hex(text, TRACE_ID_TEXT_SIZE, trace->id, sizeof trace->id);
}

void trace_write_span(const unsigned char span[SPAN_BYTES], char text[SPAN_TEXT_SIZE])
{
    sodium_bin2hex(text, SPAN_TEXT_SIZE, span, SPAN_BYTES);
}

void trace_write(const struct trace *trace, char text[TRACE_TEXT_SIZE])
{
    char id[TRACE_ID_TEXT_SIZE], span[SPAN_TEXT_SIZE];
    trace_write_id(trace, id);
    trace_write_span(trace->span, span);
    snprintf(text, TRACE_TEXT_SIZE, "00-%s-%s-01", id, span);
}

struct trace trace_new(void)
{
    struct trace trace;
    randombytes_buf(&trace, sizeof trace);
    trace.id[0] |= 1; /* neither may be zero */
    trace.span[0] |= 1;
    return trace;
}

struct trace trace_span(const struct trace *of)
{
    struct trace trace = trace_new();
    memcpy(trace.id, of->id, sizeof trace.id);
    return trace;
}
