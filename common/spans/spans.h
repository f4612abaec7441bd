/* SPDX-License-Identifier: Apache-2.0 */
/* spans.h: tells a collector what was done for whose request and how long it took, as spans of its
 * trace, by OTLP over HTTP (the setting otlp_url).
 *
 * A service never waits for the collector: a thread of its own sends, and spans that find the queue
 * full, or that cannot be sent, are dropped and counted. The same thread looks the collector's name
 * up, so that a service starts where it is not known yet. */
#ifndef COMMON_SPANS_H
#define COMMON_SPANS_H

#include "common/base/config.h"
#include "common/base/status.h"
#include "common/spans/span.h"

struct spans;

struct spans_counts {
    int64_t sent, dropped;
};

/* Null, and STATUS_OK, where otlp_url is empty. STATUS_INVALID, which is logged: it is no URL. */
MUST_USE enum status spans_open(struct spans **, const struct config *, const char *service);
/* Sends what is there, within a second; what is not sent by then is dropped. */
void spans_close(struct spans **);

/* Give a piece of work that belongs to a trace a span of its own; the one before becomes its
 * parent. Does nothing without a trace, or where spans is null. */
void spans_begin(const struct spans *, struct trace *, unsigned char parent[SPAN_BYTES]);

/* Any thread; the span is copied. Likewise nothing without a trace, or where spans is null. */
void spans_add(struct spans *, const struct span *);

/* Any thread. All zero where spans is null. */
struct spans_counts spans_count(struct spans *);

#endif
