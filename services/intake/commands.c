/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c: what people do to a case once it is there, and the table of all commands. */
#include <string.h>

#include "common/rows/approval.h"
#include "common/wire/message.h"
#include "common/wire/revision.h"
#include "onedoor/approval.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/intake.h"
#include "services/intake/papers.h"
#include "services/intake/say.h"

/* ---- whose case is it? */

static struct outcome other_department(const struct catalogue *catalogue,
                                       const struct item_row *item, struct arena *arena)
{
    const struct department_row *right = intake_department(catalogue, item->department);
    return deny(ONEDOOR__REASON__OTHER_DEPARTMENT,
                arena_printf(arena, "this belongs to %s",
                             right == NULL ? item->department : right->name_zh));
}

struct outcome intake_owns(const struct catalogue *catalogue, const struct actor *actor,
                           const struct item_row *item, struct arena *arena)
{
    if (strcmp(actor->department, item->department) != 0)
        return other_department(catalogue, item, arena);
    return OUTCOME_OK;
}

struct outcome intake_serves(const struct catalogue *catalogue, const struct actor *actor,
                             const struct item_row *item, struct arena *arena)
{
    return actor->department[0] == '\0' ? OUTCOME_OK : intake_owns(catalogue, actor, item, arena);
}

struct outcome intake_find_case(struct turn *turn, const struct call *call, intake_permission *may,
                                struct case_row **row)
{
    *row = intake_case(turn, message_case(call->message));
    if (*row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    const struct item_version *item = intake_item_of(turn->memory, *row);
    struct outcome outcome = may(turn->memory, call->actor, &item->row, turn->arena);
    return is_ok(outcome) ? revision_check(call->message, intake_case_revision(*row)) : outcome;
}

void intake_need_case(struct turn *turn, const struct call *call)
{
    intake_want_case(turn, message_case(call->message));
}

/* ---- Check, Supplement */

static void answer_checked(struct turn *turn, struct call *call, const struct case_row *row)
{
    Onedoor__Intake__CheckReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__CheckReply, onedoor__intake__check_reply);
    reply->state = (Onedoor__Intake__CaseState)row->state;
    reply->due_ms = intake_promise(turn->memory, row);
    reply->due_provisional = calendar_provisional_due(
        &((const struct catalogue *)turn->memory)->calendar, reply->due_ms);
    if (row->state == CASE_CORRECTION)
        reply->n_missing = intake_missing_message(intake_item_of(turn->memory, row),
                                                  &(struct papers){row->materials, row->papers},
                                                  turn->arena, &reply->missing);
}

/* The case is moved with what was brought and found of its papers. */
static struct outcome move_with(struct turn *turn, struct call *call, struct case_row *row,
                                enum case_event on, struct brought *brought)
{
    struct papers papers = {row->materials, row->papers};
    struct trigger trigger = {.on = on, .at_ms = turn->now_ms};
    brought->asked = row->state == CASE_CORRECTION;
    brought->by = call->actor->id;
    brought->at_ms = turn->now_ms;
    struct outcome outcome =
        intake_papers_bring(intake_item_of(turn->memory, row), brought, &papers, turn->arena);
    if (!is_ok(outcome))
        return outcome;
    if (brought->n_materials + brought->n_verdicts > 0) {
        trigger.papers = &papers;
        trigger.brought = brought;
    }
    outcome = intake_move_case(turn, row, &trigger);
    if (is_ok(outcome))
        answer_checked(turn, call, row);
    return outcome;
}

struct outcome intake_check(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Check *check = call->message;
    struct brought brought = {.verdicts = check->verdicts, .n_verdicts = check->n_verdicts};
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_serves, &row);
    return is_ok(outcome) ? move_with(turn, call, row, ON_CHECK, &brought) : outcome;
}

struct outcome intake_supplement(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Supplement *supplement = call->message;
    struct brought brought = {.materials = supplement->materials,
                              .n_materials = supplement->n_materials,
                              .verdicts = supplement->verdicts,
                              .n_verdicts = supplement->n_verdicts};
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_serves, &row);
    return is_ok(outcome) ? move_with(turn, call, row, ON_SUPPLEMENT, &brought) : outcome;
}

/* ---- Refuse, Finish */

struct outcome intake_refuse(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Refuse *refusal = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (!is_ok(outcome))
        return outcome;
    return intake_move_case(turn, row,
                            &(struct trigger){
                                .on = ON_REFUSE,
                                .at_ms = turn->now_ms,
                                .ground = (int16_t)refusal->ground,
                                .reason = refusal->reason,
                                .right_authority = refusal->right_authority,
                            });
}

/* RULE H4: what a window may finish alone is finished in the same visit. */
struct outcome intake_finish(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Finish *finish = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (!is_ok(outcome))
        return outcome;
    if (!intake_item_immediate(&intake_item_of(turn->memory, row)->row))
        return refuse(ONEDOOR__REASON__NOT_IMMEDIATE,
                      "the item is decided by its departments, not at the window");
    struct trigger trigger = {
        .on = finish->granted ? ON_GRANT : ON_DENY,
        .at_ms = turn->now_ms,
        .reason = finish->reason,
    };
    outcome = intake_move_case(turn, row, &trigger);
    if (is_ok(outcome)) {
        Onedoor__Intake__FinishReply *reply =
            TURN_REPLY(turn, call, Onedoor__Intake__FinishReply, onedoor__intake__finish_reply);
        reply->state = (Onedoor__Intake__CaseState)row->state;
    }
    return outcome;
}

/* ---- Withdraw, Terminate */

/* The applicant's own will, said at a window. */
struct outcome intake_withdraw(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Withdraw *withdraw = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_serves, &row);
    if (!is_ok(outcome))
        return outcome;
    return intake_move_case(
        turn, row,
        &(struct trigger){.on = ON_WITHDRAW, .at_ms = turn->now_ms, .reason = withdraw->reason});
}

struct outcome intake_terminate(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Terminate *terminate = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_serves, &row);
    if (!is_ok(outcome))
        return outcome;
    return intake_move_case(
        turn, row,
        &(struct trigger){.on = ON_TERMINATE, .at_ms = turn->now_ms, .reason = terminate->reason});
}

/* RULE H21: what they show or say of a person is sealed wherever it is kept. */
const ProtobufCMessageDescriptor *const intake_personal[] = {
    &onedoor__intake__view_applicant__descriptor, &onedoor__intake__recall_applicant__descriptor,
    &onedoor__intake__print_slip__descriptor,     &onedoor__intake__amend__descriptor,
    &onedoor__intake__add_piece__descriptor,      NULL,
};

/* ---- which command may come from whom, and who sees to it */

/* Who sits at a window to which visitors are called. */
#define CALLERS (ROLE(WINDOW_CLERK) | ROLE(CASHIER))

/* RULE H6: whoever may be asked. */
#define ANSWERERS                                                                                  \
    (CALLERS | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CITY_DESK) | ROLE(SUPERVISOR) |       \
     ROLE(COMPLAINT_OFFICER) | ROLE(BUSINESS_MANAGER))

/* clang-format off */
const struct route intake_routes[] = {
    {&onedoor__intake__submit__descriptor,         ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(PUBLIC), /* RULE L29 */         intake_need_submit,       intake_submit},
    {&onedoor__intake__check__descriptor,          ROLE(WINDOW_CLERK),           intake_need_case,         intake_check},
    {&onedoor__intake__supplement__descriptor,     ROLE(WINDOW_CLERK),     intake_need_case,         intake_supplement},
    {&onedoor__intake__ask_again__descriptor,      ROLE(WINDOW_CLERK),     intake_need_ask_again,    intake_ask_again},
    {&onedoor__intake__refuse__descriptor,         ROLE(WINDOW_CLERK),         intake_need_case,         intake_refuse},
    {&onedoor__intake__finish__descriptor,         ROLE(WINDOW_CLERK),         intake_need_case,         intake_finish},
    {&onedoor__intake__withdraw__descriptor,       ROLE(WINDOW_CLERK),       intake_need_case,         intake_withdraw},
    {&onedoor__intake__terminate__descriptor,      ROLE(DEPARTMENT_LEAD) | ROLE(BUSINESS_MANAGER),      intake_need_case,         intake_terminate},
    {&onedoor__intake__deliver__descriptor,        ROLE(WINDOW_CLERK),        intake_need_deliver,      intake_deliver},
    {&onedoor__intake__take_back__descriptor,      ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD), intake_need_case, intake_take_back},
    {&onedoor__intake__amend__descriptor,          ROLE(WINDOW_CLERK),        intake_need_amend,        intake_amend},
    {&onedoor__intake__view_applicant__descriptor, ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CASHIER), /* RULE H21 */ intake_need_applicant,    intake_view_applicant},
    {&onedoor__intake__begin_scan__descriptor,     ROLE(WINDOW_CLERK) | ROLE(PUBLIC),  intake_need_scan,         intake_begin_scan},
    {&onedoor__intake__add_piece__descriptor,      ROLE(WINDOW_CLERK) | ROLE(PUBLIC),  intake_need_scan,         intake_add_piece},
    {&onedoor__intake__view_scan__descriptor,      ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD), /* RULE H21 */ intake_need_view_scan, intake_view_scan},
    {&onedoor__intake__recall_applicant__descriptor, ROLE(WINDOW_CLERK), /* RULE H21 */         intake_need_recall,       intake_recall},
    {&onedoor__intake__print_slip__descriptor,     ROLE(WINDOW_CLERK) | ROLE(CASHIER) | ROLE(BUSINESS_MANAGER), intake_need_print, intake_print},
    {&onedoor__intake__search_cases__descriptor,   ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CASHIER), /* RULE H21 */ intake_need_search, intake_search},
    {&onedoor__intake__take_ticket__descriptor,    ROLE(PUBLIC) | CALLERS,   intake_need_take_ticket,  intake_take_ticket},
    {&onedoor__intake__leave_queue__descriptor,    ROLE(PUBLIC) | CALLERS,   intake_need_leave_queue,  intake_leave_queue},
    {&onedoor__intake__call_next__descriptor,      CALLERS,                  intake_need_call,         intake_call_next},
    {&onedoor__intake__call_again__descriptor,     CALLERS,                  intake_need_call,         intake_call_again},
    {&onedoor__intake__pass_over__descriptor,      CALLERS,                  intake_need_call,         intake_pass_over},
    {&onedoor__intake__finish_ticket__descriptor,  CALLERS,                  intake_need_call,         intake_finish_ticket},
    {&onedoor__intake__transfer_ticket__descriptor, CALLERS,                 intake_need_transfer_ticket, intake_transfer_ticket},
    {&onedoor__intake__take_question__descriptor,  ANSWERERS,                intake_need_take_question, intake_take_question},
    {&onedoor__intake__answer_question__descriptor, ANSWERERS,               intake_need_question,     intake_answer_question},
    {&onedoor__intake__send_question_on__descriptor, ANSWERERS,              intake_need_question,     intake_send_question_on},
    {&onedoor__intake__give_question_up__descriptor, ANSWERERS,              intake_need_question,     intake_give_question_up},
    {&onedoor__intake__ask_looks__descriptor,      ROLE(WINDOW_CLERK), /* RULE H21 */ intake_need_search, intake_ask_looks},
    {&onedoor__intake__publish_item__descriptor,   ROLE(BUSINESS_MANAGER), /* RULE H11 */   intake_need_publish_item, intake_publish_item},
    {&onedoor__intake__set_department__descriptor, ROLE(BUSINESS_MANAGER), /* RULE H11 */   intake_need_set_department, intake_set_department},
    {&onedoor__intake__publish_calendar__descriptor, ROLE(BUSINESS_MANAGER), /* RULE L82 */ intake_need_publish_calendar, intake_publish_calendar},
    {&onedoor__intake__correct_day__descriptor,    ROLE(BUSINESS_MANAGER), /* RULE L82 */   intake_need_publish_calendar, intake_correct_day},
    {&onedoor__intake__set_window__descriptor,     ROLE(BUSINESS_MANAGER),     intake_need_set_window,   intake_set_window},
    APPROVAL_ROUTES,
    {NULL, 0, NULL, NULL},
};
/* clang-format on */

/* RULE H22 */
const struct seconded intake_seconded[] = {
    {&onedoor__intake__ask_again__descriptor, ROLE(DEPARTMENT_LEAD)},
    {&onedoor__intake__take_back__descriptor, ROLE(DEPARTMENT_LEAD) | ROLE(BUSINESS_MANAGER)},
    {NULL, 0},
};
