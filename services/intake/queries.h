/* SPDX-License-Identifier: Apache-2.0 */
/* queries.h: the questions whose answers have a file of their own; queries.c puts all of them in
 * one table. */
#ifndef INTAKE_QUERIES_H
#define INTAKE_QUERIES_H

#include "common/wire/outcome.h"

struct reader;
struct call;

/* handled.c: what was asked and handed in. */
struct outcome intake_get_materials(struct reader *, struct call *);

/* scan_views.c: the pieces of a scan, for whoever's look is on record. */
struct outcome intake_get_piece(struct reader *, struct call *);

/* progress.c: how a case stands. */
struct outcome intake_get_progress(struct reader *, struct call *);
struct outcome intake_ask_progress(struct reader *, struct call *);
struct outcome intake_ask_progress_by_code(struct reader *, struct call *);

/* queued.c: who waits, and who is called. */
struct outcome intake_list_waiting(struct reader *, struct call *);
struct outcome intake_get_calls(struct reader *, struct call *);
struct outcome intake_get_ticket(struct reader *, struct call *);

/* asked.c: questions, and the answers given before. */
struct outcome intake_list_questions(struct reader *, struct call *);
struct outcome intake_find_answers(struct reader *, struct call *);
struct outcome intake_get_question(struct reader *, struct call *);

/* found.c: what a search finds. */
struct outcome intake_get_search(struct reader *, struct call *);
/* Likewise of the looks at a person's data. */
struct outcome intake_get_looks(struct reader *, struct call *);

/* retention.c: how long what is known of applicants is kept. */
struct outcome intake_get_retention(struct reader *, struct call *);

#endif
