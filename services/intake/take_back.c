/* SPDX-License-Identifier: Apache-2.0 */
/* take_back.c: RULE H22: a decision or a delivery that was pressed by mistake is taken back, by two
 * persons of whom one leads the department. */
#include "common/rows/approval.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"

/* A lead is always one of the two: when he asks, the hall's manager or another lead agrees. */
static unsigned may_agree(const struct actor *asker)
{
    return asker->role == ONEDOOR__ROLE__DEPARTMENT_LEAD
               ? ROLE(DEPARTMENT_LEAD) | ROLE(BUSINESS_MANAGER)
               : ROLE(DEPARTMENT_LEAD);
}

struct outcome intake_take_back(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__TakeBack *back = call->message;
    bool delivery = back->what == ONEDOOR__INTAKE__TAKEN_BACK__DELIVERY;
    struct trigger trigger = {.on = delivery ? ON_TAKE_BACK_DELIVERY : ON_TAKE_BACK,
                              .at_ms = turn->now_ms,
                              .reason = back->reason};
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (is_ok(outcome))
        outcome = intake_may_move(turn, row, &trigger);
    if (!is_ok(outcome))
        return outcome;
    if (call->second == NULL)
        return approval_ask(turn, call,
                            &(struct approval){.roles = may_agree(call->actor),
                                               .subject = delivery ? "delivery" : "decision",
                                               .reason = back->reason});
    trigger.approved_by = call->second->id;
    return intake_move_case(turn, row, &trigger);
}
