/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: what supervision keeps (db/deploy/supervision/schema.sql has the same, in SQL): a watch
 * on every piece of open work, and the cards that work has drawn. A watch goes when its work is
 * done, so storage grows with what is open; a card stays.
 *
 * The columns of a row stand below its struct; store.c makes the tables of them. */
#ifndef SUPERVISION_ROWS_H
#define SUPERVISION_ROWS_H

#include "common/rows/table.h"
#include "common/values/clock.h"
#include "common/values/term.h"

/* One term of a piece of open work. A case has several at once; a task is a step of its own, and
 * may be late when the whole is in time. */
struct watch_row {
    int16_t centre;
    int64_t case_number;
    int16_t task; /* number within the case; 0 = the case; of a procedure its own number */
    int16_t term; /* enum term: which limit it watches */
    const char *department; /* who answers for it */
    const char *item;
    const char *assignee; /* staff id of who has taken the task; null: nobody */
    bool immediate;       /* RULE H4: finished at the window */
    int16_t level;        /* enum lamp: the highest card issued for it */
    int64_t level_ms;     /* when that level was reached; 0 while green */
    int64_t due_ms;       /* the deadline, as it was last said; 0 while paused */
    int64_t next_ms; /* when the tick must look; 0 while paused, or when no level is left to come */
    struct clock clock; /* as last said; never stopped */
    int64_t began_ms;   /* from which a clock that no other service keeps was started, and with how
                           many days: of delivery, a visit, a procedure; 0: routing keeps it */
    int16_t days;
};
static const struct column watch_columns[] = {
    COLUMN(watch_row, centre, I16, COLUMN_KEY),
    COLUMN(watch_row, case_number, I64, COLUMN_KEY),
    COLUMN(watch_row, task, I16, COLUMN_KEY),
    COLUMN(watch_row, term, I16, COLUMN_KEY),
    COLUMN(watch_row, department, TEXT, COLUMN_FIXED),
    COLUMN(watch_row, item, TEXT, COLUMN_FIXED),
    COLUMN(watch_row, assignee, TEXT, 0),
    COLUMN(watch_row, immediate, BOOL, COLUMN_FIXED),
    COLUMN_AS(watch_row, due_ms, "due_at", TIME, 0),
    COLUMN(watch_row, level, I16, 0),
    COLUMN_AS(watch_row, level_ms, "level_at", TIME, 0),
    COLUMN_AS(watch_row, next_ms, "next_at", TIME, COLUMN_DUE),
    COLUMN_AS(watch_row, clock.budget_min, "budget_min", I32, 0),
    COLUMN_AS(watch_row, clock.used_min, "used_min", I32, 0),
    COLUMN_AS(watch_row, clock.paused_min, "paused_min", I32, 0),
    COLUMN_AS(watch_row, clock.open_pauses, "open_pauses", I16, 0),
    COLUMN_AS(watch_row, clock.started_ms, "started_at", TIME, 0),
    COLUMN_AS(watch_row, clock.running_since_ms, "running_since", TIME, COLUMN_OPEN),
    COLUMN_AS(watch_row, clock.paused_since_ms, "paused_since", TIME, 0),
    COLUMN_AS(watch_row, clock.over_ms, "over_at", TIME, 0),
    COLUMN_AS(watch_row, began_ms, "began_at", TIME, COLUMN_FIXED),
    COLUMN(watch_row, days, I16, COLUMN_FIXED),
};

/* One warning: one that stands for a case, task, term and level, and those before it that were
 * withdrawn when a day was corrected. */
struct card_row {
    int16_t centre;
    int64_t case_number;
    int16_t task;
    int16_t term;      /* enum term */
    int16_t level;     /* enum lamp: yellow or red */
    int16_t withdrawn; /* 0: it stands; else its number among those withdrawn */
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
    int64_t answered_ms;   /* 0 until answered */
    int64_t withdrawn_ms;  /* 0 while it stands */
    int32_t corrected_day; /* by which it was withdrawn, and why; 0 and null while it stands */
    const char *corrected_reason;
};
static const struct column card_columns[] = {
    COLUMN(card_row, centre, I16, COLUMN_KEY),
    COLUMN(card_row, case_number, I64, COLUMN_KEY),
    COLUMN(card_row, task, I16, COLUMN_KEY),
    COLUMN(card_row, term, I16, COLUMN_KEY),
    COLUMN(card_row, level, I16, COLUMN_KEY),
    COLUMN(card_row, withdrawn, I16, COLUMN_KEY),
    COLUMN(card_row, department, TEXT, COLUMN_FIXED),
    COLUMN(card_row, item, TEXT, COLUMN_FIXED),
    COLUMN(card_row, rule, TEXT, COLUMN_FIXED),
    COLUMN(card_row, state, I16, 0),
    COLUMN_AS(card_row, issued_ms, "issued_at", TIME, 0),
    COLUMN_AS(card_row, due_ms, "due_at", TIME, 0),
    COLUMN(card_row, budget_min, I32, 0),
    COLUMN(card_row, used_min, I32, 0),
    COLUMN(card_row, paused_min, I32, 0),
    COLUMN(card_row, presses, I16, 0),
    COLUMN(card_row, answer, TEXT, 0),
    COLUMN(card_row, answered_by, TEXT, 0),
    COLUMN_AS(card_row, answered_ms, "answered_at", TIME, 0),
    COLUMN_AS(card_row, withdrawn_ms, "withdrawn_at", TIME, 0),
    COLUMN_AS(card_row, corrected_day, "corrected_day", DAY, 0),
    COLUMN(card_row, corrected_reason, TEXT, 0),
};

extern const struct table supervision_watch_table, supervision_card_table;

/* All of them; ends with null. */
extern const struct table *const supervision_tables[];

#endif
