/* SPDX-License-Identifier: Apache-2.0 */
/* journal.h: a batch's own journal and its cursors as rows of the turn, so that both are saved in
 * the transaction of what they record.
 *
 * There is one writer, so it remembers head and cursors and never loads them. Their rows are
 * guarded: when a second process has changed the tables, the save changes nothing and returns
 * STATUS_REWOUND. */
#ifndef COMMON_JOURNAL_H
#define COMMON_JOURNAL_H

#include "common/service/engine.h"

/* Before a batch is loaded: put head and cursors into the turn as they are stored. */
void journal_bring(const struct engine *, struct turn *);

/* After it is decided: number and chain what was said, and write events, head and cursors. Returns
 * the turn's n_said events, in the turn's arena. */
struct event *journal_write(struct engine *, struct turn *);

#endif
