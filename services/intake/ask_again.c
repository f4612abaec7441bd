/* SPDX-License-Identifier: Apache-2.0 */
/* ask_again.c: what is missing is asked for a second time. The law lets the hall ask once, for
 * everything (RULE L32.4), so a second person must agree (RULE H22). */
#include "common/rows/approval.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/papers.h"

void intake_need_ask_again(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__AskAgain *ask = call->message;
    intake_want_case(turn, ask->case_number);
    rows_want(turn, &intake_asked_again_table,
              &(struct asked_again_row){.centre = turn->centre, .number = ask->case_number});
}

/* The papers to be brought anew, without a fault and with one: "1,3". */
static const char *seqs_text(const struct brought *brought, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < brought->n_verdicts; i++)
        text = arena_printf(arena, "%s%s%d", text, i == 0 ? "" : ",", brought->verdicts[i]->seq);
    return text;
}

/* What is to be brought anew without a fault is as good as absent. */
static struct brought brought_of(const struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__AskAgain *ask = call->message;
    struct brought brought = {.by = call->actor->id, .at_ms = turn->now_ms};
    Onedoor__Intake__PaperVerdict **verdicts = ARENA_ARRAY(
        turn->arena, Onedoor__Intake__PaperVerdict *, ask->n_verdicts + ask->n_again + 1);
    for (size_t i = 0; i < ask->n_verdicts; i++)
        verdicts[brought.n_verdicts++] = ask->verdicts[i];
    for (size_t i = 0; i < ask->n_again; i++) {
        Onedoor__Intake__PaperVerdict *verdict =
            ARENA_NEW(turn->arena, Onedoor__Intake__PaperVerdict);
        onedoor__intake__paper_verdict__init(verdict);
        verdict->seq = ask->again[i];
        verdict->verdict = ONEDOOR__INTAKE__VERDICT__ABSENT;
        verdicts[brought.n_verdicts++] = verdict;
    }
    brought.verdicts = verdicts;
    return brought;
}

struct outcome intake_ask_again(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__AskAgain *ask = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (!is_ok(outcome))
        return outcome;
    const struct brought brought = brought_of(turn, call);
    struct papers papers = {row->materials, row->papers};
    struct trigger trigger = {.on = ON_ASK_AGAIN, .at_ms = turn->now_ms, .reason = ask->reason};
    outcome = intake_papers_void(intake_item_of(turn->memory, row), &brought, &papers, turn->arena);
    if (!is_ok(outcome))
        return outcome;
    trigger.papers = &papers;
    outcome = intake_may_move(turn, row, &trigger);
    if (!is_ok(outcome))
        return outcome;
    if (call->second == NULL)
        return approval_ask(
            turn, call,
            &(struct approval){.reason = ask->reason, .detail = seqs_text(&brought, turn->arena)});
    trigger.approved_by = call->second->id;
    return intake_move_case(turn, row, &trigger);
}
