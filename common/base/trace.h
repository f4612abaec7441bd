/* SPDX-License-Identifier: Apache-2.0 */
/* trace.h: which trace a piece of work belongs to, and which span of it: what a person's request
 * led to is found by it in all processes. Between programs it travels as a W3C traceparent:
 * "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01". */
#ifndef COMMON_TRACE_H
#define COMMON_TRACE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    TRACE_ID_BYTES = 16,
    SPAN_BYTES = 8,
    TRACE_BYTES = TRACE_ID_BYTES + SPAN_BYTES,
    TRACE_TEXT_SIZE = 56,
    TRACE_ID_TEXT_SIZE = 2 * TRACE_ID_BYTES + 1,
    SPAN_TEXT_SIZE = 2 * SPAN_BYTES + 1,
};

/* All zero: none. In a journal it stands as these bytes. */
struct trace {
    unsigned char id[TRACE_ID_BYTES], span[SPAN_BYTES];
};

bool trace_is_set(const struct trace *);

/* From a traceparent of version 00; false, and none, from any other text. */
bool trace_read(struct trace *, const char *text);

/* From so many bytes of a journal or a message; none unless it is TRACE_BYTES. */
struct trace trace_of_bytes(const void *bytes, size_t len);

/* As a traceparent, sampled; and its parts in hexadecimal. */
void trace_write(const struct trace *, char text[TRACE_TEXT_SIZE]);
void trace_write_id(const struct trace *, char text[TRACE_ID_TEXT_SIZE]);
void trace_write_span(const unsigned char span[SPAN_BYTES], char text[SPAN_TEXT_SIZE]);

/* A new trace, or a new span of the same one, at random. */
struct trace trace_new(void);
struct trace trace_span(const struct trace *);

#endif
