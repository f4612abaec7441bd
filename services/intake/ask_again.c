/* SPDX-License-Identifier: Apache-2.0 */
/* ask_again.c: what is missing is asked for a second time. The law lets the hall ask once, for
 * everything (RULE L32.4), so a second person must agree (RULE H22). */
#include "common/rows/approval.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/materials.h"

void intake_need_ask_again(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__AskAgain *ask = call->message;
    intake_want_case(turn, ask->case_number);
    rows_want(turn, &intake_asked_again_table,
              &(struct asked_again_row){.centre = turn->centre, .number = ask->case_number});
}

/* The materials to be brought anew: "1,3". */
static const char *seqs_text(const Onedoor__Intake__AskAgain *ask, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < ask->n_again; i++)
        text = arena_printf(arena, "%s%s%d", text, i == 0 ? "" : ",", ask->again[i]);
    return text;
}

struct outcome intake_ask_again(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__AskAgain *ask = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (!is_ok(outcome))
        return outcome;
    struct trigger trigger = {.on = ON_ASK_AGAIN, .at_ms = turn->now_ms, .reason = ask->reason};
    trigger.materials = intake_materials_void(intake_item_of(turn->memory, row), row->materials,
                                              ask->again, ask->n_again, turn->arena);
    if (trigger.materials.data == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_MATERIAL, "the item's list has no such material");
    outcome = intake_may_move(turn, row, &trigger);
    if (!is_ok(outcome))
        return outcome;
    if (call->second == NULL)
        return approval_ask(
            turn, call,
            &(struct approval){.reason = ask->reason, .detail = seqs_text(ask, turn->arena)});
    trigger.approved_by = call->second->id;
    return intake_move_case(turn, row, &trigger);
}
