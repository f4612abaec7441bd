/* SPDX-License-Identifier: Apache-2.0 */
/* pgread.h: rows read into structs, as their descriptions in table.h say. Outside a pipeline; a
 * statement is prepared when it is first used, for the session.
 *
 * A statement is known by its description and by the address of its text, so the text must be a
 * literal. What is selected follows from the description; the text is what comes after it. */
#ifndef COMMON_PGREAD_H
#define COMMON_PGREAD_H

#include "common/base/status.h"
#include "common/postgres/param.h"
#include "common/postgres/pg.h"

enum { PGREAD_STATEMENTS_MAX = 64 };

/* The statements of one session: all zero but for the connection when it begins. */
struct pgread {
    struct pg *pg;
    struct {
        const void *description;
        const char *sql; /* null: the whole table */
    } known[PGREAD_STATEMENTS_MAX];
    int n_known;
};

/* Each gives an array of structs in the arena, and how many. A failure is logged here, once. It is
 * STATUS_FAILED for a statement that the database does not understand, or that gives other types
 * than the description says; else as pg_classify has it. */

/* Every row of a table, in key order. */
MUST_USE enum status pgread_every(struct pgread *, const struct table *, int16_t centre,
                                  struct arena *, void **rows, size_t *n);
/* Some rows of a table: `sql` begins with "where". */
MUST_USE enum status pgread_rows(struct pgread *, const struct table *, const char *sql,
                                 struct params, struct arena *, void **rows, size_t *n);
/* Rows of a shape: `sql` begins with "from". */
MUST_USE enum status pgread_select(struct pgread *, const struct shape *, const char *sql,
                                   struct params, struct arena *, void **rows, size_t *n);

/* ---- for whoever runs a statement by himself: one row of its result into zeroed memory; and
 * whether its fields are of the types described */
void pgread_take(const PGresult *, int row, const struct shape *, void *into, struct arena *);
bool pgread_fits(const PGresult *, const struct shape *);

#endif
