/* SPDX-License-Identifier: Apache-2.0 */
/* pace.h: when a service's loop does what: how long it gathers work, which sockets it reads now,
 * how long it waits, when it opens the database again, when it prunes. Pure: the time is given, in
 * milliseconds of the monotonic clock.
 *
 * A batch costs about as many statements when it is small as when it is large. So a loop that is
 * busy waits briefly before each batch, and longer before it takes other services' events, for
 * which no person waits at a window. */
#ifndef COMMON_PACE_H
#define COMMON_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PACE_BUSY_ITEMS = 16,     /* so many from one look at the journals to the next: busy */
    PACE_REOPEN_MIN_MS = 100, /* before the database is opened again; doubled each time */
    PACE_REOPEN_MAX_MS = 2000,
    PACE_DISPLACED_MS = 20000, /* how long another writer is borne */
    PACE_PRUNE_MS = 3600000
};

enum pace_load { PACE_CALM, PACE_BUSY };

/* What a turn reads; each includes those before it. */
enum pace_scope {
    PACE_JOURNAL,  /* the journal lane alone: work is being gathered */
    PACE_COMMANDS, /* and commands: events are still being gathered */
    PACE_ALL       /* and the events of the journals that are followed */
};

struct pace {
    int64_t gather_ms, gather_events_ms; /* settings */
    int64_t longest_ms;                  /* no wait is longer */
    enum pace_load load;
    size_t lately;           /* items since events were last taken */
    int64_t gather_until_ms; /* no batch before */
    int64_t events_until_ms; /* no events before, while busy */
    int64_t reopen_ms;       /* no opening before */
    int64_t reopen_wait_ms;  /* the next one, when this one fails */
    int64_t displaced_ms;    /* since when another process writes; 0: none that we know of */
    int64_t prune_ms;        /* when to prune next */
};

void pace_init(struct pace *, int64_t gather_ms, int64_t gather_events_ms, int64_t longest_ms);

/* ---- gathering */

enum pace_scope pace_scope(const struct pace *, int64_t now_ms);

/* A turn of this scope took n items. `behind`: the journals hold more than it could take, so there
 * is no use in gathering. */
void pace_took(struct pace *, int64_t now_ms, enum pace_scope, size_t n, bool behind);

/* ---- waiting */

/* Which sockets to wait for: what the next turn reads. While the database is closed no events are
 * taken: an unread page would end every wait at once. */
enum pace_scope pace_polls(const struct pace *, int64_t now_ms, bool open);

#define PACE_NEVER INT64_MAX

/* What else decides how long to wait. */
struct pace_demand {
    bool open;                           /* the database is */
    bool doubted;                        /* the clock is: no tick runs, and commands are refused */
    bool journal_unread, command_unread; /* the rest of a frame that is half read; polling does not
                                            report it */
    size_t queued;                       /* commands that wait for a batch */
    int64_t held_ms;                     /* until a held fetch or a command set aside must be
                                            answered; PACE_NEVER */
    int64_t tick_ms;                     /* until the tick is due; below 0: it is; PACE_NEVER */
};

/* How long to wait for a socket: 0..longest_ms. */
int pace_wait_ms(const struct pace *, int64_t now_ms, const struct pace_demand *);

/* ---- the database */

/* The connection is lost, or could not be opened. */
void pace_lost(struct pace *, int64_t now_ms);
bool pace_may_reopen(const struct pace *, int64_t now_ms);
void pace_opened(struct pace *);

/* The database was tried and stays closed. True once another process has been the writer
 * (`displaced`) each time for PACE_DISPLACED_MS. */
bool pace_displaced(struct pace *, int64_t now_ms, bool displaced);

/* A batch was saved: the back-off begins anew. To have connected is not enough, since a database
 * with a full disk lets everyone connect and saves nothing. */
void pace_saved(struct pace *);

/* True once in PACE_PRUNE_MS, for the first time at once. */
bool pace_prunes(struct pace *, int64_t now_ms);

#endif
