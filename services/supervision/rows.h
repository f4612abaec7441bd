/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: what supervision keeps (db/deploy/supervision/schema.sql has the same, in SQL): a watch
 * on every piece of open work, and the cards that work has drawn. A watch goes when its work is
 * done, so storage grows with what is open; a card stays. */
#ifndef SUPERVISION_ROWS_H
#define SUPERVISION_ROWS_H

#include "common/rows/table.h"
#include "common/values/clock.h"

/* One piece of open work. Task 0 is the case's own promise; a task is a step of its own, and may be
 * late when the whole is in time. */
struct watch_row {
    int16_t centre;
    int64_t case_number;
    int16_t task;           /* number within the case; 0 = the case's promise */
    const char *department; /* who answers for it */
    const char *item;
    const char *assignee; /* staff id of who has taken the task; null: nobody */
    bool immediate;   /* RULE H4: finished at the window; intake alone opens and ends such a watch,
                         routing all others */
    int16_t level;    /* enum lamp: the highest card issued for it */
    int64_t level_ms; /* when that level was reached; 0 while green */
    int64_t due_ms;   /* the deadline, as it was last said; 0 while paused */
    int64_t next_ms; /* when the tick must look; 0 while paused, or when no level is left to come */
    struct clock clock; /* as last said; never stopped */
};

/* One warning: one for a case, task and level, ever. */
struct card_row {
    int16_t centre;
    int64_t case_number;
    int16_t task;
    int16_t level; /* enum lamp: yellow or red */
    const char *department;
    const char *item;
    const char *rule;  /* the clause it stands on */
    int16_t state;     /* enum card_state */
    int64_t issued_ms; /* the instant the level was reached, whenever it was noticed */
    int64_t due_ms; /* the deadline it was measured against, and the minutes it was measured in: the
                       card's evidence */
    int32_t budget_min;
    int32_t used_min;
    int32_t paused_min;
    int16_t presses;
    const char *answer; /* null until answered */
    const char *answered_by;
    int64_t answered_ms; /* 0 until answered */
};

extern const struct table supervision_watch_table, supervision_card_table;

/* All of them; ends with null. */
extern const struct table *const supervision_tables[];

#endif
