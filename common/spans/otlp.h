/* SPDX-License-Identifier: Apache-2.0 */
/* otlp.h: spans as the collector takes them: an ExportTraceServiceRequest
 * (proto/opentelemetry/), packed. Pure. */
#ifndef COMMON_OTLP_H
#define COMMON_OTLP_H

#include "common/base/arena.h"
#include "common/spans/span.h"

/* Whose they are, and the real time in ms since 1970 at which the monotonic clock was 0. */
struct otlp_from {
    const char *service;
    int64_t zero_ms;
};

struct bytes otlp_pack(const struct otlp_from *, const struct span *spans, size_t n,
                       struct arena *);

#endif
