/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/plan.h"

#include <string.h>

enum { ONLINE_PERCENT = 20, FAST_PERCENT = 6, UNFETCHED_PERCENT = 25, METHODS = 4, DELIVERIES = 3 };

/* ---- which item: as in the reference year, when five departments did almost all the business, the
 * family planning bureau most of it, and nearly all was finished at the window. Here somewhat less
 * is, so that there is something to approve */

enum { ON_THE_SPOT = 4 }; /* times as often as an item that goes through approval */

static int weight_of(const struct item *item)
{
    static const struct {
        const char *department;
        int weight;
    } busy[] = {{"FPC", 20}, {"CUL", 14}, {"SAN", 10}, {"CON", 16}, {"STA", 3}, {"PLN", 3}};
    for (size_t i = 0; i < sizeof busy / sizeof busy[0]; i++)
        if (strcmp(busy[i].department, item->department) == 0)
            return item->immediate ? busy[i].weight * ON_THE_SPOT : busy[i].weight;
    return 1;
}

/* Every item once, then by weight. */
static int choose_item(const struct catalogue *catalogue, int32_t index, struct dice *dice)
{
    int sum = 0;
    if (index < catalogue->n_items)
        return index;
    for (int i = 0; i < catalogue->n_items; i++)
        sum += weight_of(&catalogue->items[i]);
    int mark = dice_below(dice, sum);
    for (int i = 0; i < catalogue->n_items; i++)
        if ((mark -= weight_of(&catalogue->items[i])) < 0)
            return i;
    return 0;
}

/* ---- how a case ends */

struct way {
    int percent;
    enum plan_end end;
    bool incomplete;
    bool late;
};

/* clang-format off */
static const struct way immediate_ways[] = {
    {80, END_GRANTED, false, false},
    { 8, END_GRANTED, true,  false},
    { 3, END_GRANTED, false, true},
    { 4, END_DENIED,  false, false},
    { 3, END_REFUSED, false, false},
    { 2, END_WITHDRAWN_UNCORRECTED, true, false},
};

static const struct way promised_ways[] = {
    {48, END_GRANTED, false, false},
    {12, END_GRANTED, true,  false},
    {14, END_GRANTED, false, true},
    {10, END_DENIED,  false, false},
    { 3, END_DENIED,  true,  true},
    { 4, END_REFUSED, false, false},
    { 3, END_WITHDRAWN_UNCORRECTED, true, false},
    { 6, END_WITHDRAWN_IN_APPROVAL, false, false},
};
/* clang-format on */

/* The percentages of a list add up to a hundred; the last entry takes the rest. */
static const struct way *choose_way(const struct item *item, struct dice *dice)
{
    const struct way *way = item->immediate ? immediate_ways : promised_ways;
    for (int mark = dice_below(dice, 100); (mark -= way->percent) >= 0;)
        way++;
    return way;
}

/* At least one required material is left at home, and at most all but one. */
static uint32_t leave_at_home(const struct item *item, struct dice *dice)
{
    uint32_t missing = 0;
    for (int i = 1; i < item->n_materials; i++)
        if (item->materials[i].required && dice_chance(dice, 40))
            missing |= UINT32_C(1) << i;
    return missing == 0 ? 1 : missing;
}

/* ---- how long it takes: a step is half a working day, and a clock begins on the day after */

/* In time, well before a card; only just in time; or late by some days. */
static int32_t delay_of(const struct plan *plan, const struct flow_line *line, bool late,
                        struct dice *dice)
{
    int32_t budget = 2 * (line->days > 0 ? line->days : 1),
            quick = budget / (plan->fast_lane ? 4 : 2);
    if (!late)
        return dice_between(dice, 1, quick > 1 ? quick : 1);
    return dice_chance(dice, 30) ? budget : budget + dice_between(dice, 2, 9);
}

static void set_delays(struct plan *plan, const struct item *item, struct dice *dice)
{
    for (int i = 0; i < item->n_steps; i++) {
        plan->delays[i] = delay_of(plan, &item->steps[i], i == plan->late_line, dice);
        if (plan->end ==
            END_WITHDRAWN_IN_APPROVAL) /* nobody decides before the applicant gives up */
            plan->delays[i] += plan->withdrawn_after;
    }
}

static void set_times(struct plan *plan, const struct way *way, struct dice *dice)
{
    plan->corrected_after = dice_between(dice, 2, 12);
    plan->withdrawn_after = dice_between(dice, 1, 4);
    plan->finished_after = way->late ? dice_between(dice, 2, 5) : 0;
    plan->paid_after = dice_between(dice, 1, 4);
    plan->delivered_after = dice_chance(dice, UNFETCHED_PERCENT) ? -1 : dice_between(dice, 1, 6);
}

/* ---- what a case costs */

static void set_facts(struct plan *plan, const struct item *item, struct dice *dice)
{
    static const int most[] = {
        [FORM_QUANTITY] = 20, [FORM_AREA] = 120, [FORM_AREA_DAYS] = 200, [FORM_TIERED] = 80};
    for (int i = 0; i < item->n_fees; i++) {
        const struct fee *fee = &item->fees[i];
        struct plan_fact fact = {.fee = i, .units = 1};
        if (fee->form != FORM_FIXED) {
            fact.units = dice_between(dice, 1, most[fee->form]);
            fact.days = fee->form == FORM_AREA_DAYS ? dice_between(dice, 5, 60) : 0;
            plan->facts[plan->n_facts++] = fact;
        }
        plan->due_fen += fee_amount(fee, fact.units, fact.days);
        plan->wrong_due_fen += fee_amount(fee, fact.units + (fee->form != FORM_FIXED), fact.days);
    }
}

void plan_make(struct plan *plan, const struct catalogue *catalogue, const struct plan_order *order,
               int32_t index)
{
    struct dice dice = dice_for(order->seed, (uint64_t)index + 1);
    *plan = (struct plan){
        .item = choose_item(catalogue, index, &dice), .denied_by = -1, .late_line = -1};
    const struct item *item = &catalogue->items[plan->item];
    const struct way *way = choose_way(item, &dice);
    plan->end = way->end;
    plan->arrives = (int32_t)((int64_t)index * order->steps / order->cases);
    plan->ground =
        (enum plan_ground)dice_between(&dice, GROUND_NO_LICENCE_NEEDED, GROUND_NOT_ELIGIBLE);
    plan->fast_lane = dice_chance(&dice, FAST_PERCENT);
    plan->online = dice_chance(&dice, ONLINE_PERCENT);
    plan->missing = way->incomplete ? leave_at_home(item, &dice) : 0;
    if (!item->immediate && way->late)
        plan->late_line = dice_below(&dice, item->n_steps);
    if (!item->immediate && way->end == END_DENIED)
        plan->denied_by = dice_below(&dice, item->n_steps);
    set_times(plan, way, &dice);
    set_delays(plan, item, &dice);
    plan->method = dice_between(&dice, 1, METHODS);
    plan->how = dice_between(&dice, 1, DELIVERIES);
    set_facts(plan, item, &dice);
    people_applicant(&plan->applicant,
                     !item->for_persons || (item->for_organisations && dice_chance(&dice, 40)),
                     &dice);
    plan_twist(plan, item, &dice);
}

void plan_wrong_facts(const struct plan *plan, struct plan_fact facts[FEES_MAX])
{
    for (int i = 0; i < plan->n_facts; i++) {
        facts[i] = plan->facts[i];
        facts[i].units++;
    }
}

int plan_missing(const struct plan *plan)
{
    return __builtin_popcount(plan->missing);
}
