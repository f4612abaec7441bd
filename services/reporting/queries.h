/* SPDX-License-Identifier: Apache-2.0 */
/* queries.h: what the files of reporting's queries share, and the queries that have files of their
 * own. */
#ifndef REPORTING_QUERIES_H
#define REPORTING_QUERIES_H

#include "common/service/reader.h"
#include "onedoor/reporting.pb-c.h"
#include "services/reporting/rows.h"

/* search.c */
struct outcome reporting_search(struct reader *, struct call *);

/* waits.c */
struct outcome reporting_visits(struct reader *, struct call *);
struct outcome reporting_list_visits(struct reader *, struct call *);

/* board.c */
struct outcome reporting_board(struct reader *, struct call *);
struct outcome reporting_usual(struct reader *, struct call *);

#endif
