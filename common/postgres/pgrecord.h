/* SPDX-License-Identifier: Apache-2.0 */
/* pgrecord.h: rows as one array of their table's own row type, which is how a batch is saved. One
 * unnest of one array costs some microseconds; one of an array for each column, as many a row. */
#ifndef COMMON_PGRECORD_H
#define COMMON_PGRECORD_H

#include "common/base/status.h"
#include "common/postgres/pg.h"
#include "common/rows/table.h"

/* How PostgreSQL knows a row of a table: its row type, and its columns in the order they have
 * there. */
enum { PGRECORD_FIELDS_MAX = 64 };
struct pgrecord {
    int32_t type;
    int n;
    struct {
        const struct column *column; /* null: not one of ours */
        int32_t type;
    } fields[PGRECORD_FIELDS_MAX];
};

/* Look the table up in the search path, outside a pipeline. STATUS_FAILED, logged: there is no such
 * table, or a column is not of the type described. */
MUST_USE enum status pgrecord_read(struct pg *, const struct table *, struct pgrecord *);

/* Rows as one array; columns with a flag of `without`, unless keys, are null. */
struct bytes pgrecord_array(const struct pgrecord *, void *const *rows, int n, unsigned without,
                            struct arena *);

#endif
