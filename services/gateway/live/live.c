/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/values/log.h"

enum {
    BEAT_MS = 15000,
    LOOK_MS = 1000,
    LIFE_MS = 3600000,
    PIECE = 1024,
    EVENT_MOST = 640,
    GONE = 256,
    CASES = 200000
};

/* One page that listens. */
struct stream {
    struct stream *next, **link;
    struct live *live;
    struct MHD_Connection *connection;
    int fd; /* its socket */
    struct caller caller;
    uint64_t at;           /* number of the next event to look at */
    struct heard_to after; /* what it has had already, while it catches up */
    bool catching_up, from_now;
    bool lost; /* what it missed is no longer kept: it is told to read everything anew */
    bool greeted, suspended, ending;
    int64_t beat_ms, ends_ms;
};

struct followed_stream {
    struct live *live;
    int stream;
    int64_t present; /* its end when we began; -1: not known yet */
};

struct live {
    struct recent *recent;
    struct followed_stream followed[STREAMS];
    struct stream *streams;
    int n, most, n_nobody, most_nobody; /* streams; those of nobody among them */
    int hangups;   /* epoll: the library does not look at the sockets of suspended connections */
    uint64_t told; /* events up to here have been offered to the streams */
    int64_t look_ms;
    bool ready, stopped;
};

/* ---- following */

static void heard(void *context, const struct event *event)
{
    struct followed_stream *followed = context;
    recent_hear(followed->live->recent, followed->stream, event);
}

static void began(void *context, int64_t seq, int64_t end_seq)
{
    struct followed_stream *followed = context;
    recent_begin(followed->live->recent, followed->stream, seq);
    followed->present = end_seq;
}

struct live *live_new(struct client *client, const struct config *config)
{
    struct live *live = calloc(1, sizeof *live);
    must(live != NULL);
    int64_t kept = config_number(config, "events_kept");
    live->recent = recent_new((size_t)kept, CASES);
    live->most = (int)config_number(config, "streams_max");
    live->most_nobody = (int)config_number(config, "streams_nobody_max");
    live->hangups = epoll_create1(EPOLL_CLOEXEC);
    must(live->hangups >= 0);
    client_hear_every(client, (int)config_number(config, "gather_events_ms"));
    for (int i = 0; i < STREAMS; i++) {
        live->followed[i] = (struct followed_stream){live, i, -1};
        client_follow_recent(client, &(struct following){.stream = recent_streams[i],
                                                         .last = kept / STREAMS,
                                                         .began = began,
                                                         .heard = heard,
                                                         .context = &live->followed[i]});
    }
    return live;
}

void live_free(struct live **live)
{
    if (*live == NULL)
        return;
    must((*live)->streams == NULL);
    recent_free(&(*live)->recent);
    close((*live)->hangups);
    free(*live);
    *live = NULL;
}

bool live_ready(const struct live *live)
{
    return live->ready;
}

static void look_for_present(struct live *live)
{
    struct heard_to to = recent_heard(live->recent);
    bool reached = true;
    for (int i = 0; i < STREAMS; i++)
        reached =
            reached && live->followed[i].present >= 0 && to.seq[i] >= live->followed[i].present;
    if (!reached)
        return;
    live->ready = true;
    live->told = recent_end(live->recent);
    log_info(0, "live.ready", "%llu events heard", (unsigned long long)live->told);
}

/* ---- what a stream is told */

/* What is no more than a sign does not say of which case. */
static int write_event(const struct stream *stream, const struct recent_event *event, char *text,
                       size_t size)
{
    char position[POSITION_TEXT_SIZE], what[120] = "";
    heard_to_text(&event->to, position);
    if (recent_share(stream->live->recent, event, &stream->caller) == SHARE_ALL)
        snprintf(what, sizeof what, "\"seq\":\"%lld\",\"caseNumber\":\"%lld\",",
                 (long long)event->to.seq[event->stream], (long long)event->case_number);
    return snprintf(
        text, size,
        "id: %s\nevent: %s\ndata: {\"stream\":\"%s\",\"type\":\"%s\",%s\"atMs\":\"%lld\"}\n\n",
        position, recent_streams[event->stream], recent_streams[event->stream], event->type, what,
        (long long)event->at_ms);
}

/* The next event for this stream at or after its place; its place is moved there. */
static const struct recent_event *next_event(struct stream *stream)
{
    const struct recent *recent = stream->live->recent;
    if (stream->at < recent_first(recent)) {
        stream->at = recent_first(recent);
        stream->lost = true;
    }
    for (; stream->at < recent_end(recent); stream->at++) {
        const struct recent_event *event = recent_at(recent, stream->at);
        bool had =
            stream->catching_up && event->to.seq[event->stream] <= stream->after.seq[event->stream];
        if (!had && recent_share(recent, event, &stream->caller) != SHARE_NOTHING)
            return event;
    }
    stream->catching_up = false;
    return NULL;
}

/* Where a stream begins is known once the present is reached. */
static void place(struct stream *stream)
{
    const struct recent *recent = stream->live->recent;
    stream->at = recent_end(recent);
    if (!stream->from_now) {
        stream->lost = !recent_reaches(recent, &stream->after);
        stream->at = stream->lost ? stream->at : recent_first(recent);
        stream->catching_up = !stream->lost;
    }
    stream->from_now = false;
}

/* Greeting with the place it stands at, so that a page that hears nothing can come back there too.
 */
static int write_greeting(struct stream *stream, char *text, size_t size)
{
    char position[POSITION_TEXT_SIZE];
    struct heard_to to = stream->catching_up ? stream->after : recent_heard(stream->live->recent);
    heard_to_text(&to, position);
    return snprintf(text, size, "retry: 2000\nid: %s\nevent: hello\ndata: {\"lost\":%s}\n\n",
                    position, stream->lost ? "true" : "false");
}

static ssize_t read_stream(void *context, uint64_t from, char *text, size_t size)
{
    struct stream *stream = context;
    size_t used = 0;
    (void)from;
    if (stream->ending)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (stream->live->ready) {
        if (!stream->greeted) {
            place(stream);
            used += (size_t)write_greeting(stream, text, size);
            stream->greeted = true;
            stream->lost = false;
        }
        for (const struct recent_event *event;
             used + EVENT_MOST <= size && (event = next_event(stream)) != NULL && !stream->lost;
             stream->at++)
            used += (size_t)write_event(stream, event, text + used, size - used);
        if (stream->lost && used == 0)
            return MHD_CONTENT_READER_END_OF_STREAM;
        stream->ending = stream->lost; /* it was too slow: it comes again and is told so */
    }
    int64_t now_ms = monotonic_ms();
    if (used == 0 && now_ms >= stream->beat_ms)
        used += (size_t)snprintf(text, size, ":\n\n");
    if (used > 0) {
        stream->beat_ms = now_ms + BEAT_MS;
        return (ssize_t)used;
    }
    stream->suspended = true;
    MHD_suspend_connection(stream->connection);
    return 0;
}

/* ---- coming and going */

static bool is_nobody(const struct caller *caller)
{
    return caller->role == ONEDOOR__ROLE__ROLE_UNSPECIFIED;
}

static void stream_over(void *context)
{
    struct stream *stream = context;
    *stream->link = stream->next;
    if (stream->next != NULL)
        stream->next->link = stream->link;
    stream->live->n--;
    stream->live->n_nobody -= is_nobody(&stream->caller);
    epoll_ctl(stream->live->hangups, EPOLL_CTL_DEL, stream->fd, NULL);
    free(stream);
}

/* A page that has gone must not hold its place until the next beat: thousands may come again at
 * once. */
static void watch(struct stream *stream)
{
    struct epoll_event event = {.events = EPOLLRDHUP | EPOLLET, .data.ptr = stream};
    stream->fd =
        MHD_get_connection_info(stream->connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    must(epoll_ctl(stream->live->hangups, EPOLL_CTL_ADD, stream->fd, &event) == 0);
}

static bool has_room(const struct live *live, const struct caller *caller)
{
    return !live->stopped && live->n < live->most &&
           (!is_nobody(caller) || live->n_nobody < live->most_nobody);
}

struct MHD_Response *live_open(struct live *live, struct MHD_Connection *connection,
                               const struct caller *caller, const char *last_event_id)
{
    struct stream *stream = has_room(live, caller) ? calloc(1, sizeof *stream) : NULL;
    if (stream == NULL)
        return NULL;
    int64_t now_ms = monotonic_ms();
    *stream = (struct stream){.live = live,
                              .connection = connection,
                              .caller = *caller,
                              .next = live->streams,
                              .link = &live->streams,
                              .beat_ms = now_ms,
                              .ends_ms = now_ms + LIFE_MS};
    stream->from_now = last_event_id == NULL || !heard_to_parse(last_event_id, &stream->after);
    if (stream->next != NULL)
        stream->next->link = &stream->next;
    live->streams = stream;
    live->n++;
    live->n_nobody += is_nobody(caller);
    watch(stream);
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_stream, stream,
                                             stream_over);
}

static bool wake(struct stream *stream)
{
    if (!stream->suspended)
        return false;
    stream->suspended = false;
    MHD_resume_connection(stream->connection);
    return true;
}

void live_end(struct live *live, const unsigned char *hash)
{
    for (struct stream *stream = live->streams; stream != NULL; stream = stream->next)
        if (hash == NULL || memcmp(stream->caller.hash, hash, SECRET_HASH_BYTES) == 0) {
            stream->ending = true;
            wake(stream);
        }
}

void live_stop(struct live *live)
{
    live->stopped = true;
    live_end(live, NULL);
}

int live_fd(const struct live *live)
{
    return live->hangups;
}

static bool notice_hangups(struct live *live)
{
    struct epoll_event events[GONE];
    int n = epoll_wait(live->hangups, events, GONE, 0);
    bool resumed = false;
    for (int i = 0; i < n; i++) {
        struct stream *stream = events[i].data.ptr;
        stream->ending = true;
        resumed |= wake(stream);
    }
    return resumed;
}

bool live_turn(struct live *live)
{
    int64_t now_ms = monotonic_ms();
    bool look = now_ms >= live->look_ms, was_ready = live->ready, resumed = notice_hangups(live);
    if (!live->ready)
        look_for_present(live);
    bool news = live->ready && (live->told < recent_end(live->recent) || !was_ready);
    if (!look && !news)
        return resumed;
    for (struct stream *stream = live->streams; stream != NULL; stream = stream->next) {
        stream->ending = stream->ending || now_ms >= stream->ends_ms;
        bool due = stream->ending || now_ms >= stream->beat_ms ||
                   (live->ready && (!stream->greeted || next_event(stream) != NULL));
        if (due)
            resumed |= wake(stream);
    }
    live->told = recent_end(live->recent);
    if (look)
        live->look_ms = now_ms + LOOK_MS;
    return resumed;
}
