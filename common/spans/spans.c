/* SPDX-License-Identifier: Apache-2.0 */
#include "common/spans/spans.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/spans/otlp.h"
#include "common/spans/post.h"
#include "common/values/log.h"

enum {
    QUEUE_MAX = 4096,
    SEND_MAX = 512, /* spans in one request */
    GATHER_MS = 1000,
    SEND_MS = 900,   /* for one request, and from spans_close on for all */
    CLOSE_MS = 1000, /* until the thread is left behind */
    ARENA_BYTES = 4 << 20,
};

struct spans {
    const char *service;
    struct post post;
    pthread_t thread;
    struct arena *arena;
    bool is_losing;  /* logged once, until the collector takes spans again */
    bool is_unknown; /* its address is to be looked up: at first, and after a failure */

    pthread_mutex_t lock; /* of all below; held for a copy at most */
    pthread_cond_t news;  /* the queue is half full, or it ends */
    struct span *queue, *sending;
    size_t n;
    int64_t ends_ms; /* monotonic, when the last request must be done; 0: it does not end yet */
    struct spans_counts counts;
};

/* ---- the sender's thread */

static void count(struct spans *spans, int64_t n, bool taken)
{
    pthread_mutex_lock(&spans->lock);
    *(taken ? &spans->counts.sent : &spans->counts.dropped) += n;
    pthread_mutex_unlock(&spans->lock);
    spans->is_unknown = !taken;
    if (taken == spans->is_losing)
        log_info(0, taken ? "spans.taken" : "spans.lost", "the collector %s %s",
                 taken ? "takes spans again at" : "takes no spans at", spans->post.host);
    spans->is_losing = !taken;
}

/* When a request that begins now must be done. */
static int64_t deadline_ms(struct spans *spans)
{
    int64_t until_ms = monotonic_ms() + SEND_MS;
    pthread_mutex_lock(&spans->lock);
    if (spans->ends_ms != 0 && spans->ends_ms < until_ms)
        until_ms = spans->ends_ms;
    pthread_mutex_unlock(&spans->lock);
    return until_ms;
}

/* The name of a collector may be known later than the services are started. */
static bool is_known(struct spans *spans)
{
    const char *fault = spans->is_unknown ? post_look_up(&spans->post) : NULL;
    if (fault != NULL && !spans->is_losing)
        log_info(0, "spans.unknown", "no address of %s: %s", spans->post.host, fault);
    return fault == NULL;
}

static struct otlp_from from_of(const struct spans *spans)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    return (struct otlp_from){spans->service, now_ms - monotonic_ms()};
}

static void send_all(struct spans *spans, size_t n)
{
    struct otlp_from from = from_of(spans);
    if (n > 0 && !is_known(spans)) {
        count(spans, (int64_t)n, false);
        return;
    }
    for (size_t first = 0; first < n; first += SEND_MAX) {
        size_t some = n - first < SEND_MAX ? n - first : SEND_MAX;
        struct bytes body = otlp_pack(&from, spans->sending + first, some, spans->arena);
        bool taken = post_send(&spans->post, "application/x-protobuf", body, deadline_ms(spans));
        arena_reset(spans->arena);
        count(spans, (int64_t)some, taken);
    }
}

/* Waits a while, so that many go together; takes the queue, and leaves an empty one. */
static size_t take_queue(struct spans *spans, bool *ends)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += GATHER_MS / 1000;
    pthread_mutex_lock(&spans->lock);
    while (spans->ends_ms == 0 && spans->n < QUEUE_MAX / 2 &&
           pthread_cond_timedwait(&spans->news, &spans->lock, &until) != ETIMEDOUT)
        ;
    struct span *taken = spans->queue;
    size_t n = spans->n;
    spans->queue = spans->sending;
    spans->sending = taken;
    spans->n = 0;
    *ends = spans->ends_ms != 0;
    pthread_mutex_unlock(&spans->lock);
    return n;
}

static void *send_spans(void *context)
{
    struct spans *spans = context;
    bool ends = false;
    while (!ends)
        send_all(spans, take_queue(spans, &ends));
    return NULL;
}

/* ---- begin and end */

enum status spans_open(struct spans **result, const struct config *config, const char *service)
{
    const char *url = config_text(config, "otlp_url");
    pthread_condattr_t monotonic;
    *result = NULL;
    if (url[0] == '\0')
        return STATUS_OK;
    struct spans *spans = calloc(1, sizeof *spans);
    must(spans != NULL);
    const char *fault = post_open(&spans->post, url);
    if (fault != NULL) {
        log_error(0, "spans.address", "otlp_url %s: %s", url, fault);
        free(spans);
        return STATUS_INVALID;
    }
    spans->service = service;
    spans->is_unknown = true;
    spans->arena = arena_new(ARENA_BYTES);
    spans->queue = calloc(QUEUE_MAX, sizeof *spans->queue);
    spans->sending = calloc(QUEUE_MAX, sizeof *spans->sending);
    must(spans->queue != NULL && spans->sending != NULL);
    pthread_mutex_init(&spans->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&spans->news, &monotonic);
    must(pthread_create(&spans->thread, NULL, send_spans, spans) == 0);
    *result = spans;
    return STATUS_OK;
}

/* What a thread that is left behind uses on: known to whoever looks for lost memory. */
static struct spans *volatile left_behind;

/* False: it is left behind. Only a resolver takes so long, and nothing ends its wait. */
static bool end_thread(struct spans *spans)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += CLOSE_MS / 1000;
    pthread_mutex_lock(&spans->lock);
    spans->ends_ms = monotonic_ms() + SEND_MS;
    pthread_cond_signal(&spans->news);
    pthread_mutex_unlock(&spans->lock);
    bool ended = pthread_clockjoin_np(spans->thread, NULL, CLOCK_MONOTONIC, &until) == 0;
    if (!ended) {
        pthread_detach(spans->thread);
        left_behind = spans;
    }
    return ended;
}

void spans_close(struct spans **closed)
{
    struct spans *spans = *closed;
    *closed = NULL;
    if (spans == NULL || !end_thread(spans))
        return;
    pthread_cond_destroy(&spans->news);
    pthread_mutex_destroy(&spans->lock);
    arena_free(&spans->arena);
    free(spans->queue);
    free(spans->sending);
    free(spans);
}

/* ---- the program's side */

void spans_begin(const struct spans *spans, struct trace *trace, unsigned char parent[SPAN_BYTES])
{
    if (spans == NULL || !trace_is_set(trace))
        return;
    memcpy(parent, trace->span, SPAN_BYTES);
    *trace = trace_span(trace);
}

void spans_add(struct spans *spans, const struct span *span)
{
    if (spans == NULL || !trace_is_set(&span->trace))
        return;
    pthread_mutex_lock(&spans->lock);
    if (spans->n == QUEUE_MAX)
        spans->counts.dropped++;
    else
        spans->queue[spans->n++] = *span;
    if (spans->n == QUEUE_MAX / 2)
        pthread_cond_signal(&spans->news);
    pthread_mutex_unlock(&spans->lock);
}

struct spans_counts spans_count(struct spans *spans)
{
    struct spans_counts counts = {0};
    if (spans == NULL)
        return counts;
    pthread_mutex_lock(&spans->lock);
    counts = spans->counts;
    pthread_mutex_unlock(&spans->lock);
    return counts;
}
