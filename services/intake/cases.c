/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/cases.h"

#include "common/base/panic.h"
#include "common/rows/clock_message.h"
#include "common/values/clock.h"
#include "services/intake/materials.h"
#include "services/intake/say.h"

void intake_say_mended(struct turn *turn, const struct case_row *row,
                       const struct item_version *item, const struct brought *brought)
{
    for (size_t i = 0; i < brought->n_verdicts; i++) {
        const Onedoor__Intake__PaperVerdict *verdict = brought->verdicts[i];
        if (verdict->verdict != ONEDOOR__INTAKE__VERDICT__MENDED)
            continue;
        Onedoor__Intake__PaperMended mended = ONEDOOR__INTAKE__PAPER_MENDED__INIT;
        mended.seq = verdict->seq;
        mended.name_zh = (char *)item->materials[verdict->seq - 1].name_zh;
        mended.fault = verdict->fault;
        mended.note = verdict->note;
        turn_say(turn, row->number, &mended.base);
    }
}

/* ---- what is done on the way, and said */

/* A case on its way through a move. */
struct transition {
    struct turn *turn;
    struct case_row *row;
    const struct item_version *item;
    const struct trigger *trigger;
};

static void say(const struct transition *t, const ProtobufCMessage *message)
{
    turn_say(t->turn, t->row->number, message);
}

/* RULE H4: of an immediate item, from its acceptance on. */
static Onedoor__Clock *visit_clock(const struct transition *t, Onedoor__Clock *message)
{
    const struct catalogue *catalogue = t->turn->memory;
    struct clock clock = {0};
    clock_start(&clock, &catalogue->calendar, t->row->accepted_ms,
                intake_promised_days(&t->item->row, t->row->fast_lane));
    clock_message_write(&clock, &catalogue->calendar, message);
    return message;
}

static void say_accepted_as_of(const struct transition *t, int64_t accepted_ms, bool deemed)
{
    const struct item_row *item = &t->item->row;
    Onedoor__Intake__CaseAccepted accepted = ONEDOOR__INTAKE__CASE_ACCEPTED__INIT;
    Onedoor__Clock wire_clock = ONEDOOR__CLOCK__INIT;
    t->row->accepted_ms = accepted_ms;
    accepted.item = (char *)item->code;
    accepted.item_version = item->version;
    accepted.department = (char *)item->department;
    accepted.window = t->row->window;
    accepted.fast_lane = t->row->fast_lane;
    accepted.immediate = intake_item_immediate(item);
    accepted.promised_days = intake_promised_days(item, t->row->fast_lane);
    accepted.statutory_days = item->statutory_days;
    accepted.has_fee = item->has_fee;
    accepted.survey = (Onedoor__Intake__SurveyKind)item->survey;
    accepted.n_facts = intake_facts_unpack(t->row->facts, t->turn->arena, &accepted.facts);
    accepted.deemed = deemed;
    accepted.accepted_ms = accepted_ms;
    if (accepted.immediate)
        accepted.clock = visit_clock(t, &wire_clock);
    say(t, &accepted.base);
}

static void say_accepted(const struct transition *t)
{
    say_accepted_as_of(t, t->trigger->at_ms, false);
}

/* RULE L32.4: not said in five working days: accepted as of the day of receipt. */
static void say_accepted_by_silence(const struct transition *t)
{
    say_accepted_as_of(t, t->row->received_ms, true);
}

/* RULE L32.4: once, everything. */
static void say_what_is_missing(const struct transition *t)
{
    const struct catalogue *catalogue = t->turn->memory;
    Onedoor__Intake__CorrectionAsked asked = ONEDOOR__INTAKE__CORRECTION_ASKED__INIT;
    t->row->asked_ms = t->trigger->at_ms;
    asked.n_missing =
        intake_missing_message(t->item, &(struct papers){t->row->materials, t->row->papers},
                               t->turn->arena, &asked.missing);
    asked.due_ms = intake_days_after(catalogue, t->row->asked_ms, catalogue->correction_days);
    asked.reason = (char *)t->trigger->reason;
    asked.approved_by = (char *)t->trigger->approved_by;
    say(t, &asked.base);
}

/* RULE L32.4, H22: again everything, with the whole time to bring it, and who agreed. */
static void say_asked_again(const struct transition *t)
{
    const struct trigger *trigger = t->trigger;
    rows_add(t->turn, &intake_asked_again_table,
             &(struct asked_again_row){
                 .centre = t->turn->centre,
                 .number = t->row->number,
                 .reason = trigger->reason,
                 .actor = t->turn->speaker,
                 .approved_by = trigger->approved_by,
                 .at_ms = trigger->at_ms,
             });
    say_what_is_missing(t);
}

static void write_ending(const struct transition *t)
{
    const struct trigger *trigger = t->trigger;
    bool named = trigger->right_authority != NULL && trigger->right_authority[0] != '\0';
    rows_add(t->turn, &intake_ending_table,
             &(struct ending_row){
                 .centre = t->turn->centre,
                 .number = t->row->number,
                 .round = t->row->round,
                 .ground = trigger->ground,
                 .reason = trigger->reason,
                 .right_authority = named ? trigger->right_authority : NULL,
                 .at_ms = trigger->at_ms,
             });
}

/* RULE L32.2, L32.6: in writing, with its ground, and the right authority where there is one. */
static void say_refused(const struct transition *t)
{
    Onedoor__Intake__CaseRefused refused = ONEDOOR__INTAKE__CASE_REFUSED__INIT;
    write_ending(t);
    refused.ground = (Onedoor__Intake__RefusalGround)t->trigger->ground;
    refused.reason = (char *)t->trigger->reason;
    refused.right_authority = (char *)t->trigger->right_authority;
    say(t, &refused.base);
}

static void say_granted(const struct transition *t)
{
    const struct item_row *item = &t->item->row;
    Onedoor__Intake__CaseGranted granted = ONEDOOR__INTAKE__CASE_GRANTED__INIT;
    t->row->decided_ms = t->trigger->at_ms;
    t->row->granted = true;
    granted.item = (char *)item->code;
    granted.item_version = item->version;
    granted.department = (char *)item->department;
    granted.has_fee = item->has_fee;
    granted.round = t->row->round;
    granted.n_facts = intake_facts_unpack(t->row->facts, t->turn->arena, &granted.facts);
    say(t, &granted.base);
}

/* RULE L38: with its reason. */
static void say_denied(const struct transition *t)
{
    Onedoor__Intake__CaseDenied denied = ONEDOOR__INTAKE__CASE_DENIED__INIT;
    t->row->decided_ms = t->trigger->at_ms;
    write_ending(t);
    denied.reason = (char *)t->trigger->reason;
    denied.round = t->row->round;
    say(t, &denied.base);
}

static void say_closed(const struct transition *t)
{
    Onedoor__Intake__CaseClosed closed = ONEDOOR__INTAKE__CASE_CLOSED__INIT;
    t->row->closed_ms = t->trigger->at_ms;
    closed.granted = t->row->granted;
    closed.accepted_ms = t->row->accepted_ms;
    say(t, &closed.base);
}

static void say_delivered(const struct transition *t)
{
    Onedoor__Intake__CaseDelivered delivered = ONEDOOR__INTAKE__CASE_DELIVERED__INIT;
    t->row->delivered_ms = t->trigger->at_ms;
    t->row->delivery = t->trigger->delivery;
    t->row->delivery_receipt = t->trigger->delivery_receipt;
    t->row->collector = t->trigger->collector;
    delivered.collector = (Onedoor__Intake__Collector)t->trigger->collector;
    delivered.how = (Onedoor__Intake__Delivery)t->trigger->delivery;
    say(t, &delivered.base);
}

static void say_withdrawn(const struct transition *t)
{
    Onedoor__Intake__CaseWithdrawn withdrawn = ONEDOOR__INTAKE__CASE_WITHDRAWN__INIT;
    write_ending(t);
    withdrawn.reason = (char *)t->trigger->reason;
    withdrawn.round = t->row->round;
    say(t, &withdrawn.base);
}

static void say_terminated(const struct transition *t)
{
    Onedoor__Intake__CaseTerminated terminated = ONEDOOR__INTAKE__CASE_TERMINATED__INIT;
    write_ending(t);
    terminated.reason = (char *)t->trigger->reason;
    terminated.round = t->row->round;
    say(t, &terminated.base);
}

static void say_amended(const struct transition *t)
{
    const struct amendment_row *changes = t->trigger->amendment;
    Onedoor__Intake__CaseAmended amended = ONEDOOR__INTAKE__CASE_AMENDED__INIT;
    t->row->amended = changes->no;
    if (changes->facts) {
        t->row->facts = t->trigger->facts;
        amended.n_facts = intake_facts_unpack(t->row->facts, t->turn->arena, &amended.facts);
        amended.round = ++t->row->round;
    }
    amended.name = changes->name;
    amended.phone = changes->phone;
    amended.address = changes->address;
    amended.facts_changed = changes->facts;
    amended.reason = (char *)changes->reason;
    say(t, &amended.base);
}

/* As it was when it was accepted; its time has run on, for the mistake was the hall's. */
static void say_decision_taken_back(const struct transition *t)
{
    const struct item_row *item = &t->item->row;
    Onedoor__Intake__DecisionTakenBack back = ONEDOOR__INTAKE__DECISION_TAKEN_BACK__INIT;
    back.item = (char *)item->code;
    back.department = (char *)item->department;
    back.granted = t->row->granted;
    back.has_fee = item->has_fee;
    back.immediate = intake_item_immediate(item);
    back.accepted_ms = t->row->accepted_ms;
    back.promised_days = intake_promised_days(&t->item->row, t->row->fast_lane);
    back.reason = (char *)t->trigger->reason;
    back.approved_by = (char *)t->trigger->approved_by;
    back.round = ++t->row->round;
    t->row->granted = false;
    t->row->decided_ms = 0;
    t->row->closed_ms = 0;
    say(t, &back.base);
}

static void say_delivery_taken_back(const struct transition *t)
{
    Onedoor__Intake__DeliveryTakenBack back = ONEDOOR__INTAKE__DELIVERY_TAKEN_BACK__INIT;
    back.item = (char *)t->item->row.code;
    back.department = (char *)t->item->row.department;
    back.granted_ms = t->row->granted ? t->row->decided_ms : 0;
    back.reason = (char *)t->trigger->reason;
    back.approved_by = (char *)t->trigger->approved_by;
    t->row->round++;
    t->row->delivered_ms = 0;
    t->row->delivery = 0;
    t->row->delivery_receipt = NULL;
    t->row->collector = 0;
    say(t, &back.base);
}

static void (*const effects[CASE_EFFECTS])(const struct transition *) = {
    [SAY_ACCEPTED] = say_accepted,
    [SAY_ACCEPTED_BY_SILENCE] = say_accepted_by_silence,
    [SAY_WHAT_IS_MISSING] = say_what_is_missing,
    [SAY_ASKED_AGAIN] = say_asked_again,
    [SAY_REFUSED] = say_refused,
    [SAY_GRANTED] = say_granted,
    [SAY_DENIED] = say_denied,
    [SAY_CLOSED] = say_closed,
    [SAY_DELIVERED] = say_delivered,
    [SAY_WITHDRAWN] = say_withdrawn,
    [SAY_TERMINATED] = say_terminated,
    [SAY_AMENDED] = say_amended,
    [SAY_DECISION_TAKEN_BACK] = say_decision_taken_back,
    [SAY_DELIVERY_TAKEN_BACK] = say_delivery_taken_back,
};

/* ---- moves */

static unsigned facts_of_request(const struct transition *t)
{
    const struct asked_again_row key = {.centre = t->turn->centre, .number = t->row->number};
    return rows_find(t->turn, &intake_asked_again_table, &key) == NULL ? 0 : IF_ASKED_TWICE;
}

/* Of a refusal: its ground, and whether the time given to bring what was missing is over. */
static unsigned facts_of_refusal(const struct transition *t)
{
    const struct catalogue *catalogue = t->turn->memory;
    int64_t asked_ms = t->row->asked_ms;
    if (t->trigger->ground != ONEDOOR__INTAKE__REFUSAL_GROUND__NEVER_CORRECTED)
        return IF_NOT_FIT;
    return asked_ms != 0 && t->trigger->at_ms >
                                intake_days_after(catalogue, asked_ms, catalogue->correction_days)
               ? IF_TIME_UP
               : 0;
}

/* A mistake is noticed soon, or it stands. */
static unsigned facts_of_mistake(const struct transition *t)
{
    const struct catalogue *catalogue = t->turn->memory;
    int64_t since_ms = t->trigger->on == ON_TAKE_BACK ? t->row->decided_ms : t->row->delivered_ms;
    return t->trigger->at_ms > intake_days_after(catalogue, since_ms, catalogue->take_back_days)
               ? IF_TOO_LATE
               : 0;
}

static unsigned facts_of_event(const struct transition *t)
{
    switch (t->trigger->on) {
    case ON_ASK_AGAIN:
        return facts_of_request(t);
    case ON_REFUSE:
        return facts_of_refusal(t);
    case ON_TAKE_BACK:
    case ON_TAKE_BACK_DELIVERY:
        return facts_of_mistake(t);
    case ON_FEE_SETTLED:
        return t->trigger->round != t->row->round ? IF_EARLIER_BILL : 0;
    default:
        return 0;
    }
}

static unsigned facts_of(const struct transition *t, struct bytes ticks)
{
    return (intake_materials_complete(t->item, ticks) ? IF_COMPLETE : 0u) |
           (intake_item_immediate(&t->item->row) ? 0u : IF_PROMISED) |
           (t->item->row.has_fee ? IF_FEE : 0u) | (t->row->fee_paid ? IF_PAID : 0u) |
           facts_of_event(t);
}

struct outcome intake_may_move(struct turn *turn, struct case_row *row,
                               const struct trigger *trigger)
{
    const struct transition t = {turn, row, intake_item_of(turn->memory, row), trigger};
    unsigned facts = facts_of(&t, row->materials);
    return moves_outcome(moves_find(&intake_moves, row->state, trigger->on, facts));
}

static void take(const struct transition *t, const struct move *move)
{
    t->row->state = (int16_t)moves_to(move, t->row->state);
    if (effects[move->then] != NULL)
        effects[move->then](t);
}

static bool changes_nothing(const struct transition *t, const struct move *move)
{
    return moves_to(move, t->row->state) == t->row->state && move->then == SAY_NOTHING &&
           t->trigger->papers == NULL;
}

struct outcome intake_move_case(struct turn *turn, struct case_row *row,
                                const struct trigger *trigger)
{
    const struct transition t = {turn, row, intake_item_of(turn->memory, row), trigger};
    const struct papers kept = {row->materials, row->papers};
    const struct papers *papers = trigger->papers != NULL ? trigger->papers : &kept;
    unsigned facts = facts_of(&t, papers->materials);
    const struct move *move = moves_find(&intake_moves, row->state, trigger->on, facts);
    struct outcome outcome = moves_outcome(move);
    if (!is_ok(outcome) || changes_nothing(&t, move))
        return outcome;
    rows_touch(turn, &intake_case_table, row);
    row->materials = papers->materials;
    row->papers = papers->said;
    if (trigger->brought != NULL)
        intake_say_mended(turn, row, t.item, trigger->brought);
    for (; is_ok(moves_outcome(move));
         move = moves_find(&intake_moves, row->state, ON_ITS_OWN, facts))
        take(&t, move);
    if (row->state != CASE_RECEIVED)
        row->answer_due_ms = 0; /* something was said */
    return OUTCOME_OK;
}
