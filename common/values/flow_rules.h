/* SPDX-License-Identifier: Apache-2.0 */
/* flow_rules.h: what a flow must be so that the hall can run it: intake checks it before it is
 * published, routing before it follows it. Pure. */
#ifndef COMMON_FLOW_RULES_H
#define COMMON_FLOW_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a task asks of its department. The numbers are those of the wire and of the database. */
enum task_action {
    ACTION_NONE,
    REVIEW,
    CONSULT,
    COUNTERSIGN,
    SITE_SURVEY,
    EXPERT_REVIEW,
    DECIDE_CASE,
    CITY_DECISION,
    TASK_ACTIONS
};

/* RULE H18: the department of steps that the city decides. */
#define CITY "CITY"

/* What one department does in one stage. */
struct flow_rule_step {
    int32_t stage; /* from 1 */
    const char *department;
    int32_t action; /* enum task_action */
    int32_t days;   /* planned working days */
    bool counts;    /* false: outside the clock */
};

/* What is wrong with the steps, of which there is one at least, and of which one; null: nothing.
 * Stages run 1, 2, 3 without a gap; a department has one task a stage; limits are not negative;
 * only what RULE L45 names, or the city, stands outside the clock; RULE L43: no more than 20
 * working days are planned before the city's turn. */
const char *flow_rules_fault(const struct flow_rule_step *, size_t n, size_t *at);

#endif
