/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/rows.h"

/* The columns of a struct figures inside a row. */
#define FIGURE(row, figure, name) COLUMN_AS(row, figures.n[figure], name, I64, 0)
#define FIGURE_COLUMNS(row)                                                                        \
    FIGURE(row, FIGURE_RECEIVED, "received"), FIGURE(row, FIGURE_ACCEPTED, "accepted"),            \
        FIGURE(row, FIGURE_CORRECTED, "corrected"), FIGURE(row, FIGURE_REFUSED, "refused"),        \
        FIGURE(row, FIGURE_WITHDRAWN, "withdrawn"), FIGURE(row, FIGURE_TERMINATED, "terminated"),  \
        FIGURE(row, FIGURE_GRANTED, "granted"), FIGURE(row, FIGURE_DENIED, "denied"),              \
        FIGURE(row, FIGURE_DECIDED, "decided"), FIGURE(row, FIGURE_ON_TIME, "on_time"),            \
        FIGURE(row, FIGURE_CLOSED, "closed"), FIGURE(row, FIGURE_DELIVERED, "delivered"),          \
        FIGURE(row, FIGURE_TASKS, "tasks"), FIGURE(row, FIGURE_ORDERS, "orders"),                  \
        FIGURE(row, FIGURE_FEE_FEN, "fee_fen"), FIGURE(row, FIGURE_PAID_FEN, "paid_fen"),          \
        FIGURE(row, FIGURE_YELLOW, "yellow"), FIGURE(row, FIGURE_RED, "red")

static const struct column dossier_columns[] = {
    COLUMN(dossier_row, centre, I16, COLUMN_KEY),
    COLUMN(dossier_row, case_number, I64, COLUMN_KEY),
    COLUMN(dossier_row, item, TEXT, 0),
    COLUMN(dossier_row, department, TEXT, 0),
    COLUMN_AS(dossier_row, window, "window_no", I32, 0),
    COLUMN(dossier_row, summary, TEXT, 0),
    COLUMN(dossier_row, fast_lane, BOOL, 0),
    COLUMN(dossier_row, state, I16, 0),
    COLUMN(dossier_row, outcome, I16, 0),
    COLUMN(dossier_row, corrections, I16, 0),
    COLUMN_AS(dossier_row, received_ms, "received_at", TIME, 0),
    COLUMN_AS(dossier_row, accepted_ms, "accepted_at", TIME, 0),
    COLUMN_AS(dossier_row, decided_ms, "decided_at", TIME, 0),
    COLUMN_AS(dossier_row, closed_ms, "closed_at", TIME, 0),
    COLUMN_AS(dossier_row, delivered_ms, "delivered_at", TIME, 0),
    COLUMN(dossier_row, paused, BOOL, 0),
    COLUMN_AS(dossier_row, due_ms, "due_at", TIME, 0),
    COLUMN_AS(dossier_row, done_ms, "done_at", TIME, 0),
    COLUMN(dossier_row, tasks, I16, 0),
    COLUMN(dossier_row, involved, TEXT, 0),
    COLUMN(dossier_row, orders, I16, 0),
    COLUMN(dossier_row, fee_fen, I64, 0),
    COLUMN(dossier_row, paid_fen, I64, 0),
    COLUMN(dossier_row, yellow, I16, 0),
    COLUMN(dossier_row, red, I16, 0),
};

static const struct column timeline_columns[] = {
    COLUMN(timeline_row, centre, I16, COLUMN_KEY),
    COLUMN(timeline_row, case_number, I64, COLUMN_KEY),
    COLUMN(timeline_row, stream, I16, COLUMN_KEY),
    COLUMN(timeline_row, seq, I64, COLUMN_KEY),
    COLUMN_AS(timeline_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(timeline_row, type, TEXT, COLUMN_FIXED),
    COLUMN(timeline_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(timeline_row, department, TEXT, COLUMN_FIXED),
    COLUMN(timeline_row, text, TEXT, COLUMN_FIXED),
};

static const struct column rollup_columns[] = {
    COLUMN(rollup_row, centre, I16, COLUMN_KEY),
    COLUMN(rollup_row, cohort, DAY, COLUMN_KEY),
    COLUMN(rollup_row, day, DAY, COLUMN_KEY),
    COLUMN(rollup_row, item, TEXT, COLUMN_KEY),
    COLUMN(rollup_row, department, TEXT, COLUMN_KEY),
    COLUMN_AS(rollup_row, window, "window_no", I32, COLUMN_KEY),
    FIGURE_COLUMNS(rollup_row),
};

static const struct column tally_columns[] = {
    COLUMN(tally_row, centre, I16, COLUMN_KEY), COLUMN(tally_row, case_number, I64, COLUMN_KEY),
    COLUMN(tally_row, stream, I16, COLUMN_KEY), COLUMN(tally_row, seq, I64, COLUMN_KEY),
    COLUMN(tally_row, figure, I16, COLUMN_KEY), COLUMN(tally_row, day, DAY, COLUMN_FIXED),
    COLUMN(tally_row, n, I64, COLUMN_FIXED),
};

static const struct column standing_columns[] = {
    COLUMN(standing_row, centre, I16, COLUMN_KEY),
    COLUMN(standing_row, case_number, I64, COLUMN_KEY),
    COLUMN(standing_row, state, I16, 0),
    COLUMN_AS(standing_row, since_ms, "since_at", TIME, 0),
};

static const struct column window_columns[] = {
    COLUMN(hall_window_row, centre, I16, COLUMN_KEY),
    COLUMN(hall_window_row, number, I32, COLUMN_KEY),
    COLUMN(hall_window_row, floor, I16, 0),
    COLUMN(hall_window_row, department, TEXT, 0),
    COLUMN(hall_window_row, kind, TEXT, 0),
    COLUMN(hall_window_row, status, TEXT, 0),
    COLUMN(hall_window_row, name_zh, TEXT, 0),
};

const struct table reporting_dossier_table = TABLE("dossier", dossier_row, dossier_columns, 2);
const struct table reporting_timeline_table = TABLE("timeline", timeline_row, timeline_columns, 2);
const struct table reporting_rollup_table = TABLE("rollup", rollup_row, rollup_columns, 2);
const struct table reporting_tally_table = TABLE("tally", tally_row, tally_columns, 2);
const struct table reporting_standing_table = TABLE("standing", standing_row, standing_columns, 2);
const struct table reporting_window_table =
    REFERENCE("hall_window", hall_window_row, window_columns, 1);

const struct table *const reporting_tables[] = {
    &reporting_dossier_table,
    &reporting_timeline_table,
    &reporting_rollup_table,
    &reporting_tally_table,
    &reporting_standing_table,
    &reporting_window_table,
    NULL,
};
