/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/wire/vitals.h"

static struct vitals well(int64_t head_seq)
{
    struct vitals vitals = {0};
    for (int i = 0; i < SERVICES; i++) {
        struct mark mark = mark_of("intake", 1, head_seq);
        vitals.services[i] = (struct vital){
            .answers = true, .state = "ready", .now_ms = 1000000, .head_seq = head_seq};
        assert_true(marks_advance(&vitals.services[i].cursors, &mark));
    }
    return vitals;
}

static void assert_one_fault(const struct vitals *vitals, const struct vitals *before,
                             const char *expected)
{
    char faults[FAULTS_MAX][FAULT_SIZE];
    assert_int_equal(1, vitals_faults(vitals, before, faults));
    assert_string_equal(expected, faults[0]);
}

static void a_hall_that_is_well_has_no_faults(void **state)
{
    char faults[FAULTS_MAX][FAULT_SIZE];
    struct vitals now = well(100), before = well(90);
    (void)state;
    assert_int_equal(0, vitals_faults(&now, &before, faults));
    assert_int_equal(0, vitals_faults(&now, NULL, faults));
}

static void a_disk_that_is_nearly_full_is_a_fault(void **state)
{
    char faults[FAULTS_MAX][FAULT_SIZE];
    struct vitals now = well(100);
    (void)state;
    now.disk_free_bytes = INT64_C(40) << 20;
    assert_one_fault(&now, NULL, "the disk has 40 MB left");
    now.disk_free_bytes = INT64_C(5) << 30;
    assert_int_equal(0, vitals_faults(&now, NULL, faults));
}

static void silence_and_waiting_are_faults(void **state)
{
    struct vitals silent = well(100), waits = well(100);
    (void)state;
    silent.services[1] = (struct vital){0};
    assert_one_fault(&silent, NULL, "routing does not answer");
    waits.services[2] =
        (struct vital){.answers = true, .state = "waiting for the database", .now_ms = 1000000};
    assert_one_fault(&waits, NULL, "charging is waiting for the database");
}

/* What is said in these seconds may still be on its way. */
static void behind_is_who_has_not_heard_what_was_said_before(void **state)
{
    struct vitals before = well(100), now = well(100);
    (void)state;
    now.services[0].head_seq = 150;
    assert_false(vitals_behind(&now, &before));
    now.services[4].cursors.at[0].seq = 93;
    assert_true(vitals_behind(&now, &before));
    assert_one_fault(&now, &before, "reporting is 7 events behind intake");
    before.services[0].answers = false;
    assert_false(vitals_behind(&now, &before));
}

static void a_clock_that_differs_is_a_fault(void **state)
{
    struct vitals now = well(100);
    (void)state;
    now.services[3].now_ms += 61000;
    assert_one_fault(&now, NULL, "the clock of supervision differs from others by 61 s");
}

static void what_a_service_finds_wrong_itself_is_a_fault(void **state)
{
    struct vitals now = well(100);
    (void)state;
    strcpy(now.services[2].faults[0], "does no work: the clock was set 86400 s ahead");
    now.services[2].n_faults = 1;
    assert_one_fault(&now, NULL, "charging does no work: the clock was set 86400 s ahead");
}

static void an_answer_is_taken_as_it_is(void **state)
{
    Onedoor__HealthReply reply = ONEDOOR__HEALTH_REPLY__INIT;
    Onedoor__Mark cursor = ONEDOOR__MARK__INIT, *cursors[] = {&cursor};
    struct vital vital;
    (void)state;
    reply.state = "ready";
    reply.head_seq = 7;
    reply.writer = "host:12";
    reply.faults = (char *[]){"has a fault"};
    reply.n_faults = 1;
    cursor.stream = "routing";
    cursor.epoch = 2;
    cursor.seq = 41;
    reply.cursors = cursors;
    reply.n_cursors = 1;
    vitals_take(&vital, &reply);
    assert_true(vital.answers);
    assert_int_equal(7, vital.head_seq);
    assert_int_equal(41, marks_find(&vital.cursors, "routing")->seq);
    assert_string_equal("host:12", vital.writer);
    assert_string_equal("has a fault", vital.faults[0]);
    vitals_take(&vital, NULL);
    assert_false(vital.answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hall_that_is_well_has_no_faults),
        cmocka_unit_test(a_disk_that_is_nearly_full_is_a_fault),
        cmocka_unit_test(silence_and_waiting_are_faults),
        cmocka_unit_test(behind_is_who_has_not_heard_what_was_said_before),
        cmocka_unit_test(a_clock_that_differs_is_a_fault),
        cmocka_unit_test(what_a_service_finds_wrong_itself_is_a_fault),
        cmocka_unit_test(an_answer_is_taken_as_it_is),
    };
    return cmocka_run_group_tests_name("vitals", tests, NULL, NULL);
}
