/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/collector.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb-c.h"
#include "tests/system/hall.h"

enum { SPANS_MAX = 4096, REQUEST_BYTES = 1 << 20 };

struct collector {
    int listener;
    pthread_t thread;
    pthread_mutex_t lock; /* of the spans */
    int n;
    struct collected spans[SPANS_MAX];
};

/* ---- what comes */

static void keep(struct collector *collector, const char *service,
                 const Opentelemetry__Proto__Trace__V1__Span *span)
{
    struct collected one = {.kind = (int)span->kind,
                            .began_ns = span->start_time_unix_nano,
                            .ended_ns = span->end_time_unix_nano};
    snprintf(one.service, sizeof one.service, "%s", service);
    snprintf(one.name, sizeof one.name, "%s", span->name);
    if (span->trace_id.len == TRACE_ID_BYTES && span->span_id.len == SPAN_BYTES) {
        memcpy(one.trace.id, span->trace_id.data, TRACE_ID_BYTES);
        memcpy(one.trace.span, span->span_id.data, SPAN_BYTES);
    }
    if (span->parent_span_id.len == SPAN_BYTES)
        memcpy(one.parent, span->parent_span_id.data, SPAN_BYTES);
    pthread_mutex_lock(&collector->lock);
    if (collector->n < SPANS_MAX)
        collector->spans[collector->n++] = one;
    pthread_mutex_unlock(&collector->lock);
}

static void keep_all(struct collector *collector, const void *body, size_t size)
{
    Opentelemetry__Proto__Collector__Trace__V1__ExportTraceServiceRequest *request =
        opentelemetry__proto__collector__trace__v1__export_trace_service_request__unpack(NULL, size,
                                                                                         body);
    for (size_t r = 0; request != NULL && r < request->n_resource_spans; r++) {
        const Opentelemetry__Proto__Trace__V1__ResourceSpans *of = request->resource_spans[r];
        const char *service = of->resource->attributes[0]->value->string_value;
        for (size_t s = 0; s < of->n_scope_spans; s++)
            for (size_t i = 0; i < of->scope_spans[s]->n_spans; i++)
                keep(collector, service, of->scope_spans[s]->spans[i]);
    }
    if (request != NULL)
        opentelemetry__proto__collector__trace__v1__export_trace_service_request__free_unpacked(
            request, NULL);
}

/* One request on a connection; false when it is no whole one. */
static bool read_request(struct collector *collector, int fd)
{
    static char text[REQUEST_BYTES];
    size_t n = 0, length = 0;
    const char *body = NULL;
    while (body == NULL || n < (size_t)(body - text) + length) {
        ssize_t got = recv(fd, text + n, sizeof text - 1 - n, 0);
        if (got <= 0)
            return false;
        n += (size_t)got;
        text[n] = '\0';
        const char *end = body == NULL ? strstr(text, "\r\n\r\n") : NULL;
        const char *field = end == NULL ? NULL : strstr(text, "Content-Length: ");
        if (field != NULL) {
            length = strtoul(field + strlen("Content-Length: "), NULL, 10);
            body = end + 4;
        }
    }
    keep_all(collector, body, length);
    return true;
}

static void *collect(void *context)
{
    static const char taken[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    struct collector *collector = context;
    for (int fd; (fd = accept(collector->listener, NULL, NULL)) >= 0;) {
        if (read_request(collector, fd)) {
            ssize_t n = send(fd, taken, sizeof taken - 1, MSG_NOSIGNAL);
            (void)n;
        }
        close(fd);
    }
    return NULL;
}

/* ---- for the test */

struct collector *collector_new(int *port)
{
    struct collector *collector = calloc(1, sizeof *collector);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    assert_non_null(collector);
    collector->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(0, bind(collector->listener, (struct sockaddr *)&at, sizeof at));
    assert_int_equal(0, listen(collector->listener, 16));
    assert_int_equal(0, getsockname(collector->listener, (struct sockaddr *)&at, &size));
    *port = ntohs(at.sin_port);
    pthread_mutex_init(&collector->lock, NULL);
    assert_int_equal(0, pthread_create(&collector->thread, NULL, collect, collector));
    return collector;
}

void collector_free(struct collector **collector)
{
    shutdown((*collector)->listener, SHUT_RDWR);
    pthread_join((*collector)->thread, NULL);
    close((*collector)->listener);
    free(*collector);
    *collector = NULL;
}

static bool find(struct collector *collector, const char *service, const char *name,
                 const struct trace *trace, struct collected *found)
{
    bool is_there = false;
    pthread_mutex_lock(&collector->lock);
    for (int i = 0; i < collector->n && !is_there; i++) {
        *found = collector->spans[i];
        is_there = strcmp(found->service, service) == 0 && strcmp(found->name, name) == 0 &&
                   memcmp(found->trace.id, trace->id, TRACE_ID_BYTES) == 0;
    }
    pthread_mutex_unlock(&collector->lock);
    return is_there;
}

struct collected collector_await(struct collector *collector, const char *service, const char *name,
                                 const struct trace *trace)
{
    struct retry retry = retry_begin();
    struct collected found;
    while (!find(collector, service, name, trace, &found))
        retry_or_fail(&retry, name);
    return found;
}
