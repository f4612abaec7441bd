/* SPDX-License-Identifier: Apache-2.0 */
/* report.h: the result of a simulation, for a program (--json) and for a person. */
#ifndef SIMULATE_REPORT_H
#define SIMULATE_REPORT_H

#include <stdbool.h>

#include "programs/simulate/totals.h"

struct report {
    struct totals totals;
    int64_t commands; /* answered */
    double seconds, p50_ms, p99_ms;
    int64_t lost, doubled, mismatches;
    const char *verify; /* "ok", or what broke */
};

/* Percentiles of the times; sorts them. */
void report_times(struct report *, float *took_ms, int64_t n);

void report_json(const struct report *);
void report_words(const struct report *);

/* Nothing is lost or doubled, nothing differs, and every invariant holds. */
bool report_is_good(const struct report *);

#endif
