/* SPDX-License-Identifier: Apache-2.0 */
/* queries.h: the queries of charging that have files of their own. */
#ifndef CHARGING_QUERIES_H
#define CHARGING_QUERIES_H

#include "common/service/reader.h"
#include "onedoor/charging.pb-c.h"

/* orders.c */
struct outcome charging_answer_order(struct reader *, struct call *);
struct outcome charging_answer_due(struct reader *, struct call *);
struct outcome charging_answer_to_refund(struct reader *, struct call *);

/* takings.c */
struct outcome charging_answer_takings(struct reader *, struct call *);

#endif
