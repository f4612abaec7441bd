/* SPDX-License-Identifier: Apache-2.0 */
/* ticket_row.h: a visitor's ticket: a place in one queue on one day (db/deploy/intake/schema.sql
 * has the same, in SQL). A ticket that is transferred stays here and has another row in the other
 * queue. */
#ifndef INTAKE_TICKET_ROW_H
#define INTAKE_TICKET_ROW_H

#include "common/rows/table.h"

struct ticket_row {
    int16_t centre;
    int32_t day;
    const char *queue;   /* the department's code, or the kind of a desk of the hall itself */
    int32_t number;      /* from 1, through the hall's day */
    int64_t taken_ms;    /* or transferred to this queue */
    int64_t ends_ms;     /* when its day is over; 0 once it waits no more */
    const char *item;    /* null = it was taken for a window */
    int16_t only_window; /* the one that it waits for; 0 = any of the queue */
    bool priority;
    bool fast_lane; /* RULE H9 */
    /* the rest changes with its calls */
    int16_t state;     /* enum ticket_state */
    int16_t window;    /* that called it last; 0 = none did */
    int32_t call_no;   /* of its last call among the calls of its queue; 0 = never called */
    bool overtook;     /* with that call it came before a lower number that waited */
    int16_t calls;     /* how often its number was called out */
    int16_t passed;    /* how often it was passed over */
    int64_t called_ms; /* the last time; 0 = never */
    int64_t over_ms;
};
static const struct column ticket_columns[] = {
    COLUMN(ticket_row, centre, I16, COLUMN_KEY),
    COLUMN(ticket_row, day, DAY, COLUMN_KEY),
    COLUMN(ticket_row, queue, TEXT, COLUMN_KEY),
    COLUMN(ticket_row, number, I32, COLUMN_KEY),
    COLUMN_AS(ticket_row, taken_ms, "taken_at", TIME, 0),
    COLUMN_AS(ticket_row, ends_ms, "ends_at", TIME, COLUMN_DUE),
    COLUMN(ticket_row, item, TEXT, 0),
    COLUMN(ticket_row, only_window, I16, 0),
    COLUMN(ticket_row, priority, BOOL, COLUMN_FIXED),
    COLUMN(ticket_row, fast_lane, BOOL, COLUMN_FIXED),
    COLUMN(ticket_row, state, I16, 0),
    COLUMN_AS(ticket_row, window, "window_no", I16, 0),
    COLUMN(ticket_row, call_no, I32, 0),
    COLUMN(ticket_row, overtook, BOOL, 0),
    COLUMN(ticket_row, calls, I16, 0),
    COLUMN(ticket_row, passed, I16, 0),
    COLUMN_AS(ticket_row, called_ms, "called_at", TIME, 0),
    COLUMN_AS(ticket_row, over_ms, "over_at", TIME, 0),
};

extern const struct table intake_ticket_table;

#endif
