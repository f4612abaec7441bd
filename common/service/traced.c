/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/traced.h"

#include <stdio.h>
#include <string.h>

#include "common/base/monotonic.h"

static bool is_heard(const struct item *item)
{
    return item->kind == ITEM_EVENT && item->hearing != NULL;
}

void traced_begin(const struct loop *loop, struct item *item)
{
    if (item->kind == ITEM_COMMAND || is_heard(item))
        spans_begin(loop->spans, &item->trace, item->parent);
}

/* From a monotonic instant until now. */
static struct span span_of(const struct item *item, enum span_kind kind, const char *name,
                           int64_t began_ms)
{
    struct span span = {
        .trace = item->trace, .kind = kind, .began_ms = began_ms, .ended_ms = monotonic_ms()};
    memcpy(span.parent, item->parent, SPAN_BYTES);
    snprintf(span.name, sizeof span.name, "%s", name);
    return span;
}

void traced_command(const struct loop *loop, const struct item *item, int64_t arrived_ms,
                    bool failed)
{
    if (loop->spans == NULL || !trace_is_set(&item->trace))
        return;
    struct span span = span_of(item, SPAN_SERVER, item->request.type, arrived_ms);
    span.failed = failed;
    spans_add(loop->spans, &span);
}

void traced_events(const struct loop *loop, int64_t began_ms)
{
    for (size_t i = 0; i < loop->n_items && loop->spans != NULL; i++) {
        const struct item *item = &loop->items[i];
        if (!is_heard(item) || !trace_is_set(&item->trace))
            continue;
        struct span span = span_of(item, SPAN_CONSUMER, item->event.type, began_ms);
        span.case_number = item->event.case_number;
        span.event_seq = item->event.seq;
        spans_add(loop->spans, &span);
    }
}
