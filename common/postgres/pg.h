/* SPDX-License-Identifier: Apache-2.0 */
/* pg.h: a connection to PostgreSQL as the hall uses it: sessions set up safely, pipelines that
 * cannot deadlock, and errors sorted into outcomes. */
#ifndef COMMON_PG_H
#define COMMON_PG_H

#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/config.h"
#include "common/base/status.h"

struct pg {
    PGconn *conn;
    int64_t statements; /* sent, for the tally */
    int64_t waited_us;  /* for their results, likewise */
    int64_t heard_ms;   /* monotonic: when a pipeline was last answered */
    /* pg_run gives up then, or when `ends` becomes true; 0, null: it does not */
    int64_t deadline_ms;
    const atomic_bool *ends;
};

/* Connect as the service. A writer refuses a database that does not keep what it acknowledges
 * (fsync, synchronous_commit, full_page_writes); a reader's session is read only. STATUS_AGAIN: not
 * reachable now. STATUS_FAILED: reachable but unfit (logged). */
MUST_USE enum status pg_open(struct pg *, const struct config *, const char *service, bool writer);
void pg_close(struct pg *);

/* One statement without parameters, outside a pipeline; one integer out (0 when there is no row).
 */
MUST_USE enum status pg_number(struct pg *, const char *sql, int64_t *number);

/* Prepare under a name, outside a pipeline: for `n` parameters of these types, or of those that
 * follow from the text. A failure is logged. */
MUST_USE enum status pg_prepare(struct pg *, const char *name, const char *sql, const Oid *types,
                                int n);

/* Parameters of a prepared statement, in binary form (pgform.h). */
enum { PG_PARAMS_MAX = 32 };
struct pg_params {
    const char *values[PG_PARAMS_MAX];
    int lengths[PG_PARAMS_MAX];
    int n;
};

void pg_param(struct pg_params *, struct bytes);

/* One prepared statement outside a pipeline, waited for; its result, in binary form, is the
 * caller's to clear whatever the status. STATUS_LATE: its deadline came, and it was cancelled. */
MUST_USE enum status pg_run(struct pg *, const char *prepared, const struct pg_params *,
                            PGresult **);

/* ---- pipelines: send any number, finish with a sync. All statements between two syncs are one
 * transaction. */

MUST_USE enum status pg_send(struct pg *, const char *prepared, const struct pg_params *);
/* Flush, wait, and hand each result in order to `take` (may be null) until the sync: with STATUS_OK
 * everything between is committed. */
MUST_USE enum status pg_sync(struct pg *, void (*take)(void *context, int index, PGresult *),
                             void *context);

/* Prove that it answers, by the prepared statement "ping", unless it has within the last second. A
 * server that keeps others waiting for longer than five seconds is told of by heartbeat.h
 * meanwhile. */
MUST_USE enum status pg_ping(struct pg *);

/* What an error means for the work in hand. */
enum status pg_classify(PGconn *, const PGresult *);

#endif
