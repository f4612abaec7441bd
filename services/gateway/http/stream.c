/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/stream.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "common/base/panic.h"

enum { PIECE = 1024, HANGUPS = 256, NO_SOCKET = -1 };

enum stream_state {
    STREAM_NONE,
    STREAM_FLOWING, /* the library asks for text */
    STREAM_IDLE,    /* there was none: its connection is suspended */
    STREAM_CLOSING, /* the library is told that it ends */
    STREAM_STATES
};

struct stream {
    struct streams *all;
    struct MHD_Connection *connection;
    int socket; /* once it is watched for a hang-up */
    enum stream_state state;
    const struct stream_source *source;
    void *context;
};

/* ---- states */

enum trigger { PAUSE, WAKE, CLOSE, TRIGGERS };

/* STREAM_NONE: impossible. */
static const enum stream_state moves[STREAM_STATES][TRIGGERS] = {
    [STREAM_FLOWING] = {[PAUSE] = STREAM_IDLE, [WAKE] = STREAM_FLOWING, [CLOSE] = STREAM_CLOSING},
    [STREAM_IDLE] = {[WAKE] = STREAM_FLOWING, [CLOSE] = STREAM_CLOSING},
    [STREAM_CLOSING] = {[WAKE] = STREAM_CLOSING, [CLOSE] = STREAM_CLOSING},
};

static void move(struct stream *stream, enum trigger trigger)
{
    enum stream_state before = stream->state, after = moves[before][trigger];
    if (after == STREAM_NONE)
        panic("a stream in state %d cannot have trigger %d", (int)before, (int)trigger);
    stream->state = after;
    if (after == STREAM_IDLE)
        MHD_suspend_connection(stream->connection);
    else if (before == STREAM_IDLE)
        MHD_resume_connection(stream->connection);
}

void stream_wake(struct stream *stream)
{
    move(stream, WAKE);
}

void stream_close(struct stream *stream)
{
    move(stream, CLOSE);
}

/* ---- one stream */

/* A client that has gone must not hold its place until the next heartbeat: thousands may come back
 * at once. */
static void watch(struct stream *stream)
{
    struct epoll_event event = {.events = EPOLLRDHUP | EPOLLET, .data.ptr = stream};
    stream->socket =
        MHD_get_connection_info(stream->connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    must(epoll_ctl(stream->all->hangups, EPOLL_CTL_ADD, stream->socket, &event) == 0);
}

static ssize_t read_on(void *context, uint64_t from, char *text, size_t size)
{
    struct stream *stream = context;
    (void)from;
    ssize_t n = stream->state == STREAM_CLOSING
                    ? STREAM_END
                    : stream->source->write(stream->context, text, size);
    if (n == STREAM_END)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (n > 0)
        return n;
    if (stream->socket == NO_SOCKET)
        watch(stream);
    move(stream, PAUSE);
    return 0;
}

static void over(void *context)
{
    struct stream *stream = context;
    if (stream->socket != NO_SOCKET)
        epoll_ctl(stream->all->hangups, EPOLL_CTL_DEL, stream->socket, NULL);
    stream->source->over(stream->context);
    free(stream);
}

struct stream *stream_answer(struct exchange *exchange, const char *content_type,
                             const struct stream_source *source, void *context)
{
    struct stream *stream = malloc(sizeof *stream);
    must(stream != NULL);
    *stream = (struct stream){.all = exchange->all->streams,
                              .connection = exchange->connection,
                              .socket = NO_SOCKET,
                              .state = STREAM_FLOWING,
                              .source = source,
                              .context = context};
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_on, stream, over);
    must(response != NULL);
    MHD_add_response_header(response, "Content-Type", content_type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    exchange_respond(exchange, MHD_HTTP_OK, response);
    return stream;
}

/* ---- all streams */

void streams_init(struct streams *streams)
{
    streams->hangups = epoll_create1(EPOLL_CLOEXEC);
    must(streams->hangups >= 0);
}

void streams_release(struct streams *streams)
{
    close(streams->hangups);
}

void streams_turn(struct streams *streams)
{
    struct epoll_event events[HANGUPS];
    int n = epoll_wait(streams->hangups, events, HANGUPS, 0);
    for (int i = 0; i < n; i++)
        stream_close(events[i].data.ptr);
}
