/* SPDX-License-Identifier: Apache-2.0 */
/* pg.h: a connection to PostgreSQL as the hall uses it: sessions set up safely, pipelines that
 * cannot deadlock, errors sorted into outcomes, and the binary form of columns and arrays. */
#ifndef COMMON_PG_H
#define COMMON_PG_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/config.h"
#include "common/base/status.h"
#include "common/rows/table.h"

struct pg {
    PGconn *conn;
    int64_t statements; /* sent, for the tally */
};

/* Connect as the service. A writer refuses a database that does not keep what it acknowledges
 * (fsync, synchronous_commit, full_page_writes); a reader's session is read only. STATUS_AGAIN: not
 * reachable now. STATUS_FAILED: reachable but unfit (logged). */
MUST_USE enum status pg_open(struct pg *, const struct config *, const char *service, bool writer);
void pg_close(struct pg *);

/* One statement without parameters, outside a pipeline; one integer out (0 when there is no row).
 */
MUST_USE enum status pg_number(struct pg *, const char *sql, int64_t *number);

/* Prepare under a name, outside a pipeline. */
MUST_USE enum status pg_prepare(struct pg *, const char *name, const char *sql);

/* ---- pipelines: begin, send any number, finish with a sync. All statements between two syncs are
 * one transaction. */

struct pg_params {
    const char *values[32];
    int lengths[32];
    int n;
};

void pg_param(struct pg_params *, struct bytes);
MUST_USE enum status pg_send(struct pg *, const char *prepared, const struct pg_params *);
/* Flush, wait, and hand each result in order to `take` (may be null) until the sync: with STATUS_OK
 * everything between is committed. */
MUST_USE enum status pg_sync(struct pg *, void (*take)(void *context, int index, PGresult *),
                             void *context);

/* What an error means for the work in hand. */
enum status pg_classify(PGconn *, const PGresult *);

/* ---- binary form */

/* How PostgreSQL knows a row of a table: its row type, and its columns in the order they stand
 * there. */
enum { PG_FIELDS_MAX = 64 };
struct pg_record {
    int32_t type;
    int n;
    struct {
        const struct column *column; /* null: not one of ours */
        int32_t type;
    } fields[PG_FIELDS_MAX];
};

/* Look it up in the search path, outside a pipeline. STATUS_FAILED, logged: there is no such table,
 * or a column is not of the type described. */
MUST_USE enum status pg_record_read(struct pg *, const struct table *, struct pg_record *);

/* Rows as one array of that type; columns with a flag of `without`, unless keys, are null. One
 * unnest of one array costs some microseconds; one of an array for each column, as many a row. */
struct bytes pg_records(const struct pg_record *, void *const *rows, int n, unsigned without,
                        struct arena *);

/* A column of `n` rows as an array parameter. */
struct bytes pg_array(const struct column *, void *const *rows, int n, struct arena *);
/* A column of one row as a parameter. */
struct bytes pg_value(const struct column *, const void *row, struct arena *);
struct bytes pg_int2(int16_t, struct arena *);
struct bytes pg_int4(int32_t, struct arena *);
struct bytes pg_int8(int64_t, struct arena *);
struct bytes pg_time(int64_t ms, struct arena *);
/* One field of a result into its place in a row. */
void pg_field(const PGresult *, int row, int field, const struct column *, void *into,
              struct arena *);
const char *pg_type(enum column_type);

#endif
