/* SPDX-License-Identifier: Apache-2.0 */
/* departments.c: RULE H11: departments enter the hall, change and leave it, by decision. */
#include <string.h>

#include "common/wire/revision.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/say.h"

static struct department_row row_of(const struct turn *turn,
                                    const Onedoor__Intake__SetDepartment *set)
{
    return (struct department_row){
        .centre = turn->centre,
        .code = set->department,
        .name_zh = set->name_zh,
        .name_en = set->name_en,
        .presence = set->presence,
        .floor = (int16_t)set->floor,
        .note_zh = set->note_zh,
        .note_en = set->note_en,
    };
}

void intake_need_set_department(struct turn *turn, const struct call *call)
{
    const struct department_row probe = row_of(turn, call->message);
    rows_want(turn, &intake_department_table, &probe);
}

/* An item that is offered has a department in the hall: it leaves, or goes to another, first. */
static struct outcome check_items(const struct turn *turn,
                                  const Onedoor__Intake__SetDepartment *set)
{
    const struct catalogue *catalogue = turn->memory;
    if (strcmp(set->presence, "withdrawn") != 0)
        return OUTCOME_OK;
    for (size_t i = 0; i < catalogue->n_items; i++) {
        const struct item_row *row = &catalogue->items[i].row;
        bool last =
            i + 1 == catalogue->n_items || strcmp(catalogue->items[i + 1].row.code, row->code) != 0;
        if (last && row->offered && strcmp(row->department, set->department) == 0)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, "presence",
                           arena_printf(turn->arena, "it still answers for %s", row->code));
    }
    return OUTCOME_OK;
}

static void say_set(struct turn *turn, const struct department_row *row,
                    const Onedoor__Intake__SetDepartment *set)
{
    Onedoor__Intake__DepartmentSet said = ONEDOOR__INTAKE__DEPARTMENT_SET__INIT;
    said.department = intake_department_message(row, turn->arena);
    said.decision = set->decision;
    said.decision_day = set->decision_day;
    turn_say(turn, 0, &said.base);
}

struct outcome intake_set_department(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__SetDepartment *set = call->message;
    struct department_row row = row_of(turn, set);
    struct department_row *before = rows_find(turn, &intake_department_table, &row);
    struct outcome outcome = revision_check(
        set,
        before == NULL ? REVISION_NONE : intake_department_message(before, turn->arena)->revision);
    if (is_ok(outcome) && set->decision_day > intake_today(turn->memory, turn->now_ms))
        outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, "decision_day",
                          "what is not decided yet is not done");
    if (is_ok(outcome))
        outcome = check_items(turn, set);
    if (!is_ok(outcome))
        return outcome;
    if (before == NULL)
        rows_add(turn, &intake_department_table, &row);
    else
        *(struct department_row *)rows_touch(turn, &intake_department_table, before) = row;
    say_set(turn, &row, set);
    return OUTCOME_OK;
}
