/* SPDX-License-Identifier: Apache-2.0 */
/* stream.h: an answer without an end: text that its source writes as it comes. */
#ifndef GATEWAY_STREAM_H
#define GATEWAY_STREAM_H

#include "services/gateway/http/exchange.h"

enum { STREAM_END = -1, STREAM_BREAK = -2, STREAM_PIECE = 1024 };

struct stream_source {
    /* Writes what there is: so many bytes, 0 for nothing at present, STREAM_END,
     * or STREAM_BREAK when the rest cannot be had: the connection ends without an end of the
     * content. */
    ssize_t (*write)(void *context, char *text, size_t size);
    /* The stream is over, or its client had left before it began. */
    void (*over)(void *context);
};

struct stream;

/* The answer is a stream, which lives until `over` is called. */
struct stream *stream_answer(struct exchange *, const char *content_type,
                             const struct stream_source *, void *context);

/* The source has something to write. */
void stream_wake(struct stream *);
/* It ends now; the source is not asked again. */
void stream_close(struct stream *);

/* ---- within http/ */

/* It begins on this connection. */
void stream_begin(struct stream *, struct connection *);
/* As the source's `write`. */
ssize_t stream_write(struct stream *, char *text, size_t size);
/* It is over, and freed. */
void stream_over(struct stream **);

#endif
