/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: the rows that one batch needs, in memory. A handler's `need` names the groups of rows it
 * wants; the store loads all of them with one statement a table; `handle` then finds, adds, changes
 * and removes rows here; the store saves the changes with one statement a table.
 *
 * Rows live in the turn's arena. Text put into a row must live there too, or be static. A row may
 * be changed only between rows_touch and the end of the handler. A handler that refuses must have
 * changed nothing (decide.c checks it). */
#ifndef COMMON_ROWS_H
#define COMMON_ROWS_H

#include "common/rows/table.h"

struct turn;

/* Ask for the group of `probe`: all rows with the same first n_group columns. */
void rows_want(struct turn *, const struct table *, const void *probe);
/* Ask for at most `limit` rows whose due column is at or before the turn's time, and for the first
 * one after it: from that one follows when to tick next, and handlers skip it. */
void rows_want_due(struct turn *, const struct table *, int limit);
/* The same of rows that are due `late_ms` after the instant in their column. */
void rows_want_due_late(struct turn *, const struct table *, int limit, int64_t late_ms);
/* Ask for the next `limit` open rows in key order, after the key of `probe`: those with COLUMN_OPEN
 * set or, in a table without one, with COLUMN_DONE not set. For walks (walk.h). */
void rows_want_open(struct turn *, const struct table *, const void *probe, int limit);
/* They in order, as they were loaded: start with *place 0; ends with null. Fewer than asked for:
 * there are no more. */
const void *rows_open(struct turn *, const struct table *, size_t *place);

/* Ask for the next `limit` rows in key order, after the key of `probe`; null: from the first. For
 * walks through a table with sealed columns, a slice at a time, and for the first rows of one with
 * an owner (COLUMN_OWNER). */
void rows_want_after(struct turn *, const struct table *, const void *probe, int limit);
/* The last of them, and how many there are: fewer than asked for at the table's end. Null: none. */
void *rows_after(struct turn *, const struct table *, size_t *n);
/* Ask for the rows that are not done (COLUMN_DONE) and have the owner of `probe` (COLUMN_OWNER).
 * It may read the whole table, so it is for rare changes, such as a window that is
 * closed. */
void rows_want_owned(struct turn *, const struct table *, const void *probe);

/* Whether rows of the table were wanted by group. */
bool rows_wanted(struct turn *, const struct table *);

/* The row with the full key of `probe`, or null. */
void *rows_find(struct turn *, const struct table *, const void *probe);
/* The rows of the group of `probe`: start with null, ends with null.
 *   for (struct task_row *t = NULL; (t = rows_next(turn, &task_table, &probe, t));) ... */
void *rows_next(struct turn *, const struct table *, const void *probe, const void *after);
/* All rows present, of every group, in no order: start with *place 0; ends with null. */
void *rows_each(struct turn *, const struct table *, size_t *place);

/* Add a row (a copy of the struct; text is borrowed). Adding a key that is there is a bug. Returns
 * the row in memory, which may be changed until the turn ends. */
void *rows_add(struct turn *, const struct table *, const void *row);
/* Call it before a row that was found is changed. Returns the row. */
void *rows_touch(struct turn *, const struct table *, void *row);
void rows_remove(struct turn *, const struct table *, void *row);

#endif
