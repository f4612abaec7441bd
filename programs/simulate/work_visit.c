/* SPDX-License-Identifier: Apache-2.0 */
/* work_visit.c: tickets, as visitors take them and windows call them. */
#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "programs/simulate/work.h"

static const struct desk *desk_of(const struct work *work, int32_t desk)
{
    return &work->person->catalogue.desks[desk];
}

/* The queue of a department has its name. */
static char *queue_of(const struct work *work, int32_t desk)
{
    return (char *)(desk == CHARGING_DESK ? "charging" : desk_of(work, desk)->department);
}

static void as_public(struct work *work)
{
    work->ask.actor =
        (struct actor){.id = "kiosk", .role = ONEDOOR__ROLE__PUBLIC, .department = ""};
}

/* ---- the visitor */

static void take_taken(struct work *work, const void *message)
{
    const Onedoor__Intake__TakeTicketReply *reply = message;
    struct job *job = &work->result.job;
    job->ticket = reply->number;
    must(strlen(reply->code) < sizeof job->code);
    snprintf(job->code, sizeof job->code, "%s", reply->code);
    work_end(work);
}

/* He who goes to the right window has his item's ticket, if he applies; else the window's. */
void work_visit_take(struct work *work)
{
    const struct job *job = &work->result.job;
    Onedoor__Intake__TakeTicket *take =
        WORK_MESSAGE(work, Onedoor__Intake__TakeTicket, onedoor__intake__take_ticket);
    if (job->wanted == JOB_SUBMIT && job->desk == job->to_desk)
        take->item = (char *)work_item(work)->code;
    else
        take->window = desk_of(work, job->desk)->window;
    take->priority = work->plan.twist.priority;
    as_public(work);
    work_command(work, &take->base, &onedoor__intake__take_ticket_reply__descriptor);
    work_ask(work, take_taken);
}

void work_visit_leave(struct work *work)
{
    Onedoor__Intake__LeaveQueue *leave =
        WORK_MESSAGE(work, Onedoor__Intake__LeaveQueue, onedoor__intake__leave_queue);
    leave->code = work->result.job.code;
    leave->queue = queue_of(work, work->result.job.desk);
    as_public(work);
    work_command(work, &leave->base, NULL);
    work_ask(work, work_take_nothing);
}

/* ---- the window */

static void take_called(struct work *work, const void *message)
{
    const Onedoor__Intake__CallNextReply *reply = message;
    work->result.job.ticket = reply->ticket == NULL ? 0 : reply->ticket->number;
    work_end(work);
}

void work_visit_call(struct work *work)
{
    Onedoor__Intake__CallNext *call =
        WORK_MESSAGE(work, Onedoor__Intake__CallNext, onedoor__intake__call_next);
    work_at_desk(work);
    work_command(work, &call->base, &onedoor__intake__call_next_reply__descriptor);
    work_ask(work, take_called);
}

/* A command of the window that answers nothing. */
static void do_at_desk(struct work *work, const ProtobufCMessage *command)
{
    work_at_desk(work);
    work_command(work, command, NULL);
    work_ask(work, work_take_nothing);
}

void work_visit_call_again(struct work *work)
{
    Onedoor__Intake__CallAgain *again =
        WORK_MESSAGE(work, Onedoor__Intake__CallAgain, onedoor__intake__call_again);
    again->number = work->result.job.ticket;
    do_at_desk(work, &again->base);
}

void work_visit_pass_over(struct work *work)
{
    Onedoor__Intake__PassOver *pass =
        WORK_MESSAGE(work, Onedoor__Intake__PassOver, onedoor__intake__pass_over);
    pass->number = work->result.job.ticket;
    do_at_desk(work, &pass->base);
}

void work_visit_transfer(struct work *work)
{
    Onedoor__Intake__TransferTicket *transfer =
        WORK_MESSAGE(work, Onedoor__Intake__TransferTicket, onedoor__intake__transfer_ticket);
    transfer->number = work->result.job.ticket;
    transfer->window = desk_of(work, work->result.job.to_desk)->window;
    do_at_desk(work, &transfer->base);
}

void work_visit_served(struct work *work)
{
    Onedoor__Intake__FinishTicket *finish =
        WORK_MESSAGE(work, Onedoor__Intake__FinishTicket, onedoor__intake__finish_ticket);
    finish->number = work->result.job.ticket;
    do_at_desk(work, &finish->base);
}
