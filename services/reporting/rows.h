/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: what reporting keeps (db/deploy/reporting/schema.sql has the same, in SQL): a dossier and
 * a timeline of each case, what each has added to the figures, the rollups of these, and which
 * cases are not over.
 *
 * The streams it follows arrive in any order between each other, so no row may depend on that
 * order. Each stream writes columns of the dossier that no other stream writes; and the rows of a
 * rollup are grouped by the day on which their cases were received, which stands in every case
 * number: whatever the event and whatever its day, the rows it counts in are known beforehand.
 *
 * The columns of a row stand below its struct; store.c makes the tables of them. */
#ifndef REPORTING_ROWS_H
#define REPORTING_ROWS_H

#include "common/rows/table.h"
#include "services/reporting/figures.h"

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
        FIGURE(row, FIGURE_YELLOW, "yellow"), FIGURE(row, FIGURE_RED, "red"),                      \
        FIGURE(row, FIGURE_WAIVED_FEN, "waived_fen"),                                              \
        FIGURE(row, FIGURE_REFUNDED_FEN, "refunded_fen")

/* A case as it is reported. No personal data (RULE H21). */
struct dossier_row {
    int16_t centre;
    int64_t case_number;

    /* from intake */
    const char *item;       /* null until the receipt is heard; department and summary too */
    const char *department; /* the item's */
    int32_t window;         /* that took it in; 0 = none */
    const char *summary;
    bool fast_lane;
    int16_t state;   /* enum dossier_state */
    int16_t outcome; /* enum decision */
    int16_t corrections;
    int64_t received_ms;
    int64_t accepted_ms;
    int64_t decided_ms;
    int64_t closed_ms;
    int64_t delivered_ms;

    /* from routing; of an immediate case from intake */
    bool paused;
    int64_t due_ms;  /* deadline as last derived; 0 while paused or never accepted */
    int64_t done_ms; /* when a decision stopped the clock */
    int16_t tasks;   /* that stand decided */
    const char
        *involved; /* departments that have or had a task on it: codes, a space between two */

    /* from charging */
    int16_t orders;
    int64_t fee_fen;
    int64_t paid_fen;
    int64_t waived_fen;   /* of fee_fen */
    int64_t refunded_fen; /* of paid_fen */

    /* from supervision */
    int16_t yellow;
    int16_t red;
};
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
    COLUMN(dossier_row, waived_fen, I64, 0),
    COLUMN(dossier_row, refunded_fen, I64, 0),
    COLUMN(dossier_row, yellow, I16, 0),
    COLUMN(dossier_row, red, I16, 0),
};

/* One event of a case, for people. Insert only. */
struct timeline_row {
    int16_t centre;
    int64_t case_number;
    int16_t stream; /* enum stream */
    int64_t seq;    /* in that stream's journal */
    int64_t at_ms;
    const char *type; /* without its stream: "CaseAccepted" */
    const char *actor;
    const char *department; /* whose doing it was; "" = nobody's in particular */
    const char *text;       /* the particulars, in words; "" = the type says it all */
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

/* How long the days of a rollup are, stored. By receipt its events are those of a year, its cases
 * those received on a day. */
enum span { SPAN_DAY = 1, SPAN_MONTH, SPAN_YEAR, SPAN_RECEIPT, SPANS };

/* The figures of a day, for an item, department and window, of the cases received on another (or
 * the same); and the sums of these by month and year, so that years are few rows. Of money the
 * department is the one whose fee it is, of all else the item's. */
struct rollup_row {
    int16_t centre;
    int16_t span;   /* enum span: of both days, which are then the first of it */
    int32_t cohort; /* day of receipt, as the case numbers say */
    const char *item;
    int32_t window;
    const char *department;
    int32_t day; /* day of the events */
    struct figures figures;
    /* A bit for each figure of which an event took something back, 1 << its number in the tally:
     * such a one may come to 0 and have cases. */
    int32_t taken_back;
};
static const struct column rollup_columns[] = {
    COLUMN(rollup_row, centre, I16, COLUMN_KEY),
    COLUMN(rollup_row, span, I16, COLUMN_KEY),
    COLUMN(rollup_row, cohort, DAY, COLUMN_KEY),
    COLUMN(rollup_row, item, TEXT, COLUMN_KEY),
    COLUMN_AS(rollup_row, window, "window_no", I32, COLUMN_KEY),
    COLUMN(rollup_row, department, TEXT, COLUMN_KEY),
    COLUMN(rollup_row, day, DAY, COLUMN_KEY),
    FIGURE_COLUMNS(rollup_row),
    COLUMN(rollup_row, taken_back, I32, 0),
};

/* What an event of a case has added to a figure: the rollups, case by case. Insert only. Of events
 * heard before the receipt of their case it is in no rollup yet, for the item is not known. */
struct tally_row {
    int16_t centre;
    int64_t case_number;
    int16_t stream;
    int64_t seq;
    int16_t figure;         /* as on the wire: enum figure and 1 */
    const char *department; /* whose money it is; "": counted for the item's department */
    int32_t day;            /* of the event */
    int64_t n;              /* not 0 */
};
static const struct column tally_columns[] = {
    COLUMN(tally_row, centre, I16, COLUMN_KEY), COLUMN(tally_row, case_number, I64, COLUMN_KEY),
    COLUMN(tally_row, stream, I16, COLUMN_KEY), COLUMN(tally_row, seq, I64, COLUMN_KEY),
    COLUMN(tally_row, figure, I16, COLUMN_KEY), COLUMN(tally_row, department, TEXT, COLUMN_KEY),
    COLUMN(tally_row, day, DAY, COLUMN_FIXED),  COLUMN(tally_row, n, I64, COLUMN_FIXED),
};

/* A case that is not over: open, or closed and its result not fetched yet. Gone with the delivery,
 * so that what the displays ask for grows with these alone. */
struct standing_row {
    int16_t centre;
    int64_t case_number;
    int16_t state; /* enum dossier_state */
    int64_t since_ms;
};
static const struct column standing_columns[] = {
    COLUMN(standing_row, centre, I16, COLUMN_KEY),
    COLUMN(standing_row, case_number, I64, COLUMN_KEY),
    COLUMN(standing_row, state, I16, 0),
    COLUMN_AS(standing_row, since_ms, "since_at", TIME, 0),
};

/* A ticket in one queue: how long its visitor waited, and was at the window. */
struct visit_row {
    int16_t centre;
    int32_t day;
    const char *queue; /* a department, or the hall's own desks of one kind */
    int32_t number;    /* of the ticket */
    const char *item;  /* "" = it was taken for a window */
    int32_t window;    /* that called it last; 0 = none did */
    int16_t hour;      /* of its first call; of one that was never called, when it was over */
    bool called;
    bool served; /* or sent on to another queue; false of one that nobody finished that day */
    bool gone;
    int64_t waited_ms;
    int64_t handled_ms;
};
static const struct column visit_columns[] = {
    COLUMN(visit_row, centre, I16, COLUMN_KEY), COLUMN(visit_row, day, DAY, COLUMN_KEY),
    COLUMN(visit_row, queue, TEXT, COLUMN_KEY), COLUMN(visit_row, number, I32, COLUMN_KEY),
    COLUMN(visit_row, item, TEXT, 0),           COLUMN_AS(visit_row, window, "window_no", I32, 0),
    COLUMN(visit_row, hour, I16, COLUMN_FIXED), COLUMN(visit_row, called, BOOL, 0),
    COLUMN(visit_row, served, BOOL, 0),         COLUMN(visit_row, gone, BOOL, 0),
    COLUMN(visit_row, waited_ms, I64, 0),       COLUMN(visit_row, handled_ms, I64, 0),
};

/* Reference: the hall's windows, as they came with it and as intake says since. */
struct hall_window_row {
    int16_t centre;
    int32_t number;
    int16_t floor;          /* 0: not known */
    const char *department; /* "" at the hall's own desks */
    const char *kind;       /* department, consultation, charging, complaint, office */
    const char *status;     /* open, vacant, closed */
    const char *name_zh;
};
static const struct column hall_window_columns[] = {
    COLUMN(hall_window_row, centre, I16, COLUMN_KEY),
    COLUMN(hall_window_row, number, I32, COLUMN_KEY),
    COLUMN(hall_window_row, floor, I16, 0),
    COLUMN(hall_window_row, department, TEXT, 0),
    COLUMN(hall_window_row, kind, TEXT, 0),
    COLUMN(hall_window_row, status, TEXT, 0),
    COLUMN(hall_window_row, name_zh, TEXT, 0),
};

extern const struct table reporting_dossier_table, reporting_timeline_table, reporting_rollup_table,
    reporting_tally_table, reporting_standing_table, reporting_visit_table, reporting_window_table;

/* All of them; ends with null. */
extern const struct table *const reporting_tables[];

#endif
