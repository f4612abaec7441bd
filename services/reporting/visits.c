/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/visits.h"

#include "onedoor/intake.pb-c.h"
#include "services/reporting/reporting.h"
#include "services/reporting/rows.h"

enum { HOUR_MS = 3600000 };

static struct visit_row probe_of(const struct turn *turn, int32_t day, const char *queue,
                                 int32_t number)
{
    return (struct visit_row){
        .centre = turn->centre, .day = day, .queue = queue, .number = number, .item = ""};
}

/* The row, to be changed; a new one when it is not there yet. */
static struct visit_row *touch(struct turn *turn, const struct heard *heard, struct visit_row probe)
{
    const struct reporting *reporting = turn->memory;
    struct visit_row *row = rows_find(turn, &reporting_visit_table, &probe);
    if (row != NULL)
        return rows_touch(turn, &reporting_visit_table, row);
    int64_t midnight_ms =
        calendar_midnight(&reporting->calendar, calendar_day(&reporting->calendar, heard->at_ms));
    probe.hour = (int16_t)((heard->at_ms - midnight_ms) / HOUR_MS);
    return rows_add(turn, &reporting_visit_table, &probe);
}

/* ---- TicketCalled */

void visits_need_called(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__TicketCalled *called = heard->message;
    const struct visit_row probe = probe_of(turn, called->day, called->queue, called->number);
    rows_want(turn, &reporting_visit_table, &probe);
}

/* Transferred back to a queue, it waits there once more. */
struct outcome visits_hear_called(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__TicketCalled *called = heard->message;
    struct visit_row *row =
        touch(turn, heard, probe_of(turn, called->day, called->queue, called->number));
    row->item = called->item;
    row->window = called->window;
    row->called = true;
    row->waited_ms += called->waited_ms;
    return OUTCOME_OK;
}

/* ---- TicketTransferred */

void visits_need_transferred(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__TicketTransferred *moved = heard->message;
    const struct visit_row probe = probe_of(turn, moved->day, moved->queue, moved->number);
    rows_want(turn, &reporting_visit_table, &probe);
}

struct outcome visits_hear_transferred(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__TicketTransferred *moved = heard->message;
    struct visit_row *row =
        touch(turn, heard, probe_of(turn, moved->day, moved->queue, moved->number));
    row->served = true;
    row->handled_ms += moved->handled_ms;
    return OUTCOME_OK;
}

/* ---- TicketOver */

void visits_need_over(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__TicketOver *over = heard->message;
    const struct visit_row probe = probe_of(turn, over->day, over->queue, over->number);
    rows_want(turn, &reporting_visit_table, &probe);
}

struct outcome visits_hear_over(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__TicketOver *over = heard->message;
    struct visit_row *row =
        touch(turn, heard, probe_of(turn, over->day, over->queue, over->number));
    row->item = over->item;
    bool came = over->state == ONEDOOR__INTAKE__TICKET_STATE__SERVED;
    row->gone = !came;
    row->served = row->served || (came && !over->day_over);
    row->handled_ms += over->handled_ms;
    return OUTCOME_OK;
}
