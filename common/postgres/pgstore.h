/* SPDX-License-Identifier: Apache-2.0 */
/* pgstore.h: rows in PostgreSQL, by the tables' descriptions: read (pgread.h), loaded for a batch
 * (pgload.h) and saved (pgsave.h).
 *
 * The connection holds the writer's advisory lock for its whole session: losing the connection
 * loses the right to write, and a dead session's transaction has ended before its lock is free, so
 * whoever holds the lock sees everything that was acknowledged. */
#ifndef COMMON_PGSTORE_H
#define COMMON_PGSTORE_H

#include <stdbool.h>

#include "common/base/config.h"
#include "common/postgres/pgread.h"
#include "common/rows/store.h"

struct pgstore;

/* Connect. With `writer`, take the lock: STATUS_DENIED when another process has it. Without, the
 * session is read only. STATUS_AGAIN: not reachable now. */
MUST_USE enum status pgstore_open(struct pgstore **, const struct service *, const struct config *,
                                  bool writer);
void pgstore_free(struct pgstore **);

struct store *pgstore_store(struct pgstore *);
/* To read by its connection, between batches. */
struct pgread *pgstore_read(struct pgstore *);
int64_t pgstore_statements(const struct pgstore *);
/* How long it has waited for PostgreSQL's results, in all. */
int64_t pgstore_waited_ms(const struct pgstore *);

/* Between batches: is the session still there, and does the server answer in it? */
bool pgstore_alive(struct pgstore *);

/* Forget command keys done before `before_ms`. */
MUST_USE enum status pgstore_prune(struct pgstore *, int64_t before_ms);

/* What is read from now on is given up at this instant of the monotonic clock, or when `ends`
 * becomes true: STATUS_LATE. */
void pgstore_deadline(struct pgstore *, int64_t deadline_ms, const atomic_bool *ends);

/* PostgreSQL's clock, in ms UTC. */
MUST_USE enum status pgstore_now(struct pgstore *, struct arena *, int64_t *now_ms);

/* What kind of hall the database says this is: "working", "simulation", "demonstration". In the
 * arena. */
MUST_USE enum status pgstore_kind(struct pgstore *, struct arena *, const char **kind);

#endif
