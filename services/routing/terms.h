/* SPDX-License-Identifier: Apache-2.0 */
/* terms.h: the time limits of a case: the hall's promise, what the law allows for the item, and,
 * where several departments act, what it allows for that.
 *
 * RULE L42.1, L42.2, L45: all of them run and pause together, so they share the ledger of the
 * flow's clock, which is that of the promise; budget and expiry are each one's own. A pause that
 * comes too late for the promise still stops the time that the law counts. Those of a case are
 * TERM_PROMISE to TERM_PARALLEL. Pure. */
#ifndef ROUTING_TERMS_H
#define ROUTING_TERMS_H

#include "common/values/term.h"
#include "services/routing/rows.h"

/* Starts them at flow->accepted_ms, with flow->promised_days and flow->statutory_days (0: the item
 * has no limit by law). `joint`: RULE L26, several departments act. */
void routing_terms_start(struct flow_row *, const struct calendar *, bool joint);

/* Whether the case runs under this term. */
bool routing_terms_has(const struct flow_row *, enum term);

/* The clock of one term, by value: what is done to it changes no row. */
struct clock routing_terms_clock(const struct flow_row *, enum term);

/* One change of the clock (clock_pause, clock_resume, clock_stop), made to all of them. */
void routing_terms_change(struct flow_row *, const struct calendar *, int64_t at_ms,
                          void (*change)(struct clock *, const struct calendar *, int64_t));

/* Adds `days` to each that is not over. */
void routing_terms_extend(struct flow_row *, const struct calendar *, int64_t at_ms, int32_t days);

/* Whether each, or one that the law sets, is over. */
bool routing_terms_all_over(const struct flow_row *, const struct calendar *, int64_t at_ms);
bool routing_terms_law_over(const struct flow_row *, const struct calendar *, int64_t at_ms);

/* The term that ends first, by its deadline or by the one it would have after a pause. */
enum term routing_terms_first(const struct flow_row *, const struct calendar *, int64_t at_ms);

#endif
