/* SPDX-License-Identifier: Apache-2.0 */
/* What a running hall refuses, and how it says so: each message that must not be obeyed is sent to
 * real services over ZeroMQ, as a careless or a hostile program would send it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/refusals.h"

/* ---- types and values */

static void a_message_no_one_knows_is_refused(void **state)
{
    Onedoor__Envelope unknown = ONEDOOR__ENVELOPE__INIT;
    Onedoor__Actor actor = ONEDOOR__ACTOR__INIT;
    unsigned char id[16] = {1};

    (void)state;
    actor.id = "d30";
    actor.role = ONEDOOR__ROLE__WINDOW_CLERK;
    unknown.id = (ProtobufCBinaryData){16, id};
    unknown.remaining_ms = 30000;
    unknown.actor = &actor;
    unknown.type = "intake.MakeCoffee";
    for (size_t lane = 0; lane < 3; lane++)
        assert_reply(reply_to("desk", lanes[lane], message_pack(&unknown.base, arena)),
                     ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE);
}

static void an_unknown_enum_value_is_refused(void **state)
{
    Onedoor__Intake__Submit *submit = desk_application(client, "FPC-02", arena);

    (void)state;
    submit->channel = (Onedoor__Intake__Channel)99;
    assert_answer(desk_ask(client, NULL, &clerk, &submit->base, NULL, arena), INVALID_ARGUMENT,
                  FIELD_INVALID);
    submit->channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    const struct actor nobody = {"d30", (Onedoor__Role)99, "", 30};
    assert_answer(desk_ask(client, NULL, &nobody, &submit->base, NULL, arena), INVALID_ARGUMENT,
                  FIELD_INVALID);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    Onedoor__Intake__Submit *submit = desk_application(client, "FPC-02", arena);

    (void)state;
    submit->applicant->name = "\xc0\x80";
    assert_answer(desk_ask(client, NULL, &clerk, &submit->base, NULL, arena), INVALID_ARGUMENT,
                  MALFORMED);
}

/* ---- who may ask */

/* RULE H21: deny by default. */
static void a_role_that_may_not_ask_is_refused(void **state)
{
    Onedoor__Intake__Check check = some_check();
    Onedoor__Charging__Pay pay = ONEDOOR__CHARGING__PAY__INIT;

    (void)state;
    pay.case_number = desk_no_case(1);
    pay.method = ONEDOOR__CHARGING__METHOD__CASH;
    assert_answer(desk_ask(client, NULL, &cashier, &check.base, NULL, arena), PERMISSION_DENIED,
                  NOT_ALLOWED);
    assert_answer(desk_ask(client, NULL, &clerk, &pay.base, NULL, arena), PERMISSION_DENIED,
                  NOT_ALLOWED);
}

static void nobody_acts_as_the_system(void **state)
{
    Onedoor__Intake__Check check = some_check();
    const struct actor system = {"system", ONEDOOR__ROLE__SYSTEM, "", 0};

    (void)state;
    assert_answer(desk_ask(client, NULL, &system, &check.base, NULL, arena), INVALID_ARGUMENT,
                  FIELD_INVALID);
}

/* Only a desk vouches for people. */
static void services_and_operators_give_no_commands(void **state)
{
    Onedoor__Intake__Check check = some_check();
    static const char *const keys[] = {"routing", "operator"};

    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_reply(reply_to(keys[i], LANE_COMMAND, envelope(&clerk, &check.base)),
                     ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__NOT_ALLOWED);
}

static void services_ask_no_queries(void **state)
{
    Onedoor__Intake__GetProgress progress = ONEDOOR__INTAKE__GET_PROGRESS__INIT;

    (void)state;
    progress.case_number = desk_no_case(1);
    assert_reply(reply_to("routing", LANE_QUERY, envelope(&clerk, &progress.base)),
                 ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__NOT_ALLOWED);
}

static void only_an_operator_has_parked_events_tried_again(void **state)
{
    Onedoor__RetryParked retry = ONEDOOR__RETRY_PARKED__INIT;
    const struct actor keeper = {"operator", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};

    (void)state;
    assert_reply(reply_to("desk", LANE_JOURNAL, envelope(&keeper, &retry.base)),
                 ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__NOT_ALLOWED);
    assert_int_equal(ONEDOOR__CODE__OK,
                     reply_to("operator", LANE_JOURNAL, envelope(&keeper, &retry.base))->code);
}

/* An event without a handler: to try it again removes its row and does nothing else. */
static void park(int64_t case_number)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "insert into intake.parked values "
             "(1, %lld, 'routing', 1, 'routing.NobodyHears', now(), 'system', '', 'a test')",
             (long long)case_number);
    hall_do(admin, sql);
}

/* The database takes back nothing that is parked: that is not the same as being away. */
static void parked_events_whose_effect_cannot_be_saved_stay_parked(void **state)
{
    Onedoor__RetryParked retry = ONEDOOR__RETRY_PARKED__INIT;
    const struct actor keeper = {"operator", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};

    (void)state;
    retry.case_number = desk_no_case(3);
    hall_do(admin, "create function intake.refuses() returns trigger language plpgsql as "
                   "$$ begin raise check_violation; end $$");
    hall_do(admin, "create trigger refuses before delete on intake.parked "
                   "for each row execute function intake.refuses()");
    park(retry.case_number);
    assert_reply(reply_to("operator", LANE_JOURNAL, envelope(&keeper, &retry.base)),
                 ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE);
    assert_int_equal(1, hall_number(admin, "select count(*) from intake.parked"));
    hall_do(admin, "drop function intake.refuses() cascade");
    assert_int_equal(ONEDOOR__CODE__OK,
                     reply_to("operator", LANE_JOURNAL, envelope(&keeper, &retry.base))->code);
    assert_int_equal(0, hall_number(admin, "select count(*) from intake.parked"));
}

/* ---- keys of commands */

static void a_repeated_command_gets_the_same_reply_and_is_done_once(void **state)
{
    Onedoor__Intake__Submit *submit = desk_application(client, "FPC-02", arena);
    struct line line;

    (void)state;
    int64_t before = hall_number(admin, "select count(*) from intake.cases");
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    line_ask(&line, 21, 30000, &clerk, &submit->base);
    struct bytes first = line_hear(&line, 30000);
    line_ask(&line, 21, 20000, &clerk, &submit->base);
    struct bytes again = line_hear(&line, 30000);
    assert_non_null(first.data);
    assert_int_equal(first.len, again.len);
    assert_memory_equal(first.data, again.data, first.len);
    assert_int_equal(before + 1, hall_number(admin, "select count(*) from intake.cases"));
    line_close(&line);
}

static void a_key_used_for_another_request_is_refused(void **state)
{
    Onedoor__Intake__Check check = some_check();
    struct line line;

    (void)state;
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    line_ask(&line, 22, 30000, &clerk, &check.base);
    assert_reply(line_reply(&line), ONEDOOR__CODE__NOT_FOUND, ONEDOOR__REASON__UNKNOWN_CASE);
    check.case_number = desk_no_case(2);
    line_ask(&line, 22, 30000, &clerk, &check.base);
    assert_reply(line_reply(&line), ONEDOOR__CODE__ALREADY_EXISTS, ONEDOOR__REASON__KEY_REUSED);
    line_close(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_no_one_knows_is_refused),
        cmocka_unit_test(an_unknown_enum_value_is_refused),
        cmocka_unit_test(text_that_is_not_utf8_is_refused),
        cmocka_unit_test(a_role_that_may_not_ask_is_refused),
        cmocka_unit_test(nobody_acts_as_the_system),
        cmocka_unit_test(services_and_operators_give_no_commands),
        cmocka_unit_test(services_ask_no_queries),
        cmocka_unit_test(only_an_operator_has_parked_events_tried_again),
        cmocka_unit_test(parked_events_whose_effect_cannot_be_saved_stay_parked),
        cmocka_unit_test(a_repeated_command_gets_the_same_reply_and_is_done_once),
        cmocka_unit_test(a_key_used_for_another_request_is_refused),
    };
    return cmocka_run_group_tests_name("refusals", tests, running_open, running_close);
}
