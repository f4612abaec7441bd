/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/publish_check.h"

#include <string.h>

#include "common/values/fee_kind.h"
#include "common/values/flow_rules.h"
#include "common/wire/numbers.h"
#include "onedoor/intake.pb-c.h"

SAME_NUMBER(REVIEW, ONEDOOR__INTAKE__STEP_ACTION__REVIEW);
SAME_NUMBER(CONSULT, ONEDOOR__INTAKE__STEP_ACTION__CONSULT);
SAME_NUMBER(COUNTERSIGN, ONEDOOR__INTAKE__STEP_ACTION__COUNTERSIGN);
SAME_NUMBER(SITE_SURVEY, ONEDOOR__INTAKE__STEP_ACTION__SITE_SURVEY);
SAME_NUMBER(EXPERT_REVIEW, ONEDOOR__INTAKE__STEP_ACTION__EXPERT_REVIEW);
SAME_NUMBER(DECIDE_CASE, ONEDOOR__INTAKE__STEP_ACTION__DECIDE_CASE);
SAME_NUMBER(CITY_DECISION, ONEDOOR__INTAKE__STEP_ACTION__CITY_DECISION);

static struct outcome wrong(const char *field, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, field, detail);
}

/* One of a few words; the list ends with null. */
static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* ---- item */

struct choice {
    const char *field, *value;
    const char *const *words;
    const char *detail;
};

static struct outcome check_choices(const struct choice *choices, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_one_of(choices[i].value, choices[i].words))
            return wrong(choices[i].field, choices[i].detail);
    return OUTCOME_OK;
}

static struct outcome check_words(const Onedoor__Intake__PublishItem *item)
{
    static const char *const applicants[] = {"person", "organisation", "any", NULL},
                             *const handlings[] = {"immediate", "promised", NULL},
                             *const levels[] = {"district", "city", NULL};
    const struct choice choices[] = {
        {"applicant", item->applicant, applicants, "is person, organisation or any"},
        {"handling", item->handling, handlings, "is immediate or promised"},
        {"decision_level", item->decision_level, levels, "is district or city"},
    };
    return check_choices(choices, sizeof choices / sizeof choices[0]);
}

/* RULE H4: an item that a window finishes by itself is immediate. */
static struct outcome check_handling(const Onedoor__Intake__PublishItem *item)
{
    if (item->promised_days > item->statutory_days)
        return wrong("promised_days", "must be at most the statutory days");
    if (item->window_can_finish && strcmp(item->handling, "immediate") != 0)
        return wrong("window_can_finish",
                     "the window finishes what is immediate, and nothing else");
    if (item->window_can_finish && item->by_department)
        return wrong("by_department", "the window finishes it, so somebody applies");
    return OUTCOME_OK;
}

static struct outcome check_materials(const Onedoor__Intake__PublishItem *item, struct arena *arena)
{
    static const char *const forms[] = {"original", "copy", "electronic", "form", NULL};
    for (size_t i = 0; i < item->n_materials; i++) {
        if (item->materials[i]->seq != (int32_t)i + 1)
            return wrong(arena_printf(arena, "materials[%zu].seq", i),
                         "must be numbered 1, 2, 3 and so on, in order");
        if (!is_one_of(item->materials[i]->form, forms))
            return wrong(arena_printf(arena, "materials[%zu].form", i),
                         "is original, copy, electronic or form");
    }
    return OUTCOME_OK;
}

/* RULE H5: the department that answers for the item leads its flow, and no other does. */
static struct outcome check_lead(const Onedoor__Intake__PublishItem *item, struct arena *arena)
{
    for (size_t i = 0; i < item->n_steps; i++)
        if (item->steps[i]->lead && strcmp(item->steps[i]->department, item->department) != 0)
            return wrong(arena_printf(arena, "steps[%zu].lead", i),
                         "the department of the item leads, and no other");
    return OUTCOME_OK;
}

/* The flow is one that routing runs. */
static struct outcome check_steps(const Onedoor__Intake__PublishItem *item, struct arena *arena)
{
    struct flow_rule_step *steps = ARENA_ARRAY(arena, struct flow_rule_step, item->n_steps);
    size_t at;
    for (size_t i = 0; i < item->n_steps; i++) {
        const Onedoor__Intake__ItemStep *step = item->steps[i];
        steps[i] = (struct flow_rule_step){step->stage, step->department, (int32_t)step->action,
                                           step->days, step->counts};
    }
    const char *fault = flow_rules_fault(steps, item->n_steps, &at);
    return fault == NULL ? check_lead(item, arena)
                         : wrong(arena_printf(arena, "steps[%zu]", at), fault);
}

/* ---- fees */

static bool are_tiers_sound(const Onedoor__Intake__ItemFee *fee, enum fee_kind kind,
                            struct arena *arena)
{
    struct fee_tier *tiers = ARENA_ARRAY(arena, struct fee_tier, fee->n_tiers);
    for (size_t i = 0; i < fee->n_tiers; i++)
        tiers[i] = (struct fee_tier){
            fee->tiers[i]->from_units, fee->tiers[i]->to_units, {fee->tiers[i]->unit_fen}};
    return kind == FEE_TIERED ? fee_tiers_cover(tiers, fee->n_tiers) : fee->n_tiers == 0;
}

/* RULE L58, H8: an amount follows from the standard alone, so the standard must be whole. */
static struct outcome check_fee(const Onedoor__Intake__PublishItem *item, size_t at,
                                struct arena *arena)
{
    const Onedoor__Intake__ItemFee *fee = item->fees[at];
    enum fee_kind kind;
    if (!fee_kind_of(fee->kind, &kind))
        return wrong(arena_printf(arena, "fees[%zu].kind", at),
                     "is fixed, quantity, area, area_days or tiered");
    if (!are_tiers_sound(fee, kind, arena))
        return wrong(arena_printf(arena, "fees[%zu].tiers", at),
                     "bands go from 0 up without a gap, the last without end, of a tiered fee");
    if ((kind == FEE_TIERED) != (fee->unit_fen == 0))
        return wrong(arena_printf(arena, "fees[%zu].unit_fen", at),
                     "a unit has its price, or its bands have");
    for (size_t i = 0; i < at; i++)
        if (strcmp(item->fees[i]->code, fee->code) == 0)
            return wrong(arena_printf(arena, "fees[%zu].code", at), "stands twice");
    return OUTCOME_OK;
}

static struct outcome check_fees(const Onedoor__Intake__PublishItem *item, struct arena *arena)
{
    struct outcome outcome = OUTCOME_OK;
    for (size_t i = 0; is_ok(outcome) && i < item->n_fees; i++)
        outcome = check_fee(item, i, arena);
    return outcome;
}

struct outcome publish_check_item(const void *message, struct arena *arena)
{
    const Onedoor__Intake__PublishItem *item = message;
    struct outcome outcome = check_words(item);
    if (is_ok(outcome))
        outcome = check_handling(item);
    if (is_ok(outcome))
        outcome = check_materials(item, arena);
    if (is_ok(outcome))
        outcome = check_steps(item, arena);
    return is_ok(outcome) ? check_fees(item, arena) : outcome;
}

/* ---- departments, windows */

struct outcome publish_check_department(const void *message, struct arena *arena)
{
    static const char *const presences[] = {"stationed", "vacant", "withdrawn", NULL};
    const Onedoor__Intake__SetDepartment *set = message;
    (void)arena;
    if (strcmp(set->department, CITY) == 0)
        return wrong("department", "is what flows call the city");
    return is_one_of(set->presence, presences)
               ? OUTCOME_OK
               : wrong("presence", "is stationed, vacant or withdrawn");
}

struct outcome publish_check_window(const void *message, struct arena *arena)
{
    static const char *const kinds[] = {"department", "consultation", "charging",
                                        "complaint",  "office",       NULL};
    const Onedoor__Intake__SetWindow *set = message;
    (void)arena;
    if (set->open && set->vacant)
        return wrong("vacant", "an open window is not vacant");
    if (set->kind[0] == '\0')
        return OUTCOME_OK;
    if (!is_one_of(set->kind, kinds))
        return wrong("kind", "is department, consultation, charging, complaint or office");
    if (strcmp(set->kind, "department") == 0 && set->department[0] == '\0')
        return wrong("kind", "a department's window has a department");
    return OUTCOME_OK;
}
