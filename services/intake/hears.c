/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: what routing and charging say of a case, as far as its state depends on it. */
#include "common/base/panic.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/intake.h"

static struct outcome move_case(struct turn *turn, const struct heard *heard, enum case_event on,
                                const char *reason)
{
    struct case_row *row = intake_case(turn, heard->case_number);
    if (row == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "intake knows no such case");
    return intake_move_case(turn, row,
                            &(struct trigger){.on = on, .at_ms = heard->at_ms, .reason = reason});
}

static void need_case(struct turn *turn, const struct heard *heard)
{
    intake_want_case(turn, heard->case_number);
}

/* ---- routing: the clock. RULE L45: a case is suspended while its clock is paused.
 *
 * Most events of routing do not change that; then the case is not even loaded. */

enum { NOTHING = CASE_EVENTS };

static const Onedoor__Clock *clock_of(const ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, "clock");
    must(field != NULL && field->descriptor == &onedoor__clock__descriptor);
    return *(const Onedoor__Clock *const *)((const char *)message + field->offset);
}

static bool ends_a_pause(const ProtobufCMessage *message)
{
    if (message->descriptor == &onedoor__routing__task_decided__descriptor)
        return ((const Onedoor__Routing__TaskDecided *)message)->case_resumed;
    return message->descriptor == &onedoor__routing__clock_resumed__descriptor;
}

static int clock_event(const struct heard *heard)
{
    const Onedoor__Clock *clock = clock_of(heard->message);
    if (clock != NULL && clock->open_pauses > 0)
        return ON_CLOCK_STOPPED;
    return ends_a_pause(heard->message) ? ON_CLOCK_RUNNING : NOTHING;
}

static void need_for_clock(struct turn *turn, const struct heard *heard)
{
    if (clock_event(heard) != NOTHING)
        need_case(turn, heard);
}

static struct outcome hear_clock(struct turn *turn, const struct heard *heard)
{
    int on = clock_event(heard);
    return on == NOTHING ? OUTCOME_OK : move_case(turn, heard, (enum case_event)on, "");
}

/* ---- routing: whose work it is. RULE H21: a department with a task on a case handles it too, also
 * after the task is done, since it answers for what it decided. */

static struct involved_row involved_of(const struct turn *turn, const struct heard *heard,
                                       const Onedoor__Routing__Task *task)
{
    return (struct involved_row){.centre = turn->centre,
                                 .number = heard->case_number,
                                 .department = task->department,
                                 .since_ms = heard->at_ms};
}

static void need_stage_opened(struct turn *turn, const struct heard *heard)
{
    const struct involved_row group = {.centre = turn->centre, .number = heard->case_number};
    need_for_clock(turn, heard);
    rows_want(turn, &intake_involved_table, &group);
}

static struct outcome hear_stage_opened(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__StageOpened *opened = heard->message;
    struct outcome outcome = hear_clock(turn, heard);
    for (size_t i = 0; is_ok(outcome) && i < opened->n_tasks; i++) {
        const struct involved_row row = involved_of(turn, heard, opened->tasks[i]);
        if (rows_find(turn, &intake_involved_table, &row) == NULL)
            rows_add(turn, &intake_involved_table, &row);
    }
    return outcome;
}

/* ---- routing: the decision */

static struct outcome hear_flow_granted(struct turn *turn, const struct heard *heard)
{
    return move_case(turn, heard, ON_FLOW_GRANTED, "");
}

static struct outcome hear_flow_denied(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__FlowDenied *denied = heard->message;
    return move_case(turn, heard, ON_FLOW_DENIED, denied->reason);
}

/* ---- charging: the fee */

/* Of a bill that was made in this round of the case. */
static struct outcome settle(struct turn *turn, const struct heard *heard, int32_t round)
{
    struct case_row *row = intake_case(turn, heard->case_number);
    if (row == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "intake knows no such case");
    return intake_move_case(
        turn, row, &(struct trigger){.on = ON_FEE_SETTLED, .at_ms = heard->at_ms, .round = round});
}

static void set_paid(struct turn *turn, const struct heard *heard, bool paid)
{
    struct case_row *row = intake_case(turn, heard->case_number);
    rows_touch(turn, &intake_case_table, row);
    row->fee_paid = paid;
}

/* Money of an earlier bill is in the hall all the same. */
static struct outcome hear_paid(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderPaid *paid = heard->message;
    struct outcome outcome = settle(turn, heard, paid->round);
    if (is_ok(outcome))
        set_paid(turn, heard, true);
    return outcome;
}

static struct outcome hear_kept(struct turn *turn, const struct heard *heard)
{
    return settle(turn, heard, ((const Onedoor__Charging__OrderKept *)heard->message)->round);
}

static struct outcome hear_nothing_due(struct turn *turn, const struct heard *heard)
{
    return settle(turn, heard, ((const Onedoor__Charging__OrderNothingDue *)heard->message)->round);
}

static void need_refunded(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderRefunded *refunded = heard->message;
    if (refunded->kept_fen == 0)
        need_case(turn, heard);
}

static struct outcome hear_refunded(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderRefunded *refunded = heard->message;
    if (refunded->kept_fen != 0)
        return OUTCOME_OK;
    if (intake_case(turn, heard->case_number) == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "intake knows no such case");
    set_paid(turn, heard, false);
    return OUTCOME_OK;
}

static void need_waived(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderWaived *waived = heard->message;
    if (waived->settled)
        need_case(turn, heard);
}

static struct outcome hear_waived(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderWaived *waived = heard->message;
    return waived->settled ? settle(turn, heard, waived->round) : OUTCOME_OK;
}

/* ---- what is followed */

static const struct hearing routing_hearings[] = {
    {&onedoor__routing__stage_opened__descriptor, need_stage_opened, hear_stage_opened},
    {&onedoor__routing__task_decided__descriptor, need_for_clock, hear_clock},
    {&onedoor__routing__task_returned__descriptor, need_for_clock, hear_clock},
    {&onedoor__routing__clock_paused__descriptor, need_for_clock, hear_clock},
    {&onedoor__routing__clock_resumed__descriptor, need_for_clock, hear_clock},
    {&onedoor__routing__flow_granted__descriptor, need_case, hear_flow_granted},
    {&onedoor__routing__flow_denied__descriptor, need_case, hear_flow_denied},
    {NULL, NULL, NULL},
};

static const struct hearing charging_hearings[] = {
    {&onedoor__charging__order_paid__descriptor, need_case, hear_paid},
    {&onedoor__charging__order_kept__descriptor, need_case, hear_kept},
    {&onedoor__charging__order_refunded__descriptor, need_refunded, hear_refunded},
    {&onedoor__charging__order_nothing_due__descriptor, need_case, hear_nothing_due},
    {&onedoor__charging__order_waived__descriptor, need_waived, hear_waived},
    {NULL, NULL, NULL},
};

const struct follow intake_follows[] = {
    {"routing", routing_hearings},
    {"charging", charging_hearings},
    {NULL, NULL},
};
