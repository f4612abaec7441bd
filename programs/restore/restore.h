/* SPDX-License-Identifier: Apache-2.0 */
/* restore.h: what must be done to a hall's database that was restored from a backup, before the
 * hall opens again: outside it people, desks and followers know what the backup does not.
 *
 * All of it is one transaction. The data from before the restore, when it can still be read, tells
 * what is lost; otherwise it is not known, and numbers are left out instead. A line is printed for
 * each thing found or done. */
#ifndef RESTORE_RESTORE_H
#define RESTORE_RESTORE_H

#include <libpq-fe.h>

#include "common/base/config.h"
#include "common/base/service_names.h"
#include "common/wire/event.h"

/* A restored journal and the old one. */
struct journal_end {
    struct position head; /* of the restored one; seq 0: it is empty */
    int64_t at_ms;        /* of its last event */
    int32_t epoch;        /* the greatest of both */
    int64_t kept;         /* the last event that both have */
    int64_t lost;         /* how many the old one has after it */
};

enum { TIME_TEXT_SIZE = 40 };

struct restore {
    const struct config *config;
    PGconn *conn; /* the restored database, in the transaction */
    PGconn *old;  /* as it was before, in a snapshot; null: it cannot be read */
    int16_t centre;
    int64_t now_ms;
    struct journal_end ends[SERVICES];
    bool old_is_later; /* the restored journals are how the old ones began */
};

/* ends.c: finds where each journal ends and where it parts from the old one. A cursor beyond its
 * journal ends the program: such a database is not of one instant. */
void restore_find_ends(struct restore *);

/* lost.c: prints what only the old data have: cases, receipts, commands, events. */
void restore_list_lost(const struct restore *);

/* epochs.c: begins a new epoch in each journal with the event Restored, so that followers and
 * clients that know lost events notice. */
void restore_begin_epochs(const struct restore *);

/* numbers.c: raises each counter beyond every number that was given out, or may have been, and
 * notes those left out. */
void restore_raise_counters(const struct restore *);

/* accounts.c: ends all sessions. With later old data, whoever was shut out or had a token withdrawn
 * since is so again. */
void restore_close_accounts(const struct restore *);

/* UTC, "2026-03-02T01:00:00.123Z"; 0 is "the beginning". */
const char *restore_time(int64_t ms, char text[TIME_TEXT_SIZE]);

#endif
