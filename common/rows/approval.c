/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/approval.h"

#include <string.h>
#include <strings.h>

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/sealed.h"
#include "common/wire/message.h"
#include "common/wire/numbers.h"
#include "onedoor/approval.pb-c.h"

enum { DUE_AT_ONCE = 256 };

SAME_NUMBER(APPROVAL_ASKED, ONEDOOR__APPROVAL__STATE__ASKED);
SAME_NUMBER(APPROVAL_AGREED, ONEDOOR__APPROVAL__STATE__AGREED);
SAME_NUMBER(APPROVAL_REFUSED, ONEDOOR__APPROVAL__STATE__REFUSED);
SAME_NUMBER(APPROVAL_WITHDRAWN, ONEDOOR__APPROVAL__STATE__WITHDRAWN);
SAME_NUMBER(APPROVAL_LAPSED, ONEDOOR__APPROVAL__STATE__LAPSED);

/* ---- the moves */

enum {
    NONE = FROM(APPROVAL_NONE),
    ASKED = FROM(APPROVAL_ASKED),
    OVER = FROM(APPROVAL_AGREED) | FROM(APPROVAL_REFUSED) | FROM(APPROVAL_WITHDRAWN) |
           FROM(APPROVAL_LAPSED),
};

/* clang-format off */
static const struct move rows[] = {
/*   from   on           only if                 to                  then                  rule */
    {NONE,  ON_ASK,      WAITS,                  STAYS,
        REFUSE(ALREADY_ASKED, "the same is asked already, and waits for an answer"), "H22"},
    {NONE,  ON_ASK,      ALWAYS,                 APPROVAL_ASKED,     DO(APPROVAL_NOTHING), "H22"},

    {ASKED, ON_LAPSE,    ALWAYS,                 APPROVAL_LAPSED,    DO(APPROVAL_NOTHING), "H22"},
    {ASKED, ON_DISMISS,  ALWAYS,                 STAYS,
        REFUSE(WRONG_STATE, "nobody has answered it yet"), "H22"},
    {ASKED, ON_ANYTHING, TOO_LATE,               STAYS,
        REFUSE(APPROVAL_OVER, "nobody answered in time: ask again"), "H22"},
    {ASKED, ON_AGREE,    BY_ASKER,               STAYS,
        DENY(SAME_PERSON, "another person than the one who asked must agree"), "H22"},
    {ASKED, ON_AGREE,    MAY_ANSWER,             APPROVAL_AGREED,    DO(CARRY_OUT),        "H22"},
    {ASKED, ON_DISAGREE, BY_ASKER,               APPROVAL_WITHDRAWN, DO(APPROVAL_NOTHING), "H22"},
    {ASKED, ON_DISAGREE, MAY_ANSWER | GIVES_WHY, APPROVAL_REFUSED,   DO(APPROVAL_NOTHING), "H22"},
    {ASKED, ON_DISAGREE, MAY_ANSWER,             STAYS,
        REFUSE(REASON_REQUIRED, "say why it is refused"), "H22"},
    {ASKED, ON_ANYTHING, ALWAYS,                 STAYS,
        DENY(NOT_ALLOWED, "this is for others to answer"), "H22"},

    {OVER,  ON_DISMISS,  BY_ASKER,               STAYS,              DO(LEAVE_LIST),       "H22"},
    {OVER,  ON_DISMISS,  ALWAYS,                 STAYS,
        DENY(NOT_ALLOWED, "only whoever asked dismisses the answer"), "H22"},

    {NONE,  ON_ANYTHING, ALWAYS, STAYS, NO_SUCH(NO_APPROVAL, "nothing of this number was asked"), ""},
    {OVER,  ON_ANYTHING, ALWAYS, STAYS, REFUSE(APPROVAL_OVER, "this has been answered, or has lapsed"), ""},
};
/* clang-format on */

static const char *const states[APPROVAL_STATES] = {
    [APPROVAL_NONE] = "none",     [APPROVAL_ASKED] = "asked",
    [APPROVAL_AGREED] = "agreed", [APPROVAL_REFUSED] = "refused",
    [APPROVAL_LAPSED] = "lapsed", [APPROVAL_WITHDRAWN] = "withdrawn",
};
static const char *const events[APPROVAL_EVENTS] = {
    [ON_ASK] = "ask",     [ON_AGREE] = "agree",     [ON_DISAGREE] = "disagree",
    [ON_LAPSE] = "lapse", [ON_DISMISS] = "dismiss",
};
static const char *const thens[APPROVAL_THENS] = {
    [APPROVAL_NOTHING] = "nothing",
    [CARRY_OUT] = "carry it out",
    [LEAVE_LIST] = "leave the list",
};

const struct moves approval_moves = {
    .rows = rows,
    .n_rows = sizeof rows / sizeof rows[0],
    .states = states,
    .events = events,
    .thens = thens,
    .n_states = APPROVAL_STATES,
    .n_events = APPROVAL_EVENTS,
};

/* ---- asking */

struct outcome approval_ask(const struct turn *turn, struct call *call,
                            const struct approval *approval)
{
    struct approval *asked = ARENA_NEW(turn->arena, struct approval);
    *asked = *approval;
    call->asked = asked;
    return OUTCOME_OK;
}

unsigned approval_second(const struct service *service, const ProtobufCMessageDescriptor *message)
{
    const struct seconded *second = service->seconded;
    while (second != NULL && second->message != NULL && second->message != message)
        second++;
    return second == NULL ? 0 : second->roles;
}

void approval_need(struct turn *turn, const ProtobufCMessage *command)
{
    rows_want(turn, &approval_table,
              &(struct approval_row){.centre = turn->centre, .case_number = message_case(command)});
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* The row to be, numbered behind the others of its case. */
static struct approval_row draft(const struct turn *turn, const struct call *call)
{
    const struct actor *actor = call->actor;
    const struct approval *asked = call->asked;
    const ProtobufCMessageDescriptor *type = ((const ProtobufCMessage *)call->message)->descriptor;
    unsigned roles = approval_second(turn->service, type);
    return (struct approval_row){
        .centre = turn->centre,
        .case_number = message_case(call->message),
        .no = 1,
        .type = message_type(type),
        .asker = actor->id,
        .asker_role = (int16_t)actor->role,
        .asker_department = actor->department,
        .asker_window = actor->window,
        .asked_ms = turn->now_ms,
        .roles = (int32_t)(asked->roles == 0 ? roles : asked->roles & roles),
        .subject = or_empty(asked->subject),
        .detail = or_empty(asked->detail),
        .reason = or_empty(asked->reason),
        .fen = asked->fen,
        .days = asked->days,
    };
}

/* RULE H21: a command with personal data waits sealed. */
static struct bytes keep_body(const struct turn *turn, const struct approval_row *row,
                              const ProtobufCMessage *command)
{
    struct bytes body = message_pack(command, turn->arena);
    if (!sealed_command(turn->service, command->descriptor))
        return body;
    return seal_close(turn->seal, SEAL_BRIEF, sealed_place(&approval_table, row, turn->arena), body,
                      turn->arena);
}

static bool is_waiting(struct turn *turn, const struct approval_row *asked)
{
    const struct approval_row *row = NULL;
    while ((row = rows_next(turn, &approval_table, asked, row)) != NULL)
        if (row->state == APPROVAL_ASKED && row->lapses_ms > turn->now_ms &&
            strcmp(row->type, asked->type) == 0 && strcmp(row->subject, asked->subject) == 0)
            return true;
    return false;
}

static void say_asked(struct turn *turn, const struct approval_row *row)
{
    Onedoor__Approval__Asked asked = ONEDOOR__APPROVAL__ASKED__INIT;
    asked.no = row->no;
    asked.type = (char *)row->type;
    asked.department = (char *)row->asker_department;
    asked.reason = (char *)row->reason;
    turn_say(turn, row->case_number, &asked.base);
}

struct outcome approval_keep(struct turn *turn, struct call *call, int64_t lapses_ms)
{
    must(call->asked != NULL);
    struct approval_row row = draft(turn, call);
    const struct move *move =
        moves_find(&approval_moves, APPROVAL_NONE, ON_ASK, is_waiting(turn, &row) ? WAITS : ALWAYS);
    if (!is_ok(moves_outcome(move)))
        return moves_outcome(move);
    while (rows_find(turn, &approval_table, &row) != NULL)
        row.no++;
    row.state = (int16_t)moves_to(move, APPROVAL_NONE);
    row.lapses_ms = lapses_ms;
    row.body = keep_body(turn, &row, call->message);
    rows_add(turn, &approval_table, &row);
    turn_wake(turn, lapses_ms);
    say_asked(turn, &row);

    Onedoor__Approval__Waiting *waiting =
        TURN_REPLY(turn, call, Onedoor__Approval__Waiting, onedoor__approval__waiting);
    waiting->no = row.no;
    waiting->lapses_ms = lapses_ms;
    return OUTCOME_OK;
}

/* ---- answering */

static struct approval_row *row_of(struct turn *turn, int64_t case_number, int32_t no)
{
    return rows_find(
        turn, &approval_table,
        &(struct approval_row){.centre = turn->centre, .case_number = case_number, .no = no});
}

static const struct route *route_of(const struct turn *turn, const struct approval_row *row)
{
    const struct route *route = turn->service->routes;
    while (route->message != NULL && strcmp(message_type(route->message), row->type) != 0)
        route++;
    must(route->message != NULL);
    return route;
}

/* The command as it was asked; null: it was sealed, and does not open. */
static const void *command_of(const struct turn *turn, const struct approval_row *row)
{
    const struct route *route = route_of(turn, row);
    struct bytes body = row->body;
    if (sealed_command(turn->service, route->message) &&
        !sealed_open(turn->seal, &approval_table, row, row->body, turn->arena, &body))
        return NULL;
    const void *command = message_unpack(route->message, body, turn->arena);
    must(command != NULL);
    return command;
}

static struct call kept_call(const struct turn *turn, const struct approval_row *row)
{
    struct actor *asker = ARENA_NEW(turn->arena, struct actor);
    *asker = (struct actor){row->asker, (Onedoor__Role)row->asker_role, row->asker_department,
                            row->asker_window};
    return (struct call){.actor = asker, .message = command_of(turn, row)};
}

void approval_need_answer(struct turn *turn, const struct call *call)
{
    approval_need(turn, call->message);
}

void approval_need_more(struct turn *turn, const struct call *call)
{
    const Onedoor__Approval__Answer *answer = call->message;
    const struct approval_row *row = row_of(turn, answer->case_number, answer->no);
    if (row == NULL || row->state != APPROVAL_ASKED)
        return;
    const struct call kept = kept_call(turn, row);
    const struct route *route = route_of(turn, row);
    if (route->need != NULL && kept.message != NULL)
        route->need(turn, &kept);
}

bool approval_is_for(unsigned roles, const char *asker_department, const struct actor *actor)
{
    return (roles >> actor->role & 1) != 0 &&
           (actor->department[0] == '\0' || strcmp(actor->department, asker_department) == 0);
}

static unsigned facts_of(const struct turn *turn, const struct approval_row *row,
                         const struct call *call)
{
    const Onedoor__Approval__Answer *answer = call->message;
    if (row == NULL)
        return ALWAYS;
    return (strcasecmp(row->asker, call->actor->id) == 0 ? BY_ASKER : 0u) |
           (approval_is_for((unsigned)row->roles, row->asker_department, call->actor) ? MAY_ANSWER
                                                                                      : 0u) |
           (answer->text[0] != '\0' ? GIVES_WHY : 0u) |
           (row->lapses_ms <= turn->now_ms ? TOO_LATE : 0u);
}

/* The command is done in the name of the one who asked. */
static struct outcome carry_out(struct turn *turn, const struct approval_row *row,
                                const struct actor *second)
{
    const char *speaker = turn->speaker;
    struct call kept = kept_call(turn, row);
    if (kept.message == NULL)
        return sealed_broken;
    kept.second = second;
    turn->speaker = row->asker;
    struct outcome outcome = route_of(turn, row)->handle(turn, &kept);
    turn->speaker = speaker;
    return outcome;
}

static void say_answered(struct turn *turn, const struct approval_row *row)
{
    Onedoor__Approval__Answered answered = ONEDOOR__APPROVAL__ANSWERED__INIT;
    answered.no = row->no;
    answered.type = (char *)row->type;
    answered.department = (char *)row->asker_department;
    answered.state = (Onedoor__Approval__State)row->state;
    answered.text = (char *)or_empty(row->answer);
    turn_say(turn, row->case_number, &answered.base);
}

static void close_row(struct turn *turn, struct approval_row *row, const struct move *move)
{
    rows_touch(turn, &approval_table, row);
    row->state = (int16_t)moves_to(move, row->state);
    row->lapses_ms = 0;
    row->answered_ms = turn->now_ms;
    if (sealed_command(turn->service, route_of(turn, row)->message))
        row->body = (struct bytes){(const unsigned char *)"", 0};
}

struct outcome approval_answer(struct turn *turn, struct call *call)
{
    const Onedoor__Approval__Answer *answer = call->message;
    struct approval_row *row = row_of(turn, answer->case_number, answer->no);
    const struct move *move =
        moves_find(&approval_moves, row == NULL ? APPROVAL_NONE : row->state,
                   answer->agree ? ON_AGREE : ON_DISAGREE, facts_of(turn, row, call));
    struct outcome outcome = moves_outcome(move);
    if (is_ok(outcome) && move->then == CARRY_OUT)
        outcome = carry_out(turn, row, call->actor);
    if (!is_ok(outcome))
        return outcome;
    close_row(turn, row, move);
    row->answerer = call->actor->id;
    row->answer = answer->text;
    if (row->state == APPROVAL_WITHDRAWN)
        row->dismissed_ms = turn->now_ms; /* he knows */
    say_answered(turn, row);

    Onedoor__Approval__AnswerReply *reply =
        TURN_REPLY(turn, call, Onedoor__Approval__AnswerReply, onedoor__approval__answer_reply);
    reply->state = (Onedoor__Approval__State)row->state;
    return OUTCOME_OK;
}

/* ---- dismissing */

void approval_need_dismiss(struct turn *turn, const struct call *call)
{
    approval_need(turn, call->message);
}

struct outcome approval_dismiss(struct turn *turn, struct call *call)
{
    const Onedoor__Approval__Dismiss *dismiss = call->message;
    struct approval_row *row = row_of(turn, dismiss->case_number, dismiss->no);
    bool by_asker = row != NULL && strcasecmp(row->asker, call->actor->id) == 0;
    const struct move *move = moves_find(&approval_moves, row == NULL ? APPROVAL_NONE : row->state,
                                         ON_DISMISS, by_asker ? BY_ASKER : ALWAYS);
    if (!is_ok(moves_outcome(move)))
        return moves_outcome(move);
    rows_touch(turn, &approval_table, row);
    row->dismissed_ms = turn->now_ms;
    return OUTCOME_OK;
}

/* ---- lapsing */

void approval_tick_need(struct turn *turn)
{
    rows_want_due(turn, &approval_table, DUE_AT_ONCE);
}

void approval_tick(struct turn *turn)
{
    struct approval_row *row;
    for (size_t place = 0; (row = rows_each(turn, &approval_table, &place)) != NULL;) {
        if (row->lapses_ms == 0 || row->lapses_ms > turn->now_ms)
            continue;
        close_row(turn, row, moves_find(&approval_moves, row->state, ON_LAPSE, ALWAYS));
        say_answered(turn, row);
    }
}
