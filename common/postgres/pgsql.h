/* SPDX-License-Identifier: Apache-2.0 */
/* pgsql.h: the statements that follow from a table's description. The only place where SQL is put
 * together, and only from names in the source. */
#ifndef COMMON_PGSQL_H
#define COMMON_PGSQL_H

#include "common/base/status.h"
#include "common/rows/table.h"

struct pg;

enum pgsql_verb {
    PGSQL_ALL,
    PGSQL_LOAD,
    PGSQL_DUE,
    PGSQL_OPEN,
    PGSQL_AFTER,
    PGSQL_OWNED,
    PGSQL_INSERT,
    PGSQL_UPDATE,
    PGSQL_DELETE
};

/* Prepared names are "<verb>_<table>". */
extern const char *const pgsql_verbs[];

/* Null when the table has no such statement (no due column, no sealed one, no owner, nothing to
 * update, insert only). Parameters: all: centre. load: an array for each group column. due:
 * centre, now, limit. open, after: each key column, limit. owned: centre, owner. insert, update:
 * one array of the table's own row type (pgrecord.h). update of a table with a guarded column, row
 * by row: each key and changeable column, then the guard. delete: an array a key column. */
const char *pgsql_statement(enum pgsql_verb, const struct table *, struct arena *);

/* Prepare those of the table's statements that there are, from one verb to another, outside a
 * pipeline. */
MUST_USE enum status pgsql_prepare(struct pg *, const struct table *, enum pgsql_verb from,
                                   enum pgsql_verb to);

/* Every row in key order, of whatever table, for a cursor; parameter: centre. */
const char *pgsql_every(const struct table *, struct arena *);

/* Some rows of a table, by what is said after its name ("where ..."); and rows of a shape, by what
 * is said after the columns ("from ..."). */
const char *pgsql_rows(const struct table *, const char *where, struct arena *);
const char *pgsql_select(const struct shape *, const char *from, struct arena *);

#endif
