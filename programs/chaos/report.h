/* SPDX-License-Identifier: Apache-2.0 */
/* report.h: the result of a run, for a program (--json) and for a person. */
#ifndef CHAOS_REPORT_H
#define CHAOS_REPORT_H

#include "programs/chaos/run.h"

/* Sorts the recoveries. */
void report_json(struct tally *, const struct load_result *);
void report_words(struct tally *, const struct load_result *);

/* Nothing is lost, doubled or mismatched, every invariant holds, and the hall was well after each
 * fault; within its bound, if `bounded`. */
bool report_is_good(const struct tally *, const struct load_result *, bool bounded);

#endif
