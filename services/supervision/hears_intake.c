/* SPDX-License-Identifier: Apache-2.0 */
/* hears_intake.c: immediate items, the delivery of results, and the calendar, as intake says. */
#include "common/rows/walk.h"
#include "common/rows/year_days.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/supervision/hears.h"

/* The case's own, by one of its terms. */
static struct watched of_case(const struct heard *heard, enum term term)
{
    return (struct watched){heard->case_number, 0, term};
}

/* ---- intake: immediate items (RULE H4) */

static void need_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;

    if (accepted->immediate)
        supervision_need_watches(turn, heard);
}

/* An immediate case. */
struct visit {
    const char *department, *item;
    int64_t accepted_ms;
    int32_t days;
};

/* At the window, since its acceptance. */
static struct outcome watch_visit(struct turn *turn, const struct heard *heard,
                                  const struct visit *visit)
{
    struct watch_row watch = supervision_watch_of(turn, heard);
    const struct watched promise = of_case(heard, TERM_PROMISE);

    if (supervision_watch_find(turn, &promise) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the case is watched already");
    watch.term = TERM_PROMISE;
    watch.department = visit->department;
    watch.item = visit->item;
    watch.immediate = true;
    supervision_watch_start(turn, &watch, visit->accepted_ms, (int16_t)visit->days);
    supervision_watch_open(turn, &watch);
    return OUTCOME_OK;
}

static struct outcome hear_case_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;

    const struct visit visit = {accepted->department, accepted->item, accepted->accepted_ms,
                                accepted->promised_days};

    return accepted->immediate ? watch_visit(turn, heard, &visit) : OUTCOME_OK;
}

static struct outcome hear_case_over(struct turn *turn, const struct heard *heard)
{
    supervision_watches_end(turn, heard, true);
    return OUTCOME_OK;
}

/* ---- intake: delivery */

enum { DELIVERY_DAYS = 10 };

/* RULE L44: the result is delivered within ten working days of the grant, whoever granted it, and
 * whether or not its fee is paid. */
static void watch_delivery(struct turn *turn, const struct heard *heard, const char *department,
                           const char *item, int64_t granted_ms)
{
    struct watch_row watch = supervision_watch_of(turn, heard);

    watch.term = TERM_DELIVERY;
    watch.department = department;
    watch.item = item;
    supervision_watch_start(turn, &watch, granted_ms, DELIVERY_DAYS);
    supervision_watch_open(turn, &watch);
}

/* Granted again, it may have had cards. */
static void need_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;

    supervision_need_watches(turn, heard);
    if (granted->round > 0)
        supervision_want_cards(turn, heard->case_number);
}

static struct outcome hear_case_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;

    supervision_watches_end(turn, heard, true);
    watch_delivery(turn, heard, granted->department, granted->item, heard->at_ms);
    return OUTCOME_OK;
}

/* ---- intake: taken back */

static struct outcome hear_decision_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DecisionTakenBack *back = heard->message;

    const struct visit visit = {back->department, back->item, back->accepted_ms,
                                back->promised_days};

    supervision_watches_end(turn, heard, true);
    return back->immediate ? watch_visit(turn, heard, &visit) : OUTCOME_OK;
}

static struct outcome hear_delivery_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DeliveryTakenBack *back = heard->message;
    const struct watched delivery = of_case(heard, TERM_DELIVERY);

    if (supervision_watch_find(turn, &delivery) != NULL)
        return refuse(ONEDOOR__REASON__WRONG_STATE, "the delivery is watched already");
    if (back->granted_ms != 0)
        watch_delivery(turn, heard, back->department, back->item, back->granted_ms);
    return OUTCOME_OK;
}

/* ---- intake: the calendar (RULE L82) */

static void need_calendar(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    year_days_want(turn);
    walk_want(turn);
}

/* What was reached before stays reached, for the past stays as it was counted; what is still to
 * come is looked for anew, by a walk (walk.h). */
static struct outcome hear_calendar(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CalendarPublished *published = heard->message;
    const struct year_days list = {published->year, published->days, published->n_days};
    const struct supervision *before = turn->memory;
    struct outcome outcome = year_days_check(&list, turn->arena);

    if (!is_ok(outcome))
        return outcome;
    struct supervision *now = ARENA_NEW(turn->arena, struct supervision);
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, &list);
    now->scale.calendar = &now->calendar;
    turn_remember(turn, now);
    walk_start(turn, "calendar",
               published->correction == NULL
                   ? (struct bytes){0}
                   : message_pack(&published->correction->base, turn->arena));
    return OUTCOME_OK;
}

const struct hearing supervision_hears_intake[] = {
    {&onedoor__intake__case_accepted__descriptor, need_accepted, hear_case_accepted},
    {&onedoor__intake__case_granted__descriptor, need_granted, hear_case_granted},
    {&onedoor__intake__decision_taken_back__descriptor, supervision_need_reopened,
     hear_decision_taken_back},
    {&onedoor__intake__delivery_taken_back__descriptor, supervision_need_reopened,
     hear_delivery_taken_back},
    {&onedoor__intake__case_delivered__descriptor, supervision_need_watches, hear_case_over},
    {&onedoor__intake__case_denied__descriptor, supervision_need_watches, hear_case_over},
    {&onedoor__intake__case_withdrawn__descriptor, supervision_need_watches, hear_case_over},
    {&onedoor__intake__case_terminated__descriptor, supervision_need_watches, hear_case_over},
    {&onedoor__intake__calendar_published__descriptor, need_calendar, hear_calendar},
    {NULL, NULL, NULL},
};
