/* SPDX-License-Identifier: Apache-2.0 */
/* loop_state.h: the states of a service's process, and the moves between them as one table. Pure.
 *
 *   STARTING -> WAITING, STANDBY -> OPENED -> READY          to the first turn that goes well
 *   OPENED, READY <-> DOUBTFUL                               the clock is doubted
 *   OPENED, READY -> AWAY, DISPLACED -> OPENED               a lost connection, and back
 *   any -> STOPPED, FAILED                                   the process ends */
#ifndef COMMON_LOOP_STATE_H
#define COMMON_LOOP_STATE_H

#include <stdbool.h>

enum loop_state {
    /* no socket is bound yet */
    LOOP_STARTING,
    LOOP_WAITING, /* the database is not reachable */
    LOOP_STANDBY, /* another process is the writer */
    /* this process is the writer */
    LOOP_OPENED, /* no turn has gone well since the database was opened */
    LOOP_READY,
    LOOP_DOUBTFUL, /* its clock is doubted: no work is done */
    /* the connection was lost; callers are told UNAVAILABLE */
    LOOP_AWAY,      /* the database is not reachable */
    LOOP_DISPLACED, /* another process has become the writer */
    /* the process ends */
    LOOP_STOPPED, /* as it was told to */
    LOOP_FAILED,  /* it cannot go on: its launcher starts it again */
    LOOP_STATES
};

enum loop_event {
    /* the database was tried */
    LOOP_ON_OPENED,
    LOOP_ON_UNREACHABLE,
    LOOP_ON_DENIED, /* another process holds the writer's lock */
    LOOP_ON_UNFIT,  /* the schema or the reference tables are not what they must be */
    /* a turn is over */
    LOOP_ON_WORKED,
    LOOP_ON_DOUBT,  /* without work, for its clock is doubted */
    LOOP_ON_LOST,   /* the connection */
    LOOP_ON_BROKEN, /* going on would do harm */
    /* other */
    LOOP_ON_OVERDUE, /* displaced for too long */
    LOOP_ON_STOP,    /* told to stop */
    LOOP_EVENTS
};

/* The state after an event. An event that cannot happen in a state is a bug. */
enum loop_state loop_state_after(enum loop_state, enum loop_event);

/* OPENED, READY or DOUBTFUL: there is a connection to the database. */
bool loop_state_is_open(enum loop_state);
/* STOPPED or FAILED. */
bool loop_state_is_over(enum loop_state);

/* What the launcher and Health are told (heartbeat.h); null: as before. */
const char *loop_state_text(enum loop_state);

#endif
