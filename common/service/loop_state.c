/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/loop_state.h"

#include <stddef.h>

#include "common/base/panic.h"
#include "common/rows/moves.h"

enum {
    UNBOUND = FROM(LOOP_STARTING) | FROM(LOOP_WAITING) | FROM(LOOP_STANDBY),
    OPEN = FROM(LOOP_OPENED) | FROM(LOOP_READY) | FROM(LOOP_DOUBTFUL),
    CUT_OFF = FROM(LOOP_AWAY) | FROM(LOOP_DISPLACED)
};

#define TO(state) ALWAYS, state, DO(0), ""

static const struct move rows[] = {
    /* from             on                   to */
    {UNBOUND | CUT_OFF, LOOP_ON_OPENED, TO(LOOP_OPENED)},
    {UNBOUND, LOOP_ON_UNREACHABLE, TO(LOOP_WAITING)},
    {UNBOUND, LOOP_ON_DENIED, TO(LOOP_STANDBY)},
    {CUT_OFF, LOOP_ON_UNREACHABLE, TO(LOOP_AWAY)},
    {CUT_OFF, LOOP_ON_DENIED, TO(LOOP_DISPLACED)},
    {UNBOUND | CUT_OFF, LOOP_ON_UNFIT, TO(LOOP_FAILED)},
    {FROM(LOOP_DISPLACED), LOOP_ON_OVERDUE, TO(LOOP_FAILED)},

    {OPEN, LOOP_ON_WORKED, TO(LOOP_READY)},
    {OPEN, LOOP_ON_DOUBT, TO(LOOP_DOUBTFUL)},
    {OPEN, LOOP_ON_LOST, TO(LOOP_AWAY)},
    {OPEN, LOOP_ON_BROKEN, TO(LOOP_FAILED)},

    {UNBOUND | OPEN | CUT_OFF, LOOP_ON_STOP, TO(LOOP_STOPPED)},
};

static const char *const states[LOOP_STATES] = {
    [LOOP_STARTING] = "starting", [LOOP_WAITING] = "waiting",     [LOOP_STANDBY] = "standby",
    [LOOP_OPENED] = "opened",     [LOOP_READY] = "ready",         [LOOP_AWAY] = "away",
    [LOOP_DOUBTFUL] = "doubtful", [LOOP_DISPLACED] = "displaced", [LOOP_STOPPED] = "stopped",
    [LOOP_FAILED] = "failed",
};

static const char *const events[LOOP_EVENTS] = {
    [LOOP_ON_OPENED] = "opened",   [LOOP_ON_UNREACHABLE] = "unreachable",
    [LOOP_ON_DENIED] = "denied",   [LOOP_ON_UNFIT] = "unfit",
    [LOOP_ON_WORKED] = "worked",   [LOOP_ON_LOST] = "lost",
    [LOOP_ON_DOUBT] = "doubt",     [LOOP_ON_BROKEN] = "broken",
    [LOOP_ON_OVERDUE] = "overdue", [LOOP_ON_STOP] = "stop",
};

static const struct moves moves = {
    .rows = rows,
    .n_rows = sizeof rows / sizeof *rows,
    .states = states,
    .events = events,
    .n_states = LOOP_STATES,
    .n_events = LOOP_EVENTS,
};

enum loop_state loop_state_after(enum loop_state from, enum loop_event on)
{
    const struct move *move = moves_find(&moves, (int)from, (int)on, ALWAYS);
    if (!is_ok(moves_outcome(move)))
        panic("the loop has no move from %s on %s", moves.states[from], moves.events[on]);
    return (enum loop_state)moves_to(move, (int)from);
}

bool loop_state_is_open(enum loop_state state)
{
    return state == LOOP_OPENED || state == LOOP_READY || state == LOOP_DOUBTFUL;
}

bool loop_state_is_over(enum loop_state state)
{
    return state == LOOP_STOPPED || state == LOOP_FAILED;
}

const char *loop_state_text(enum loop_state state)
{
    switch (state) {
    case LOOP_WAITING:
    case LOOP_AWAY:
    case LOOP_DISPLACED:
        return "waiting for the database";
    case LOOP_STANDBY:
        return "standby";
    case LOOP_READY:
        return "ready";
    case LOOP_DOUBTFUL:
        return "waiting for a clock that it can trust";
    case LOOP_STARTING:
    case LOOP_OPENED:
    case LOOP_STOPPED:
    case LOOP_FAILED:
    case LOOP_STATES:
        break;
    }
    return NULL;
}
