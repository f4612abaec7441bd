/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/flow_rules.h"

#include <string.h>

enum { CITY_AFTER_DAYS = 20 };

static bool may_stand_outside(int32_t action)
{
    return action == SITE_SURVEY || action == EXPERT_REVIEW || action == CITY_DECISION;
}

static const char *step_fault(const struct flow_rule_step *step)
{
    if (step->action <= ACTION_NONE || step->action >= TASK_ACTIONS)
        return "says nothing that a task can ask for";
    if (step->days < 0)
        return "has a negative limit";
    if (!step->counts && !may_stand_outside(step->action))
        return "stands outside the clock, which only a site survey, an expert review and the "
               "city's "
               "decision may";
    if ((step->action == CITY_DECISION) != (strcmp(step->department, CITY) == 0))
        return "the city decides, and nobody else does what it does";
    return NULL;
}

/* The steps before this one stand in order of their stages. */
static const char *place_fault(const struct flow_rule_step *steps, size_t at)
{
    int32_t before = at == 0 ? 0 : steps[at - 1].stage, stage = steps[at].stage;
    if (stage != before + 1 && (at == 0 || stage != before))
        return "stages run 1, 2, 3 without a gap, in order";
    for (size_t i = at; i-- > 0 && steps[i].stage == stage;)
        if (strcmp(steps[i].department, steps[at].department) == 0)
            return "a department has one task in a stage";
    return NULL;
}

/* RULE L43: a stage takes as long as its longest branch that counts. */
static const char *city_fault(const struct flow_rule_step *steps, size_t n, size_t *at)
{
    int32_t before = 0, longest = 0, stage = 1;
    for (*at = 0; *at < n; (*at)++) {
        const struct flow_rule_step *step = &steps[*at];
        if (step->stage != stage) {
            before += longest;
            longest = 0;
            stage = step->stage;
        }
        if (step->action == CITY_DECISION && before > CITY_AFTER_DAYS)
            return "more than 20 working days are planned before the city's turn";
        if (step->counts && step->days > longest)
            longest = step->days;
    }
    return NULL;
}

const char *flow_rules_fault(const struct flow_rule_step *steps, size_t n, size_t *at)
{
    for (*at = 0; *at < n; (*at)++) {
        const char *fault = step_fault(&steps[*at]);
        if (fault == NULL)
            fault = place_fault(steps, *at);
        if (fault != NULL)
            return fault;
    }
    return city_fault(steps, n, at);
}
