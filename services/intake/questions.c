/* SPDX-License-Identifier: Apache-2.0 */
/* questions.c: RULE H6: somebody asks at a desk or by telephone. Whoever is asked first answers,
 * leads him to a window, or sends the question on to a department with a day; all of it is on
 * record, and a question that was sent on stays with both until it is over. */
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/numbers.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/moves.h"
#include "services/intake/question_row.h"

SAME_NUMBER(QUESTION_ANSWERED, ONEDOOR__INTAKE__QUESTION_STATE__ANSWERED);
SAME_NUMBER(QUESTION_LED, ONEDOOR__INTAKE__QUESTION_STATE__LED);
SAME_NUMBER(QUESTION_SENT_ON, ONEDOOR__INTAKE__QUESTION_STATE__SENT_ON);
SAME_NUMBER(QUESTION_GIVEN_UP, ONEDOOR__INTAKE__QUESTION_STATE__GIVEN_UP);

static const char *text_of(const char *column)
{
    return column == NULL ? "" : column;
}

static const char *column_of(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static struct outcome check_department(const struct catalogue *catalogue, const char *department)
{
    return intake_department(catalogue, department) == NULL
               ? invalid(ONEDOOR__REASON__FIELD_INVALID, "department",
                         "the hall has no such department")
               : OUTCOME_OK;
}

/* ---- TakeQuestion */

void intake_need_take_question(struct turn *turn, const struct call *call)
{
    (void)call;
    turn_want_counter(turn, "question");
}

/* The day that was agreed on, if the hall allows so late a one. */
static struct outcome find_due(const struct turn *turn, int32_t day, int64_t *due_ms)
{
    const struct catalogue *catalogue = turn->memory;
    const struct calendar *calendar = &catalogue->calendar;
    const int64_t latest_ms = intake_days_after(catalogue, turn->now_ms, catalogue->question_days);
    *due_ms = latest_ms;
    if (day == 0)
        return OUTCOME_OK;
    if (day < calendar_day(calendar, turn->now_ms).n)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "due_day", "is past");
    *due_ms = calendar_close(calendar, calendar_midnight(calendar, (struct day){day}));
    if (*due_ms > latest_ms)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "due_day",
                       "is later than the hall lets anybody wait for an answer");
    return OUTCOME_OK;
}

static struct outcome check_place(const struct catalogue *catalogue,
                                  const Onedoor__Intake__TakeQuestion *take)
{
    if (take->item[0] != '\0' &&
        intake_item_on(catalogue, take->item, (struct day){INT32_MAX}) == NULL)
        return invalid(ONEDOOR__REASON__UNKNOWN_ITEM, "item", "the hall has no such item");
    if (take->window != 0 && intake_window(catalogue, take->window) == NULL)
        return invalid(ONEDOOR__REASON__UNKNOWN_WINDOW, "window", "the hall has no such window");
    return take->department[0] == '\0' ? OUTCOME_OK : check_department(catalogue, take->department);
}

static enum question_event event_of(const Onedoor__Intake__TakeQuestion *take)
{
    if (take->answer[0] != '\0')
        return ON_ANSWER;
    return take->window != 0 ? ON_LEAD : ON_SEND_ON;
}

static void say_taken(struct turn *turn, const struct question_row *row)
{
    Onedoor__Intake__QuestionTaken taken = ONEDOOR__INTAKE__QUESTION_TAKEN__INIT;
    taken.number = row->number;
    taken.item = (char *)text_of(row->item);
    taken.state = (Onedoor__Intake__QuestionState)row->state;
    taken.department = (char *)text_of(row->department);
    taken.window = row->window;
    taken.by_telephone = row->by_telephone;
    turn_say(turn, 0, &taken.base);
}

static struct question_row row_of(struct turn *turn, const struct call *call, int64_t due_ms)
{
    const Onedoor__Intake__TakeQuestion *take = call->message;
    const int state =
        moves_to(moves_find(&intake_question_moves, QUESTION_ASKED, (int)event_of(take), ALWAYS),
                 QUESTION_ASKED);
    struct question_row row = {
        .centre = turn->centre,
        .number = (int32_t)turn_count(turn, "question"),
        .asked_ms = turn->now_ms,
        .asked_of = call->actor->id,
        .item = column_of(take->item),
        .ticket = take->ticket,
        .by_telephone = take->by_telephone,
        .question = take->question,
        .state = (int16_t)state,
        .department = column_of(take->department),
        .due_ms = state == QUESTION_SENT_ON ? due_ms : 0,
        .window = (int16_t)take->window,
        .answer = column_of(take->answer),
        .answered_by = state == QUESTION_ANSWERED ? call->actor->id : NULL,
        .over_ms = state == QUESTION_SENT_ON ? 0 : turn->now_ms,
    };
    return row;
}

struct outcome intake_take_question(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__TakeQuestion *take = call->message;
    int64_t due_ms = 0;
    struct outcome outcome = check_place(turn->memory, take);
    if (is_ok(outcome) && event_of(take) == ON_SEND_ON)
        outcome = find_due(turn, take->due_day, &due_ms);
    if (!is_ok(outcome))
        return outcome;
    const struct question_row row = row_of(turn, call, due_ms);
    rows_add(turn, &intake_question_table, &row);
    say_taken(turn, &row);
    Onedoor__Intake__TakeQuestionReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__TakeQuestionReply, onedoor__intake__take_question_reply);
    reply->number = row.number;
    reply->state = (Onedoor__Intake__QuestionState)row.state;
    reply->due_ms = row.due_ms;
    return OUTCOME_OK;
}

/* ---- AnswerQuestion, SendQuestionOn, GiveQuestionUp */

static int32_t number_of(const struct call *call)
{
    const ProtobufCMessage *message = call->message;
    if (message->descriptor == &onedoor__intake__answer_question__descriptor)
        return ((const Onedoor__Intake__AnswerQuestion *)call->message)->number;
    if (message->descriptor == &onedoor__intake__send_question_on__descriptor)
        return ((const Onedoor__Intake__SendQuestionOn *)call->message)->number;
    return ((const Onedoor__Intake__GiveQuestionUp *)call->message)->number;
}

static struct question_row probe_of(const struct turn *turn, const struct call *call)
{
    return (struct question_row){.centre = turn->centre, .number = number_of(call)};
}

void intake_need_question(struct turn *turn, const struct call *call)
{
    const struct question_row probe = probe_of(turn, call);
    rows_want(turn, &intake_question_table, &probe);
}

/* The department that is to answer, whoever was asked first, and the hall's own staff. */
static bool may_see_to(const struct actor *actor, const struct question_row *row)
{
    return actor->department[0] == '\0' || strcmp(actor->id, row->asked_of) == 0 ||
           strcmp(actor->department, text_of(row->department)) == 0;
}

static struct outcome move_question(struct turn *turn, const struct call *call,
                                    enum question_event on, struct question_row **row)
{
    const struct question_row probe = probe_of(turn, call);
    *row = rows_find(turn, &intake_question_table, &probe);
    if (*row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_QUESTION, "there is no question of this number");
    unsigned facts = may_see_to(call->actor, *row) ? 0 : IF_ANOTHERS;
    const struct move *move = moves_find(&intake_question_moves, (*row)->state, (int)on, facts);
    struct outcome outcome = moves_outcome(move);
    if (!is_ok(outcome))
        return outcome;
    rows_touch(turn, &intake_question_table, *row);
    (*row)->state = (int16_t)moves_to(move, (*row)->state);
    return OUTCOME_OK;
}

static void end(struct turn *turn, struct question_row *row)
{
    Onedoor__Intake__QuestionOver over = ONEDOOR__INTAKE__QUESTION_OVER__INIT;
    row->over_ms = turn->now_ms;
    over.number = row->number;
    over.state = (Onedoor__Intake__QuestionState)row->state;
    over.late = row->over_ms > row->due_ms;
    turn_say(turn, 0, &over.base);
}

struct outcome intake_answer_question(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__AnswerQuestion *answer = call->message;
    struct question_row *row;
    struct outcome outcome = move_question(turn, call, ON_ANSWER, &row);
    if (!is_ok(outcome))
        return outcome;
    row->answer = answer->answer;
    row->answered_by = call->actor->id;
    end(turn, row);
    return OUTCOME_OK;
}

struct outcome intake_give_question_up(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__GiveQuestionUp *up = call->message;
    struct question_row *row;
    struct outcome outcome = move_question(turn, call, ON_GIVE_UP, &row);
    if (!is_ok(outcome))
        return outcome;
    row->reason = up->reason;
    end(turn, row);
    return OUTCOME_OK;
}

/* The asker was told a day: another department has no more time than the first. */
struct outcome intake_send_question_on(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__SendQuestionOn *send = call->message;
    Onedoor__Intake__QuestionSentOn sent = ONEDOOR__INTAKE__QUESTION_SENT_ON__INIT;
    struct question_row *row;
    struct outcome outcome = check_department(turn->memory, send->department);
    if (is_ok(outcome))
        outcome = move_question(turn, call, ON_SEND_ON, &row);
    if (!is_ok(outcome))
        return outcome;
    sent.number = row->number;
    sent.from = (char *)text_of(row->department);
    sent.department = send->department;
    row->department = send->department;
    turn_say(turn, 0, &sent.base);
    return OUTCOME_OK;
}
