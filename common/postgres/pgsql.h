/* SPDX-License-Identifier: Apache-2.0 */
/* pgsql.h: the statements that follow from a table's description. The only place where SQL is put
 * together, and only from names in the source. */
#ifndef COMMON_PGSQL_H
#define COMMON_PGSQL_H

#include "common/rows/table.h"

enum pgsql_verb {
    PGSQL_ALL,
    PGSQL_LOAD,
    PGSQL_DUE,
    PGSQL_TIMED,
    PGSQL_INSERT,
    PGSQL_UPDATE,
    PGSQL_DELETE
};

/* Prepared names are "<verb>_<table>". */
extern const char *const pgsql_verbs[];

/* Null when the table has no such statement (no due column, nothing to update, insert only).
 * Parameters: all, timed: centre. load: an array for each group column. due: centre, now, limit.
 * insert, update: one array of the table's own row type (pg_records). update of a table with a
 * guarded column, row by row: each key and changeable column, then the guard. delete: an array
 * a key column. */
const char *pgsql_statement(enum pgsql_verb, const struct table *, struct arena *);

/* Every row in key order, of whatever table, for a cursor; parameter: centre. */
const char *pgsql_every(const struct table *, struct arena *);

/* Parameters: centre, after seq, limit. */
const char *pgsql_journal_page(struct arena *);

/* Index of the guarded column, -1: none. */
int pgsql_guard(const struct table *);

#endif
