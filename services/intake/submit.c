/* SPDX-License-Identifier: Apache-2.0 */
/* submit.c: the one door: a case is taken in. */
#include <string.h>

#include "common/base/panic.h"
#include "common/values/case_number.h"
#include "common/wire/revision.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/papers.h"
#include "services/intake/person.h"
#include "services/intake/say.h"
#include "services/intake/ticket.h"

static const struct catalogue *catalogue_of(const struct turn *turn)
{
    return turn->memory;
}

/* ---- the number */

static struct ymd today(const struct turn *turn)
{
    return day_to_ymd(calendar_day(&catalogue_of(turn)->calendar, turn->now_ms));
}

/* One counter a day, named by the day, so that old ones can be pruned. */
static const char *serial_name(struct turn *turn)
{
    struct ymd day = today(turn);
    return arena_printf(turn->arena, "case %02d%02d%02d", day.year % 100, day.month, day.day);
}

static int64_t next_number(struct turn *turn)
{
    struct ymd day = today(turn);
    int64_t number =
        case_number_make(day.year % 100, day.month, day.day, turn_count(turn, serial_name(turn)));
    must(number != 0);
    return number;
}

/* ---- may it come in? */

static struct outcome check_window(const struct catalogue *catalogue, const struct actor *actor)
{
    const struct window_row *window = intake_window(catalogue, actor->window);
    if (actor->window != 0 &&
        (window == NULL || strcmp(window->department, actor->department) != 0))
        return refuse(ONEDOOR__REASON__UNKNOWN_WINDOW, "this is none of the department's windows");
    if (window != NULL && strcmp(window->status, "closed") == 0)
        return refuse(ONEDOOR__REASON__WINDOW_CLOSED, "no business is done at this window now");
    return OUTCOME_OK;
}

/* RULE L29: the public applies electronically by itself, and otherwise through a window. */
static struct outcome check_public(const Onedoor__Intake__Submit *submit)
{
    bool electronic = submit->channel == ONEDOOR__INTAKE__CHANNEL__ONLINE ||
                      submit->channel == ONEDOOR__INTAKE__CHANNEL__MOBILE;
    if (!electronic)
        return deny(ONEDOOR__REASON__NOT_ALLOWED,
                    "the public applies online or by mobile; the rest is entered at a window");
    if (submit->n_verdicts > 0)
        return deny(ONEDOOR__REASON__NOT_ALLOWED, "the hall judges papers, not the public");
    if (submit->fast_lane)
        return deny(ONEDOOR__REASON__NOT_ALLOWED,
                    "the hall marks what goes by the fast lane"); /* RULE H9 */
    return OUTCOME_OK;
}

/* What is not applied for starts from its department, not at a window, and nothing else does. */
static struct outcome check_beginning(const struct item_row *item, const struct call *call)
{
    const Onedoor__Intake__Submit *submit = call->message;
    unsigned departments = ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD);
    bool begins = (departments >> call->actor->role & 1) != 0;
    if (item->by_department != begins)
        return refuse(ONEDOOR__REASON__BEGUN_BY_DEPARTMENT,
                      begins ? "this item is applied for at a window"
                             : "nobody applies for this item: its department begins the case");
    if (begins != (submit->channel == ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "channel",
                       "a case comes by its department only where nobody applies");
    return OUTCOME_OK;
}

static struct outcome check_item(const struct catalogue *catalogue, const struct item_version *item,
                                 const struct call *call, struct arena *arena)
{
    if (item == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item");
    if (!item->row.offered)
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED,
                      "the item has left the hall"); /* RULE H11 */
    if (item->row.suspended)
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED,
                      "the item is suspended: nothing is taken in for the time being");
    struct outcome outcome = check_beginning(&item->row, call);
    if (is_ok(outcome) && call->actor->role == ONEDOOR__ROLE__PUBLIC)
        return check_public(call->message);
    if (is_ok(outcome))
        outcome = intake_serves(catalogue, call->actor, &item->row, arena);
    return is_ok(outcome) ? check_window(catalogue, call->actor) : outcome;
}

/* The ticket is the one that was called to this window; it may be served already. */
static struct outcome check_ticket(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__Submit *submit = call->message;
    const char *queue = ticket_queue_of(turn->memory, call->actor->window);
    if (submit->ticket == 0)
        return OUTCOME_OK;
    const struct ticket_row *row = queue == NULL ? NULL : ticket_find(turn, queue, submit->ticket);
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_TICKET,
                         "no ticket of today in this window's queue has this number");
    bool was_here = row->state == TICKET_CALLED || row->state == TICKET_SERVED;
    if (!was_here || row->window != call->actor->window)
        return refuse(ONEDOOR__REASON__TICKET_ELSEWHERE,
                      "the ticket was not called to this window");
    return OUTCOME_OK;
}

/* ---- what will it cost? */

struct outcome intake_check_facts(struct turn *turn, const char *item,
                                  Onedoor__FeeFact *const *facts, size_t n_facts)
{
    const struct catalogue *catalogue = catalogue_of(turn);
    struct day day = calendar_day(&catalogue->calendar, turn->now_ms);
    size_t n;
    const struct counted_fee *fees = intake_counted_fees(catalogue, item, day, turn->arena, &n);

    return fee_facts_check(facts, n_facts, fees, n, turn->arena);
}

/* ---- taken in */

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static void say_received(struct turn *turn, const struct case_row *row, const struct item_row *item,
                         const Onedoor__Intake__Applicant *applicant)
{
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;
    received.item = (char *)row->item;
    received.item_version = row->item_version;
    received.department = (char *)item->department;
    received.window = row->window;
    received.channel = (Onedoor__Intake__Channel)row->channel;
    received.fast_lane = row->fast_lane;
    received.applicant_kind = applicant->kind;
    received.document_seen = applicant->document_seen || applicant->agent_document_seen;
    received.summary = (char *)(row->summary == NULL ? "" : row->summary);
    received.ticket = row->ticket;
    turn_say(turn, row->number, &received.base);
}

static void add_applicant(struct turn *turn, int64_t number,
                          const Onedoor__Intake__Applicant *applicant)
{
    struct applicant_row row = {.centre = turn->centre,
                                .number = number,
                                .kind = (int16_t)applicant->kind,
                                .kept_from_ms = turn->now_ms};
    person_fill(turn->seal, &row, applicant, turn->arena);
    rows_add(turn, &intake_applicant_table, &row);
}

static struct case_row *receive(struct turn *turn, const struct call *call,
                                const struct item_version *item, const struct papers *papers,
                                const Onedoor__Intake__Applicant *applicant)
{
    const Onedoor__Intake__Submit *submit = call->message;
    struct case_row row = {
        .centre = turn->centre,
        .number = next_number(turn),
        .item = item->row.code,
        .item_version = item->row.version, /* RULE H11 */
        .window = (int16_t)call->actor->window,
        .channel = (int16_t)submit->channel,
        .fast_lane = submit->fast_lane,
        .summary = or_null(submit->summary),
        .ticket = submit->ticket,
        .facts = intake_facts_pack(submit->facts, submit->n_facts, turn->arena),
        .received_ms = turn->now_ms,
        .state = CASE_RECEIVED,
        .materials = papers->materials,
        .papers = papers->said,
        .answer_due_ms = intake_answer_due(catalogue_of(turn), turn->now_ms),
    };
    struct case_row *added = rows_add(turn, &intake_case_table, &row);
    add_applicant(turn, row.number, applicant);
    intake_know(turn, call, applicant, added);
    say_received(turn, added, &item->row, applicant);
    return added;
}

static void answer(struct turn *turn, struct call *call, const struct case_row *row,
                   const struct item_version *item)
{
    Onedoor__Intake__SubmitReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__SubmitReply, onedoor__intake__submit_reply);
    reply->case_number = row->number;
    reply->state = (Onedoor__Intake__CaseState)row->state;
    reply->due_ms = intake_promise(catalogue_of(turn), row);
    reply->due_provisional = calendar_provisional_due(&catalogue_of(turn)->calendar, reply->due_ms);
    reply->code = intake_slip_code(catalogue_of(turn), row->number, turn->arena);
    if (row->state == CASE_CORRECTION)
        reply->n_missing = intake_missing_message(
            item, &(struct papers){row->materials, row->papers}, turn->arena, &reply->missing);
}

void intake_need_submit(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__Submit *submit = call->message;
    turn_want_counter(turn, serial_name(turn));
    intake_want_known(turn, submit->applicant->document);
    const char *queue = ticket_queue_of(turn->memory, call->actor->window);
    if (submit->ticket != 0 && queue != NULL)
        ticket_want_queue(turn, queue);
}

struct outcome intake_submit(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Submit *submit = call->message;
    const struct item_version *item = intake_item_on(
        turn->memory, submit->item, calendar_day(&catalogue_of(turn)->calendar, turn->now_ms));
    Onedoor__Intake__Applicant applicant;
    struct outcome outcome = check_item(turn->memory, item, call, turn->arena);
    if (is_ok(outcome))
        outcome = revision_check(submit, item->row.version);
    if (is_ok(outcome))
        outcome = check_ticket(turn, call);
    if (is_ok(outcome))
        outcome = intake_admit(turn, call, &item->row, &applicant);
    if (is_ok(outcome))
        outcome = intake_check_facts(turn, submit->item, submit->facts, submit->n_facts);
    if (is_ok(outcome) && submit->once && intake_applied_today(turn, &applicant, submit->item) != 0)
        outcome = refuse(ONEDOOR__REASON__ALREADY_APPLIED,
                         "this applicant has applied for this item today already");
    struct papers papers = {{NULL, 0}, {NULL, 0}};
    const struct brought brought = {.materials = submit->materials,
                                    .n_materials = submit->n_materials,
                                    .verdicts = submit->verdicts,
                                    .n_verdicts = submit->n_verdicts,
                                    .by = call->actor->id,
                                    .at_ms = turn->now_ms};
    if (is_ok(outcome))
        outcome = intake_papers_bring(item, &brought, &papers, turn->arena);
    if (!is_ok(outcome))
        return outcome;

    struct case_row *row = receive(turn, call, item, &papers, &applicant);
    intake_say_mended(turn, row, item, &brought);
    if (submit->check && call->actor->role != ONEDOOR__ROLE__PUBLIC)
        outcome =
            intake_move_case(turn, row, &(struct trigger){.on = ON_CHECK, .at_ms = turn->now_ms});
    must(is_ok(outcome)); /* a received case can always be checked */
    turn_wake(turn, row->answer_due_ms);
    answer(turn, call, row, item);
    return OUTCOME_OK;
}
