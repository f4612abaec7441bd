/* SPDX-License-Identifier: Apache-2.0 */
/* Whom an answer and an event concern (RULE H21), and how long an event can be come back to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/gateway/live/departments.h"
#include "services/gateway/live/recent.h"

/* ---- what a reply speaks of */

/* RULE H21: at any depth, and by the whole name. */
static void a_reply_speaks_of_the_departments_in_it(void **state)
{
    const ProtobufCMessageDescriptor *type = &onedoor__routing__get_flow_reply__descriptor;
    Onedoor__Routing__GetFlowReply flow = ONEDOOR__ROUTING__GET_FLOW_REPLY__INIT;
    Onedoor__Routing__Task tasks[2] = {ONEDOOR__ROUTING__TASK__INIT, ONEDOOR__ROUTING__TASK__INIT};
    struct arena *arena = arena_new(1 << 16);
    (void)state;
    assert_false(departments_include(type, message_pack(&flow.base, arena), "CON"));
    tasks[0].opinion = "CUL"; /* not a department, for all it looks like one */
    tasks[1].department = "CON";
    flow.n_tasks = 2;
    flow.tasks = (Onedoor__Routing__Task *[]){&tasks[0], &tasks[1]};
    struct bytes packed = message_pack(&flow.base, arena);
    assert_true(departments_include(type, packed, "CON"));
    assert_false(departments_include(type, packed, "CO"));
    assert_false(departments_include(type, packed, "CON2"));
    assert_false(departments_include(type, packed, "CUL"));
    assert_false(departments_include(type, packed, ""));
    packed.len--; /* cut short */
    assert_false(departments_include(type, packed, "CON"));
    arena_free(&arena);
}

/* ---- recent events */

static void hear(struct recent *recent, int stream, int64_t seq, int64_t case_number,
                 const ProtobufCMessage *message)
{
    struct arena *arena = arena_new(1 << 20);
    recent_hear(recent, stream,
                &(struct event){.seq = seq,
                                .type = message_type(message->descriptor),
                                .case_number = case_number,
                                .payload = message_pack(message, arena)});
    arena_free(&arena);
}

/* RULE H21: a department sees the events of its own cases, also those that do not name it. */
static void an_event_is_for_the_departments_of_its_case(void **state)
{
    const struct caller culture = {
        .name = "a", .role = ONEDOOR__ROLE__APPROVER, .department = "CUL"};
    const struct caller building = {
        .name = "b", .role = ONEDOOR__ROLE__APPROVER, .department = "CON"};
    const struct caller manager = {.name = "c", .role = ONEDOOR__ROLE__BUSINESS_MANAGER};
    const struct caller display = {.name = "d", .role = ONEDOOR__ROLE__PUBLIC};
    struct recent *recent = recent_new(16, 100);
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;
    Onedoor__Intake__CaseClosed closed = ONEDOOR__INTAKE__CASE_CLOSED__INIT;
    Onedoor__Routing__StageOpened opened = ONEDOOR__ROUTING__STAGE_OPENED__INIT;
    Onedoor__Routing__Task task = ONEDOOR__ROUTING__TASK__INIT;
    (void)state;
    received.department = "CUL";
    hear(recent, 0, 1, 77, &received.base);
    assert_int_equal(SHARE_ALL, recent_share(recent, recent_at(recent, 0), &culture));
    assert_int_equal(SHARE_NOTHING, recent_share(recent, recent_at(recent, 0), &building));
    assert_int_equal(SHARE_SIGN, recent_share(recent, recent_at(recent, 0), &display));
    assert_int_equal(SHARE_ALL, recent_share(recent, recent_at(recent, 0), &manager));
    task.department = "CON";
    opened.n_tasks = 1;
    opened.tasks = (Onedoor__Routing__Task *[]){&task};
    hear(recent, 1, 1, 77, &opened.base);
    hear(recent, 0, 2, 77, &closed.base);
    assert_int_equal(SHARE_ALL, recent_share(recent, recent_at(recent, 2), &culture));
    assert_int_equal(SHARE_ALL, recent_share(recent, recent_at(recent, 2), &building));
    hear(recent, 0, 3, 78, &closed.base); /* received before anything was heard */
    assert_int_equal(SHARE_SIGN, recent_share(recent, recent_at(recent, 3), &culture));
    assert_int_equal(SHARE_ALL, recent_share(recent, recent_at(recent, 3), &manager));
    recent_free(&recent);
}

/* The first event of a case names a department at any depth; each journal has such events. */
static void a_department_is_found_wherever_an_event_names_it(void **state)
{
    Onedoor__Intake__CaseAccepted accepted = ONEDOOR__INTAKE__CASE_ACCEPTED__INIT;
    Onedoor__Routing__ClockResumed resumed = ONEDOOR__ROUTING__CLOCK_RESUMED__INIT;
    Onedoor__Charging__OrderRaised raised = ONEDOOR__CHARGING__ORDER_RAISED__INIT;
    Onedoor__Charging__Line line = ONEDOOR__CHARGING__LINE__INIT;
    Onedoor__Supervision__CardAnswered answered = ONEDOOR__SUPERVISION__CARD_ANSWERED__INIT;
    Onedoor__Supervision__Card card = ONEDOOR__SUPERVISION__CARD__INIT;
    const ProtobufCMessage *const said[STREAMS] = {&accepted.base, &resumed.base, &raised.base,
                                                   &answered.base};
    const struct caller culture = {
        .name = "a", .role = ONEDOOR__ROLE__APPROVER, .department = "CUL"};
    struct recent *recent = recent_new(16, 100);
    (void)state;
    accepted.department = resumed.department = line.department = card.department = "CUL";
    raised.n_lines = 1;
    raised.lines = (Onedoor__Charging__Line *[]){&line};
    answered.card = &card;
    for (int i = 0; i < STREAMS; i++) {
        hear(recent, i, 1, 70 + i, said[i]);
        assert_int_equal(SHARE_ALL, recent_share(recent, recent_at(recent, (uint64_t)i), &culture));
    }
    recent_free(&recent);
}

/* RULE H21: neither a name that no department has nor half a message shows a case to anybody. */
static void an_event_that_cannot_be_read_names_nobody(void **state)
{
    const struct caller culture = {
        .name = "a", .role = ONEDOOR__ROLE__APPROVER, .department = "CUL"};
    struct recent *recent = recent_new(16, 100);
    Onedoor__Intake__CaseReceived received = ONEDOOR__INTAKE__CASE_RECEIVED__INIT;
    (void)state;
    received.department = "CULTURE-AND-TOURISM";
    hear(recent, 0, 1, 77, &received.base);
    assert_int_equal(SHARE_NOTHING, recent_share(recent, recent_at(recent, 0), &culture));
    recent_hear(recent, 0,
                &(struct event){.seq = 2,
                                .type = message_type(received.base.descriptor),
                                .case_number = 78,
                                .payload = {(const unsigned char *)"\x1a\x03"
                                                                   "CUL\x1a\x09",
                                            7}});
    assert_int_equal(SHARE_NOTHING, recent_share(recent, recent_at(recent, 1), &culture));
    recent_free(&recent);
}

static void a_position_is_reached_while_what_follows_it_is_kept(void **state)
{
    struct recent *recent = recent_new(4, 100);
    Onedoor__Intake__CaseClosed closed = ONEDOOR__INTAKE__CASE_CLOSED__INIT;
    struct recent_position to = {{0}};
    char text[POSITION_TEXT_SIZE];
    (void)state;
    assert_true(recent_reaches(recent, &to));
    for (int i = 1; i <= 6; i++)
        hear(recent, 0, i, i, &closed.base);
    assert_false(recent_reaches(recent, &to));
    to.seq[0] = 1;
    assert_false(recent_reaches(recent, &to));
    to.seq[0] = 2;
    assert_true(recent_reaches(recent, &to));
    to.seq[0] = 7;
    assert_false(recent_reaches(recent, &to));
    assert_string_equal("intake:7,routing:0,charging:0,supervision:0",
                        recent_position_text(&to, text));
    recent_free(&recent);
}

/* Whatever the order in which the journals tell where they begin. */
static void a_position_before_what_was_heard_is_not_reached(void **state)
{
    struct recent *recent = recent_new(16, 100);
    Onedoor__Intake__CaseClosed closed = ONEDOOR__INTAKE__CASE_CLOSED__INIT;
    struct recent_position to = {{40, 20}};
    (void)state;
    recent_begin(recent, 0, 40);
    hear(recent, 0, 41, 77, &closed.base);
    recent_begin(recent, 1, 20);
    hear(recent, 1, 21, 77, &closed.base);
    assert_true(recent_reaches(recent, &to));
    to.seq[1] = 19;
    assert_false(recent_reaches(recent, &to));
    to = (struct recent_position){{39, 20}};
    assert_false(recent_reaches(recent, &to));
    to = (struct recent_position){{41, 21}};
    assert_true(recent_reaches(recent, &to));
    recent_free(&recent);
}

static void only_a_position_is_read_as_one(void **state)
{
    static const char *const bad[] = {
        "",
        "5",
        "intake:1",
        "intake:1,routing:2,charging:3",
        "intake:1,routing:2,charging:3,supervision:",
        "intake:1,routing:2,charging:3,supervision:4,",
        "intake:-1,routing:2,charging:3,supervision:4",
        "intake:1111111111111111111,routing:2,charging:3,supervision:4",
        "routing:2,intake:1,charging:3,supervision:4"};
    struct recent_position to;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(recent_position_parse(bad[i], &to));
    assert_true(recent_position_parse("intake:1,routing:22,charging:333,supervision:4444", &to));
    assert_int_equal(333, to.seq[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_speaks_of_the_departments_in_it),
        cmocka_unit_test(an_event_is_for_the_departments_of_its_case),
        cmocka_unit_test(a_department_is_found_wherever_an_event_names_it),
        cmocka_unit_test(an_event_that_cannot_be_read_names_nobody),
        cmocka_unit_test(a_position_is_reached_while_what_follows_it_is_kept),
        cmocka_unit_test(a_position_before_what_was_heard_is_not_reached),
        cmocka_unit_test(only_a_position_is_read_as_one),
    };
    return cmocka_run_group_tests_name("recent", tests, NULL, NULL);
}
