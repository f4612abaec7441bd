/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/rows.h"

#include "common/rows/calendar_table.h"

static const struct column watch_columns[] = {
    COLUMN(watch_row, centre, I16, COLUMN_KEY),
    COLUMN(watch_row, case_number, I64, COLUMN_KEY),
    COLUMN(watch_row, task, I16, COLUMN_KEY),
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
    COLUMN_AS(watch_row, clock.running_since_ms, "running_since", TIME, COLUMN_TIMED),
    COLUMN_AS(watch_row, clock.paused_since_ms, "paused_since", TIME, 0),
};

static const struct column card_columns[] = {
    COLUMN(card_row, centre, I16, COLUMN_KEY),
    COLUMN(card_row, case_number, I64, COLUMN_KEY),
    COLUMN(card_row, task, I16, COLUMN_KEY),
    COLUMN(card_row, level, I16, COLUMN_KEY),
    COLUMN(card_row, department, TEXT, COLUMN_FIXED),
    COLUMN(card_row, item, TEXT, COLUMN_FIXED),
    COLUMN(card_row, rule, TEXT, COLUMN_FIXED),
    COLUMN(card_row, state, I16, 0),
    COLUMN_AS(card_row, issued_ms, "issued_at", TIME, COLUMN_FIXED),
    COLUMN_AS(card_row, due_ms, "due_at", TIME, COLUMN_FIXED),
    COLUMN(card_row, budget_min, I32, COLUMN_FIXED),
    COLUMN(card_row, used_min, I32, COLUMN_FIXED),
    COLUMN(card_row, paused_min, I32, COLUMN_FIXED),
    COLUMN(card_row, presses, I16, 0),
    COLUMN(card_row, answer, TEXT, 0),
    COLUMN(card_row, answered_by, TEXT, 0),
    COLUMN_AS(card_row, answered_ms, "answered_at", TIME, 0),
};

const struct table supervision_watch_table = TABLE("watch", watch_row, watch_columns, 2);
const struct table supervision_card_table = TABLE("card", card_row, card_columns, 2);

const struct table *const supervision_tables[] = {&supervision_watch_table, &supervision_card_table,
                                                  &calendar_table, NULL};
