/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H6: questions at a desk or by telephone: who is asked first, what came of them, and who may
 * answer later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/question_row.h"
#include "tests/world/intake_desk.h"

static const struct actor FPC_OTHER = {"f7", ONEDOOR__ROLE__APPROVER, "FPC", 0};
static const struct actor READER = {"r1", ONEDOOR__ROLE__REPORT_READER, "", 0};

static Onedoor__Intake__TakeQuestion asked(const char *question)
{
    Onedoor__Intake__TakeQuestion take = ONEDOOR__INTAKE__TAKE_QUESTION__INIT;
    take.question = (char *)question;
    return take;
}

static struct outcome take(struct world *hall, const struct actor *actor,
                           const Onedoor__Intake__TakeQuestion *take,
                           Onedoor__Intake__TakeQuestionReply **reply)
{
    return world_command(hall, actor, &take->base, (ProtobufCMessage **)reply);
}

/* A question that waits for the department. */
static int32_t sent_on(struct world *hall, const struct actor *actor, const char *department)
{
    Onedoor__Intake__TakeQuestion message = asked("再生育审批要带哪些材料？");
    Onedoor__Intake__TakeQuestionReply *reply;
    message.department = (char *)department;
    message.by_telephone = true;
    assert_done(take(hall, actor, &message, &reply));
    return reply->number;
}

static struct outcome answer(struct world *hall, const struct actor *actor, int32_t number)
{
    Onedoor__Intake__AnswerQuestion message = ONEDOOR__INTAKE__ANSWER_QUESTION__INIT;
    message.number = number;
    message.answer = "带身份证和户口簿。";
    return world_command(hall, actor, &message.base, NULL);
}

static struct outcome send_on(struct world *hall, const struct actor *actor, int32_t number,
                              const char *department)
{
    Onedoor__Intake__SendQuestionOn message = ONEDOOR__INTAKE__SEND_QUESTION_ON__INIT;
    message.number = number;
    message.department = (char *)department;
    return world_command(hall, actor, &message.base, NULL);
}

static struct outcome give_up(struct world *hall, const struct actor *actor, int32_t number)
{
    Onedoor__Intake__GiveQuestionUp message = ONEDOOR__INTAKE__GIVE_QUESTION_UP__INIT;
    message.number = number;
    message.reason = "本人来电说不用答复了";
    return world_command(hall, actor, &message.base, NULL);
}

static const struct question_row *question(struct world *hall, int32_t number)
{
    return world_row(hall, "intake", &intake_question_table,
                     &(struct question_row){.centre = 1, .number = number});
}

static void who_is_asked_first_answers_at_once(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeQuestion message = asked("几点下班？");
    Onedoor__Intake__TakeQuestionReply *reply;
    message.answer = "下午五点。";
    assert_done(take(hall, &DESK, &message, &reply));
    assert_int_equal(1, reply->number);
    assert_int_equal(ONEDOOR__INTAKE__QUESTION_STATE__ANSWERED, reply->state);
    assert_int_equal(0, reply->due_ms);
    assert_string_equal("desk", question(hall, 1)->asked_of);
    assert_string_equal("desk", question(hall, 1)->answered_by);
    assert_true(question(hall, 1)->over_ms == at(1, 13, 9, 30));
    assert_int_equal(1, world_said(hall, "intake.QuestionTaken", 0));
}

static void or_leads_to_the_window(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeQuestion message = asked("在哪里交费？");
    message.window = 999;
    assert_refused(UNKNOWN_WINDOW, take(hall, &FPC_CLERK, &message, NULL));
    message.window = 31;
    message.item = "FPC-02";
    message.ticket = 7;
    assert_done(take(hall, &FPC_CLERK, &message, NULL));
    assert_int_equal(QUESTION_LED, question(hall, 1)->state);
    assert_int_equal(31, question(hall, 1)->window);
    assert_int_equal(7, question(hall, 1)->ticket);
}

static void a_question_that_is_sent_on_is_answered_by_its_department(void **state)
{
    struct world *hall = *state;
    int32_t number = sent_on(hall, &CON_CLERK, "FPC");
    assert_true(question(hall, number)->due_ms == at(1, 20, 17, 0)); /* five working days */
    assert_refused(OTHER_DEPARTMENT, answer(hall, &TRA_CLERK, number));
    assert_done(answer(hall, &FPC_OTHER, number));
    assert_int_equal(QUESTION_ANSWERED, question(hall, number)->state);
    assert_string_equal("c4", question(hall, number)->asked_of);
    assert_string_equal("f7", question(hall, number)->answered_by);
    assert_refused(QUESTION_OVER, answer(hall, &FPC_OTHER, number));
    assert_refused(QUESTION_OVER, give_up(hall, &CON_CLERK, number));
}

/* The first one stays answerable, whichever department has it meanwhile. */
static void who_was_asked_first_may_always_see_to_it(void **state)
{
    struct world *hall = *state;
    int32_t number = sent_on(hall, &CON_CLERK, "FPC");
    assert_done(send_on(hall, &FPC_OTHER, number, "TRA"));
    assert_string_equal("TRA", question(hall, number)->department);
    assert_true(question(hall, number)->due_ms == at(1, 20, 17, 0));
    assert_refused(OTHER_DEPARTMENT, answer(hall, &FPC_OTHER, number));
    assert_refused(OTHER_DEPARTMENT, send_on(hall, &FPC_OTHER, number, "FPC"));
    assert_refused(FIELD_INVALID, send_on(hall, &CON_CLERK, number, "XXX"));
    assert_done(answer(hall, &CON_CLERK, number));
}

static void nobody_waits_longer_than_the_hall_allows(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeQuestion message = asked("要等多久？");
    Onedoor__Intake__TakeQuestionReply *reply;
    message.department = "FPC";
    message.due_day = day_from_ymd(2022, 1, 12).n;
    assert_refused(FIELD_INVALID, take(hall, &DESK, &message, NULL)); /* yesterday */
    message.due_day = day_from_ymd(2022, 1, 21).n;
    assert_refused(FIELD_INVALID, take(hall, &DESK, &message, NULL)); /* the sixth day */
    message.due_day = day_from_ymd(2022, 1, 14).n;
    assert_done(take(hall, &DESK, &message, &reply));
    assert_true(reply->due_ms == at(1, 14, 17, 0));
}

static void late_answers_are_said_to_be_late(void **state)
{
    struct world *hall = *state;
    struct arena *arena = world_arena(hall);
    int32_t in_time = sent_on(hall, &DESK, "FPC"), late = sent_on(hall, &DESK, "FPC");
    assert_done(answer(hall, &FPC_OTHER, in_time));
    const Onedoor__Intake__QuestionOver *over =
        heard(hall, &onedoor__intake__question_over__descriptor, 0, arena);
    assert_false(over->late);
    world_clock(hall, at(1, 21, 9, 30));
    assert_done(give_up(hall, &DESK, late));
    assert_int_equal(QUESTION_GIVEN_UP, question(hall, late)->state);
    over = heard(hall, &onedoor__intake__question_over__descriptor, 0, arena);
    assert_int_equal(late, over->number);
    assert_true(over->late);
}

static void one_thing_comes_of_a_question(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeQuestion message = asked("怎么办？");
    assert_refused(FIELD_MISSING, take(hall, &DESK, &message, NULL));
    message.answer = "到六号窗口。";
    message.window = 6;
    assert_refused(FIELD_MISSING, take(hall, &DESK, &message, NULL));
    message.window = 0;
    message.due_day = day_from_ymd(2022, 1, 14).n;
    assert_refused(FIELD_MISSING, take(hall, &DESK, &message, NULL));
    message.due_day = 0;
    message.item = "XXX-01";
    assert_refused(UNKNOWN_ITEM, take(hall, &DESK, &message, NULL));
    message.item = "";
    assert_refused(NOT_ALLOWED, take(hall, &PUBLIC, &message, NULL));
    assert_refused(NOT_ALLOWED, take(hall, &READER, &message, NULL));
    assert_refused(UNKNOWN_QUESTION, answer(hall, &DESK, 1));
    assert_int_equal(0, world_count(hall, "intake", &intake_question_table));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(who_is_asked_first_answers_at_once),
        HALL_TEST(or_leads_to_the_window),
        HALL_TEST(a_question_that_is_sent_on_is_answered_by_its_department),
        HALL_TEST(who_was_asked_first_may_always_see_to_it),
        HALL_TEST(nobody_waits_longer_than_the_hall_allows),
        HALL_TEST(late_answers_are_said_to_be_late),
        HALL_TEST(one_thing_comes_of_a_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
