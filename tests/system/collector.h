/* SPDX-License-Identifier: Apache-2.0 */
/* collector.h: a collector of traces as small as one can be: it takes OTLP over HTTP, and keeps the
 * spans. Include after cmocka.h. */
#ifndef TESTS_COLLECTOR_H
#define TESTS_COLLECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/trace.h"

struct collected {
    char service[20], name[64];
    struct trace trace;
    unsigned char parent[SPAN_BYTES]; /* all zero: none */
    int kind;                         /* as OTLP numbers it */
    uint64_t began_ns, ended_ns;
};

struct collector;

/* Listens on a port of 127.0.0.1, with a thread of its own. */
struct collector *collector_new(int *port);
void collector_free(struct collector **);

/* Waits until it has a span of this service, name and trace. */
struct collected collector_await(struct collector *, const char *service, const char *name,
                                 const struct trace *);

#endif
