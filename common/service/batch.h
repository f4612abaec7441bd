/* SPDX-License-Identifier: Apache-2.0 */
/* batch.h: the corridor between core and store, without sockets. The rows that a bounded batch of
 * commands, events and a tick needs are loaded; it is decided in order of arrival, and saved in one
 * transaction.
 *
 * One commit serves the whole batch, the number of statements does not grow with it, and nothing
 * leaves before it is durable. A batch that the database refuses is run again in halves, until only
 * what cannot be saved is left: a command is then answered with an error, an event is parked. */
#ifndef COMMON_BATCH_H
#define COMMON_BATCH_H

#include "common/service/engine.h"

/* Run a batch at business time now_ms; a tick must be its last item. OK: every command has its
 * reply. On any other status nothing is known to be saved (STATUS_LOST: it may or may not be); open
 * the engine again. */
MUST_USE enum status batch_run(struct engine *, struct item *, size_t n, int64_t now_ms,
                               struct arena *);

/* The replies of commands that may not be done now (unless_done): those done before have the reply
 * that was kept. Nothing is saved. On any other status than OK none is set. */
MUST_USE enum status batch_look_up(struct engine *, struct item *, size_t n, struct arena *);

/* Try the parked events of a case again, in order, in one batch: the first 256 of them. OK also
 * when some are still refused: they stay parked. */
MUST_USE enum status batch_retry(struct engine *, int64_t case_number, int64_t now_ms,
                                 struct arena *);

/* Say an event of an operator, at now_ms even when the journal ends later. */
MUST_USE enum status batch_note(struct engine *, const char *actor, const ProtobufCMessage *,
                                int64_t now_ms, struct arena *);

#endif
