/* SPDX-License-Identifier: Apache-2.0 */
/* Pressing, and the answer to a card (RULE H12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/supervision_office.h"

static const struct actor SUPERVISOR = {"v1", ONEDOOR__ROLE__SUPERVISOR, "", 0};
static const struct actor SAN_LEAD = {"s1", ONEDOOR__ROLE__DEPARTMENT_LEAD, "SAN", 0};
static const struct actor CON_LEAD = {"c1", ONEDOOR__ROLE__DEPARTMENT_LEAD, "CON", 0};

static struct outcome press(struct solo *office, int32_t task)
{
    Onedoor__Supervision__Press message = ONEDOOR__SUPERVISION__PRESS__INIT;

    message.case_number = CASE;
    message.task = task;
    message.words = "请尽快办理";
    return solo_command(office, &SUPERVISOR, &message.base);
}

static struct outcome answer(struct solo *office, const struct actor *actor, int level)
{
    Onedoor__Supervision__AnswerCard message = ONEDOOR__SUPERVISION__ANSWER_CARD__INIT;

    message.case_number = CASE;
    message.level = (Onedoor__Supervision__Level)level;
    message.answer = "今日办结";
    return solo_command(office, actor, &message.base);
}

static void open_work_is_pressed_with_or_without_a_card(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    assert_int_equal(ONEDOOR__CODE__OK, press(office, 0).code);
    assert_int_equal(1, office->engine.tally.said);
    solo_clock(office, at(1, 17, 17, 1));
    assert_int_equal(ONEDOOR__CODE__OK, press(office, 0).code);
    assert_int_equal(ONEDOOR__CODE__OK, press(office, 0).code);
    assert_int_equal(2, card(office, CASE, 0, LAMP_RED)->presses); /* the highest card */
    assert_int_equal(CARD_PRESSED, card(office, CASE, 0, LAMP_RED)->state);
    assert_int_equal(0, card(office, CASE, 0, LAMP_YELLOW)->presses);
}

static void what_is_done_cannot_be_pressed(void **state)
{
    struct solo *office = *state;

    assert_int_equal(ONEDOOR__REASON__NOT_PRESSABLE, press(office, 0).reason);
    open_five_days(office, CASE);
    solo_clock(office, at(1, 17, 17, 1));
    grant(office, CASE, at(1, 18, 9, 0));
    assert_int_equal(ONEDOOR__REASON__NOT_PRESSABLE, press(office, 0).reason);
    assert_int_equal(0, card(office, CASE, 0, LAMP_RED)->presses);
}

static void a_card_is_answered_once_by_the_department_that_has_it(void **state)
{
    struct solo *office = *state;

    open_five_days(office, CASE);
    assert_int_equal(ONEDOOR__REASON__NO_CARD, answer(office, &SAN_LEAD, LAMP_YELLOW).reason);
    solo_clock(office, at(1, 14, 17, 1));
    assert_int_equal(ONEDOOR__REASON__OTHER_DEPARTMENT,
                     answer(office, &CON_LEAD, LAMP_YELLOW).reason);
    assert_int_equal(ONEDOOR__CODE__OK, answer(office, &SAN_LEAD, LAMP_YELLOW).code);
    const struct card_row *answered = card(office, CASE, 0, LAMP_YELLOW);
    assert_int_equal(CARD_ANSWERED, answered->state);
    assert_string_equal("今日办结", answered->answer);
    assert_string_equal("s1", answered->answered_by);
    assert_int_equal(ONEDOOR__REASON__ALREADY_ANSWERED,
                     answer(office, &SAN_LEAD, LAMP_YELLOW).reason);
    assert_int_equal(ONEDOOR__CODE__OK, press(office, 0).code);
    assert_int_equal(ONEDOOR__CODE__OK, answer(office, &SAN_LEAD, LAMP_YELLOW).code);
}

static void only_those_who_watch_may_press(void **state)
{
    struct solo *office = *state;
    Onedoor__Supervision__Press message = ONEDOOR__SUPERVISION__PRESS__INIT;

    message.case_number = CASE;
    message.words = "快";
    assert_int_equal(ONEDOOR__REASON__NOT_ALLOWED,
                     solo_command(office, &SAN_LEAD, &message.base).reason);
    message.words = "";
    assert_int_equal(ONEDOOR__REASON__FIELD_MISSING,
                     solo_command(office, &SUPERVISOR, &message.base).reason);
    message.words = "快";
    message.task = -1;
    assert_int_equal(ONEDOOR__REASON__FIELD_INVALID,
                     solo_command(office, &SUPERVISOR, &message.base).reason);
    assert_int_equal(0, office->engine.tally.said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(open_work_is_pressed_with_or_without_a_card),
        OFFICE_TEST(what_is_done_cannot_be_pressed),
        OFFICE_TEST(a_card_is_answered_once_by_the_department_that_has_it),
        OFFICE_TEST(only_those_who_watch_may_press),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
