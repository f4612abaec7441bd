/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/cases.h"

#include "common/base/panic.h"
#include "common/rows/clock_message.h"
#include "common/values/clock.h"
#include "services/intake/materials.h"
#include "services/intake/say.h"

enum { ANSWER_DAYS = 5 }; /* RULE L32.4 */

/* ---- a case and its item */

void intake_want_case(struct turn *turn, int64_t number)
{
    rows_want(turn, &intake_case_table,
              &(struct case_row){.centre = turn->centre, .number = number});
}

struct case_row *intake_case(struct turn *turn, int64_t number)
{
    return rows_find(turn, &intake_case_table,
                     &(struct case_row){.centre = turn->centre, .number = number});
}

const struct item_version *intake_item_of(const struct catalogue *catalogue,
                                          const struct case_row *row)
{
    const struct item_version *item = intake_item_version(catalogue, row->item, row->item_version);
    must(item != NULL); /* versions are never removed */
    return item;
}

int64_t intake_promise(const struct catalogue *catalogue, const struct case_row *row)
{
    bool called_off = row->state == CASE_WITHDRAWN || row->state == CASE_TERMINATED;
    if (row->accepted_ms == 0 || called_off)
        return 0;
    const struct item_row *item = &intake_item_of(catalogue, row)->row;
    return intake_days_after(catalogue, row->accepted_ms,
                             intake_promised_days(item, row->fast_lane));
}

int64_t intake_answer_due(const struct catalogue *catalogue, int64_t received_ms)
{
    return intake_days_after(catalogue, received_ms, ANSWER_DAYS);
}

/* ---- what is said */

struct tale {
    struct turn *turn;
    struct case_row *row;
    const struct item_version *item;
    const struct happening *what;
};

static void say(const struct tale *tale, const ProtobufCMessage *message)
{
    turn_say(tale->turn, tale->row->number, message);
}

static void say_accepted_as_of(const struct tale *tale, int64_t accepted_ms, bool deemed)
{
    const struct item_row *item = &tale->item->row;
    const struct catalogue *catalogue = tale->turn->memory;
    Onedoor__Intake__CaseAccepted accepted = ONEDOOR__INTAKE__CASE_ACCEPTED__INIT;
    Onedoor__Clock wire_clock = ONEDOOR__CLOCK__INIT;
    tale->row->accepted_ms = accepted_ms;
    accepted.item = (char *)item->code;
    accepted.item_version = item->version;
    accepted.department = (char *)item->department;
    accepted.window = tale->row->window;
    accepted.fast_lane = tale->row->fast_lane;
    accepted.immediate = intake_item_immediate(item);
    accepted.promised_days = intake_promised_days(item, tale->row->fast_lane);
    accepted.statutory_days = item->statutory_days;
    accepted.has_fee = item->has_fee;
    accepted.n_facts = intake_facts_unpack(tale->row->facts, tale->turn->arena, &accepted.facts);
    accepted.deemed = deemed;
    accepted.accepted_ms = accepted_ms;
    if (accepted.immediate) {
        struct clock clock = {0};
        clock_start(&clock, &catalogue->calendar, accepted_ms, accepted.promised_days);
        clock_message_write(&clock, &catalogue->calendar, &wire_clock);
        accepted.clock = &wire_clock;
    }
    say(tale, &accepted.base);
}

static void say_accepted(const struct tale *tale)
{
    say_accepted_as_of(tale, tale->what->at_ms, false);
}

/* RULE L32.4: not said in five working days: accepted as of the day of receipt. */
static void say_accepted_by_silence(const struct tale *tale)
{
    say_accepted_as_of(tale, tale->row->received_ms, true);
}

/* RULE L32.4: once, everything. */
static void say_what_is_missing(const struct tale *tale)
{
    const struct catalogue *catalogue = tale->turn->memory;
    Onedoor__Intake__CorrectionAsked asked = ONEDOOR__INTAKE__CORRECTION_ASKED__INIT;
    tale->row->asked_ms = tale->what->at_ms;
    asked.n_missing =
        intake_missing_message(tale->item, tale->row->materials, tale->turn->arena, &asked.missing);
    asked.due_ms = intake_days_after(catalogue, tale->row->asked_ms, catalogue->correction_days);
    say(tale, &asked.base);
}

static void write_ending(const struct tale *tale)
{
    const struct happening *what = tale->what;
    bool named = what->right_authority != NULL && what->right_authority[0] != '\0';
    rows_add(tale->turn, &intake_ending_table,
             &(struct ending_row){
                 .centre = tale->turn->centre,
                 .number = tale->row->number,
                 .ground = what->ground,
                 .reason = what->reason,
                 .right_authority = named ? what->right_authority : NULL,
                 .at_ms = what->at_ms,
             });
}

/* RULE L32.2, L32.6: in writing, with its ground, and the right authority where there is one. */
static void say_refused(const struct tale *tale)
{
    Onedoor__Intake__CaseRefused refused = ONEDOOR__INTAKE__CASE_REFUSED__INIT;
    write_ending(tale);
    refused.ground = (Onedoor__Intake__RefusalGround)tale->what->ground;
    refused.reason = (char *)tale->what->reason;
    refused.right_authority = (char *)tale->what->right_authority;
    say(tale, &refused.base);
}

static void say_granted(const struct tale *tale)
{
    const struct item_row *item = &tale->item->row;
    Onedoor__Intake__CaseGranted granted = ONEDOOR__INTAKE__CASE_GRANTED__INIT;
    tale->row->decided_ms = tale->what->at_ms;
    tale->row->granted = true;
    granted.item = (char *)item->code;
    granted.item_version = item->version;
    granted.department = (char *)item->department;
    granted.has_fee = item->has_fee;
    granted.n_facts = intake_facts_unpack(tale->row->facts, tale->turn->arena, &granted.facts);
    say(tale, &granted.base);
}

/* RULE L38: with its reason. */
static void say_denied(const struct tale *tale)
{
    Onedoor__Intake__CaseDenied denied = ONEDOOR__INTAKE__CASE_DENIED__INIT;
    tale->row->decided_ms = tale->what->at_ms;
    write_ending(tale);
    denied.reason = (char *)tale->what->reason;
    say(tale, &denied.base);
}

static void say_closed(const struct tale *tale)
{
    Onedoor__Intake__CaseClosed closed = ONEDOOR__INTAKE__CASE_CLOSED__INIT;
    tale->row->closed_ms = tale->what->at_ms;
    closed.granted = tale->row->granted;
    closed.accepted_ms = tale->row->accepted_ms;
    say(tale, &closed.base);
}

static void say_delivered(const struct tale *tale)
{
    Onedoor__Intake__CaseDelivered delivered = ONEDOOR__INTAKE__CASE_DELIVERED__INIT;
    tale->row->delivered_ms = tale->what->at_ms;
    tale->row->delivery = tale->what->delivery;
    tale->row->delivery_receipt = tale->what->delivery_receipt;
    delivered.how = (Onedoor__Intake__Delivery)tale->what->delivery;
    say(tale, &delivered.base);
}

static void say_withdrawn(const struct tale *tale)
{
    Onedoor__Intake__CaseWithdrawn withdrawn = ONEDOOR__INTAKE__CASE_WITHDRAWN__INIT;
    write_ending(tale);
    withdrawn.reason = (char *)tale->what->reason;
    say(tale, &withdrawn.base);
}

static void say_terminated(const struct tale *tale)
{
    Onedoor__Intake__CaseTerminated terminated = ONEDOOR__INTAKE__CASE_TERMINATED__INIT;
    write_ending(tale);
    terminated.reason = (char *)tale->what->reason;
    say(tale, &terminated.base);
}

static void (*const effects[CASE_EFFECTS])(const struct tale *) = {
    [SAY_ACCEPTED] = say_accepted,
    [SAY_ACCEPTED_BY_SILENCE] = say_accepted_by_silence,
    [SAY_WHAT_IS_MISSING] = say_what_is_missing,
    [SAY_REFUSED] = say_refused,
    [SAY_GRANTED] = say_granted,
    [SAY_DENIED] = say_denied,
    [SAY_CLOSED] = say_closed,
    [SAY_DELIVERED] = say_delivered,
    [SAY_WITHDRAWN] = say_withdrawn,
    [SAY_TERMINATED] = say_terminated,
};

/* ---- what happens */

static unsigned facts_of(const struct tale *tale, struct bytes ticks)
{
    const struct catalogue *catalogue = tale->turn->memory;
    const struct happening *what = tale->what;
    unsigned facts = 0;
    if (intake_materials_complete(tale->item, ticks))
        facts |= IF_COMPLETE;
    if (!intake_item_immediate(&tale->item->row))
        facts |= IF_PROMISED;
    if (tale->item->row.has_fee)
        facts |= IF_FEE;
    if (what->on != ON_REFUSE)
        return facts;
    int64_t asked_ms = tale->row->asked_ms;
    if (what->ground != ONEDOOR__INTAKE__REFUSAL_GROUND__NEVER_CORRECTED)
        facts |= IF_NOT_FIT;
    else if (asked_ms != 0 &&
             what->at_ms > intake_days_after(catalogue, asked_ms, catalogue->correction_days))
        facts |= IF_TIME_UP;
    return facts;
}

static void take(const struct tale *tale, const struct move *move)
{
    tale->row->state = (int16_t)moves_to(move, tale->row->state);
    if (effects[move->then] != NULL)
        effects[move->then](tale);
}

static bool changes_nothing(const struct tale *tale, const struct move *move)
{
    return moves_to(move, tale->row->state) == tale->row->state && move->then == SAY_NOTHING &&
           tale->what->materials.data == NULL;
}

struct outcome intake_happen(struct turn *turn, struct case_row *row, const struct happening *what)
{
    const struct tale tale = {turn, row, intake_item_of(turn->memory, row), what};
    struct bytes ticks = what->materials.data != NULL ? what->materials : row->materials;
    unsigned facts = facts_of(&tale, ticks);
    const struct move *move = moves_find(&intake_moves, row->state, what->on, facts);
    struct outcome outcome = moves_outcome(move);
    if (!is_ok(outcome) || changes_nothing(&tale, move))
        return outcome;
    rows_touch(turn, &intake_case_table, row);
    row->materials = ticks;
    for (; is_ok(moves_outcome(move));
         move = moves_find(&intake_moves, row->state, ON_ITS_OWN, facts))
        take(&tale, move);
    if (row->state != CASE_RECEIVED)
        row->answer_due_ms = 0; /* something was said */
    return OUTCOME_OK;
}
