/* SPDX-License-Identifier: Apache-2.0 */
/* tracing.h: the trace of a call, by which its log lines and spans are found in all processes. */
#ifndef GATEWAY_TRACING_H
#define GATEWAY_TRACING_H

#include "services/gateway/api/call.h"

/* Its traceparent, as it is sent on: a span of the caller's trace, else of a new one. */
const char *tracing_of(struct call *);

/* It gets a span, of which is told once the exchange is answered; where spans are told. The route
 * must be known. */
void tracing_begin(struct call *);

#endif
