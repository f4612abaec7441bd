/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/terms.h"

enum { PARALLEL_DAYS = 45 }; /* RULE L42.2 */

void routing_terms_start(struct flow_row *flow, const struct calendar *cal, bool joint)
{
    int32_t day_min = calendar_day_minutes(cal);

    clock_start(&flow->clock, cal, flow->accepted_ms, flow->promised_days);
    flow->statutory = (struct limit){flow->statutory_days * day_min, 0};
    flow->parallel = (struct limit){joint ? PARALLEL_DAYS * day_min : 0, 0};
}

static const struct limit *limit_of(const struct flow_row *flow, enum term term)
{
    return term == TERM_STATUTORY ? &flow->statutory : &flow->parallel;
}

bool routing_terms_has(const struct flow_row *flow, enum term term)
{
    return term == TERM_PROMISE || limit_of(flow, term)->budget_min > 0;
}

struct clock routing_terms_clock(const struct flow_row *flow, enum term term)
{
    struct clock clock = flow->clock;

    if (term != TERM_PROMISE) {
        clock.budget_min = limit_of(flow, term)->budget_min;
        clock.over_ms = limit_of(flow, term)->over_ms;
    }
    return clock;
}

static struct limit limit_from(const struct clock *clock)
{
    return (struct limit){clock->budget_min, clock->over_ms};
}

void routing_terms_change(struct flow_row *flow, const struct calendar *cal, int64_t at_ms,
                          void (*change)(struct clock *, const struct calendar *, int64_t))
{
    struct clock statutory = routing_terms_clock(flow, TERM_STATUTORY);
    struct clock parallel = routing_terms_clock(flow, TERM_PARALLEL);

    change(&flow->clock, cal, at_ms);
    if (routing_terms_has(flow, TERM_STATUTORY)) {
        change(&statutory, cal, at_ms);
        flow->statutory = limit_from(&statutory);
    }
    if (routing_terms_has(flow, TERM_PARALLEL)) {
        change(&parallel, cal, at_ms);
        flow->parallel = limit_from(&parallel);
    }
}

static void extend(struct limit *limit, struct clock clock, const struct calendar *cal,
                   int64_t at_ms, int32_t days)
{
    if (limit->budget_min == 0)
        return;
    clock_extend(&clock, cal, at_ms, days);
    *limit = limit_from(&clock);
}

void routing_terms_extend(struct flow_row *flow, const struct calendar *cal, int64_t at_ms,
                          int32_t days)
{
    extend(&flow->statutory, routing_terms_clock(flow, TERM_STATUTORY), cal, at_ms, days);
    extend(&flow->parallel, routing_terms_clock(flow, TERM_PARALLEL), cal, at_ms, days);
    clock_extend(&flow->clock, cal, at_ms, days);
}

static bool is_over(const struct flow_row *flow, enum term term, const struct calendar *cal,
                    int64_t at_ms)
{
    struct clock clock = routing_terms_clock(flow, term);

    return routing_terms_has(flow, term) && clock_is_over(&clock, cal, at_ms);
}

bool routing_terms_law_over(const struct flow_row *flow, const struct calendar *cal, int64_t at_ms)
{
    return is_over(flow, TERM_STATUTORY, cal, at_ms) || is_over(flow, TERM_PARALLEL, cal, at_ms);
}

bool routing_terms_all_over(const struct flow_row *flow, const struct calendar *cal, int64_t at_ms)
{
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++)
        if (routing_terms_has(flow, term) && !is_over(flow, term, cal, at_ms))
            return false;
    return true;
}

enum term routing_terms_first(const struct flow_row *flow, const struct calendar *cal,
                              int64_t at_ms)
{
    enum term first = TERM_PROMISE;
    int32_t least = clock_remaining(&flow->clock, cal, at_ms);

    for (enum term term = TERM_STATUTORY; term <= TERM_PARALLEL; term++) {
        struct clock clock = routing_terms_clock(flow, term);

        if (routing_terms_has(flow, term) && clock_remaining(&clock, cal, at_ms) < least) {
            first = term;
            least = clock_remaining(&clock, cal, at_ms);
        }
    }
    return first;
}
