/* SPDX-License-Identifier: Apache-2.0 */
/* pgsave.h: what a turn has changed, saved to PostgreSQL: one statement a table and kind of change,
 * all in one pipeline and one transaction. */
#ifndef COMMON_PGSAVE_H
#define COMMON_PGSAVE_H

#include "common/base/status.h"
#include "common/postgres/pg.h"
#include "common/postgres/pgrecord.h"
#include "common/rows/turn.h"

enum { PGSAVE_TABLES_MAX = 48 };

/* What a writing session knows of its database. */
struct pgsave {
    struct pg *pg;
    const char *schema;
    int64_t month; /* its journal partition is there: year * 12 + month */
    const struct table *tables[PGSAVE_TABLES_MAX]; /* those it writes, and their row types */
    struct pgrecord records[PGSAVE_TABLES_MAX];
    int n_tables;
};

/* Prepare what tables do not need: outside a pipeline, as is pgsave_prepare. */
MUST_USE enum status pgsave_open(struct pgsave *, struct pg *, const char *schema);
/* Look up a table's row type and prepare its statements. */
MUST_USE enum status pgsave_prepare(struct pgsave *, const struct table *);

/* All or nothing. Durable with STATUS_OK; with STATUS_LOST that is unknown. */
MUST_USE enum status pgsave_turn(struct pgsave *, struct turn *);

#endif
