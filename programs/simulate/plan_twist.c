/* SPDX-License-Identifier: Apache-2.0 */
/* plan_twist.c: what does not go straight, and may not contradict the rest of the plan. */
#include <string.h>

#include "programs/simulate/plan.h"

enum { AMENDED_PERCENT = 12, TWO_PERSONS_PERCENT = 25, AT_ONCE_PERCENT = 50, PRIORITY_PERCENT = 8 };
enum { OF_THE_DEPARTMENT_DAYS = 5, OF_THE_GOVERNMENT_DAYS = 12 };

/* ---- visits */

/* The percentages add up to a hundred. */
static enum visit_way choose_visit(struct dice *dice)
{
    static const int percents[VISIT_WAYS] = {
        [VISIT_COMES] = 72,      [VISIT_CALLED_TWICE] = 6, [VISIT_COMES_LATE] = 7,
        [VISIT_NEVER_COMES] = 3, [VISIT_GIVES_UP] = 4,     [VISIT_WRONG_WINDOW] = 5,
        [VISIT_UNCALLED] = 3,
    };
    int way = VISIT_COMES;
    for (int mark = dice_below(dice, 100); (mark -= percents[way]) >= 0;)
        way++;
    return (enum visit_way)way;
}

/* ---- what is put right */

static bool fits_amendment(const struct plan *plan, enum amendment amendment)
{
    switch (amendment) {
    case AMEND_FACTS:
        return plan->n_facts > 0;
    case AMEND_FACTS_LATE: /* there is a bill before and after it */
        return plan->n_facts > 0 && plan->end == END_GRANTED && plan->due_fen > 0 &&
               plan->wrong_due_fen > 0;
    default:
        return plan->end != END_REFUSED && plan->end != END_WITHDRAWN_UNCORRECTED;
    }
}

static enum amendment choose_amendment(const struct plan *plan, struct dice *dice)
{
    enum amendment amendment = (enum amendment)dice_between(dice, AMEND_NAME, AMEND_FACTS_LATE);
    bool wanted = dice_chance(dice, AMENDED_PERCENT);
    return wanted && fits_amendment(plan, amendment) ? amendment : AMEND_NOTHING;
}

/* ---- what two persons change */

/* Is it known whose opinion a decision that is taken back opens again? At the window there is none;
 * else the last stage has one line. */
static bool may_be_taken_back(const struct plan *plan, const struct item *item)
{
    int last = 0;
    if (item->immediate)
        return true;
    for (int i = 0; i < item->n_steps; i++)
        last += item->steps[i].stage == item->stages;
    return last == 1 && (plan->denied_by < 0 || item->steps[plan->denied_by].stage == item->stages);
}

static bool is_joint(const struct item *item)
{
    for (int i = 1; i < item->n_steps; i++)
        if (strcmp(item->steps[i].department, item->steps[0].department) != 0)
            return true;
    return false;
}

static bool fits_second(const struct plan *plan, const struct item *item, enum second_act act)
{
    bool granted = plan->end == END_GRANTED, decided = granted || plan->end == END_DENIED;
    bool bill =
        granted && item->has_fee && plan->due_fen > 0 && plan->twist.amendment != AMEND_FACTS_LATE;
    switch (act) {
    case SECOND_DECISION_BACK:
        return decided && plan->twist.amendment != AMEND_FACTS_LATE &&
               may_be_taken_back(plan, item);
    case SECOND_PAID_BACK:
        return bill && item->n_fees == 1 && may_be_taken_back(plan, item);
    case SECOND_DELIVERY_BACK:
        return decided && plan->delivered_after >= 0;
    case SECOND_WAIVER:
    case SECOND_REFUND:
        return bill;
    case SECOND_EXTENSION:
        return decided && !item->immediate;
    default:
        return false;
    }
}

static enum second_act choose_second(const struct plan *plan, const struct item *item,
                                     struct dice *dice)
{
    enum second_act act =
        (enum second_act)dice_between(dice, SECOND_DECISION_BACK, SECOND_EXTENSION);
    bool wanted = dice_chance(dice, TWO_PERSONS_PERCENT);
    return wanted && fits_second(plan, item, act) ? act : SECOND_NOTHING;
}

void plan_twist(struct plan *plan, const struct item *item, struct dice *dice)
{
    struct twist *twist = &plan->twist;
    twist->first_visit = choose_visit(dice);
    twist->later_visit = choose_visit(dice);
    twist->priority = dice_chance(dice, PRIORITY_PERCENT);
    twist->pays_at_once = dice_chance(dice, AT_ONCE_PERCENT);
    twist->amendment = choose_amendment(plan, dice);
    twist->second = choose_second(plan, item, dice);
    twist->more_days =
        is_joint(item) && dice_chance(dice, 50) ? OF_THE_GOVERNMENT_DAYS : OF_THE_DEPARTMENT_DAYS;
    if (twist->second == SECOND_PAID_BACK) { /* a decision can be taken back for some days only */
        twist->later_visit = VISIT_COMES;
        plan->paid_after = 1;
    }
    for (int i = 0; i < item->n_steps && twist->second == SECOND_EXTENSION; i++)
        plan->delays[i]++; /* it is extended before anybody decides */
}
