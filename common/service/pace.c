/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/pace.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void pace_init(struct pace *pace, int64_t gather_ms, int64_t gather_events_ms, int64_t longest_ms)
{
    *pace = (struct pace){.gather_ms = gather_ms,
                          .gather_events_ms = gather_events_ms,
                          .longest_ms = longest_ms,
                          .reopen_wait_ms = PACE_REOPEN_MIN_MS};
}

/* ---- gathering */

enum pace_scope pace_scope(const struct pace *pace, int64_t now_ms)
{
    if (now_ms < pace->gather_until_ms)
        return PACE_JOURNAL;
    if (pace->load == PACE_BUSY && now_ms < pace->events_until_ms)
        return PACE_COMMANDS;
    return PACE_ALL;
}

void pace_took(struct pace *pace, int64_t now_ms, enum pace_scope scope, size_t n, bool behind)
{
    pace->lately += n;
    if (scope == PACE_ALL) {
        pace->load = pace->lately >= PACE_BUSY_ITEMS && !behind ? PACE_BUSY : PACE_CALM;
        pace->lately = 0;
        pace->events_until_ms = now_ms + pace->gather_events_ms;
    }
    if (pace->load == PACE_BUSY && n > 0)
        pace->gather_until_ms = now_ms + pace->gather_ms;
}

/* ---- waiting */

enum pace_scope pace_polls(const struct pace *pace, int64_t now_ms, bool open)
{
    enum pace_scope scope = pace_scope(pace, now_ms);
    return !open && scope == PACE_ALL ? PACE_COMMANDS : scope;
}

static int64_t wait_open(const struct pace *pace, int64_t now_ms, const struct pace_demand *demand,
                         int64_t wait_ms)
{
    switch (pace_scope(pace, now_ms)) {
    case PACE_JOURNAL:
        return least(wait_ms, pace->gather_until_ms - now_ms);
    case PACE_COMMANDS:
        wait_ms = least(wait_ms, pace->events_until_ms - now_ms);
        break;
    case PACE_ALL:
        break;
    }
    if (demand->queued > 0)
        return 0;
    return demand->doubted ? wait_ms : least(wait_ms, demand->tick_ms);
}

int pace_wait_ms(const struct pace *pace, int64_t now_ms, const struct pace_demand *demand)
{
    int64_t wait_ms = least(pace->longest_ms, demand->held_ms);
    if (demand->journal_unread ||
        (demand->command_unread && pace_scope(pace, now_ms) != PACE_JOURNAL))
        return 0;
    wait_ms = demand->open ? wait_open(pace, now_ms, demand, wait_ms)
                           : least(wait_ms, pace->reopen_ms - now_ms);
    return wait_ms < 0 ? 0 : (int)wait_ms;
}

/* ---- the database */

void pace_lost(struct pace *pace, int64_t now_ms)
{
    pace->gather_until_ms = pace->events_until_ms = 0;
    pace->reopen_ms = now_ms + pace->reopen_wait_ms;
    pace->reopen_wait_ms = least(pace->reopen_wait_ms * 2, PACE_REOPEN_MAX_MS);
}

bool pace_may_reopen(const struct pace *pace, int64_t now_ms)
{
    return now_ms >= pace->reopen_ms;
}

void pace_opened(struct pace *pace)
{
    pace->displaced_ms = 0;
}

bool pace_displaced(struct pace *pace, int64_t now_ms, bool displaced)
{
    if (!displaced)
        pace->displaced_ms = 0;
    else if (pace->displaced_ms == 0)
        pace->displaced_ms = now_ms;
    return displaced && now_ms - pace->displaced_ms > PACE_DISPLACED_MS;
}

void pace_saved(struct pace *pace)
{
    pace->reopen_wait_ms = PACE_REOPEN_MIN_MS;
}

bool pace_prunes(struct pace *pace, int64_t now_ms)
{
    if (now_ms < pace->prune_ms)
        return false;
    pace->prune_ms = now_ms + PACE_PRUNE_MS;
    return true;
}
