/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/tracing.h"

#include <stdio.h>
#include <string.h>

const char *tracing_of(struct call *call)
{
    if (call->traceparent[0] != '\0')
        return call->traceparent;
    const char *given = exchange_header(call->exchange, "traceparent");
    struct trace caller;
    if (given != NULL && trace_read(&caller, given)) {
        call->trace = trace_span(&caller);
        memcpy(call->parent, caller.span, sizeof call->parent);
    } else {
        call->trace = trace_new();
    }
    trace_write(&call->trace, call->traceparent);
    return call->traceparent;
}

void tracing_begin(struct call *call)
{
    if (call->exchange->all->handler->spans == NULL)
        return;
    struct span *span = ARENA_NEW(call->arena, struct span);
    tracing_of(call);
    span->trace = call->trace;
    memcpy(span->parent, call->parent, SPAN_BYTES);
    snprintf(span->name, sizeof span->name, "%s %s", call->match.route->method,
             call->match.route->path);
    call->exchange->span = span;
}
