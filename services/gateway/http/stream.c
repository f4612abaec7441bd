/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/stream.h"

#include <stdlib.h>

#include "common/base/panic.h"

struct stream {
    const struct exchanges *all;
    struct connection *connection; /* null before it begins */
    const struct stream_source *source;
    void *context;
    bool closing;
};

struct stream *stream_answer(struct exchange *exchange, const char *content_type,
                             const struct stream_source *source, void *context)
{
    struct stream *stream = malloc(sizeof *stream);
    must(stream != NULL);
    *stream = (struct stream){.all = exchange->all, .source = source, .context = context};
    exchange_begin(exchange, 200);
    exchange_put(exchange, "Content-Type", content_type);
    exchange_put(exchange, "Cache-Control", "no-store");
    exchange_put(exchange, "X-Accel-Buffering", "no");
    exchange_finish_stream(exchange, stream, stream_over);
    return stream;
}

void stream_wake(struct stream *stream)
{
    if (stream->connection != NULL)
        stream->all->wake(stream->connection);
}

void stream_close(struct stream *stream)
{
    stream->closing = true;
    stream_wake(stream);
}

void stream_begin(struct stream *stream, struct connection *connection)
{
    stream->connection = connection;
}

ssize_t stream_write(struct stream *stream, char *text, size_t size)
{
    return stream->closing ? STREAM_END : stream->source->write(stream->context, text, size);
}

void stream_over(struct stream **pointer)
{
    struct stream *stream = *pointer;
    stream->source->over(stream->context);
    free(stream);
    *pointer = NULL;
}
