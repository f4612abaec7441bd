/* SPDX-License-Identifier: Apache-2.0 */
/* test_fill.c: a row fills the fields of a message that have its names and kinds, and no others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/fill.h"
#include "onedoor/envelope.pb-c.h"
#include "onedoor/routing.pb-c.h"

struct task {
    int16_t stage;
    int32_t no;
    const char *department;
    const char *assignee;
    int16_t state;
    bool lead;
    int64_t opened_ms;
    int32_t decided_ms;
    int16_t opinion; /* a string in the message */
    int16_t minutes; /* not in the message */
};

static const struct column task_columns[] = {
    COLUMN(task, stage, I16, COLUMN_KEY),
    COLUMN(task, no, I32, 0),
    COLUMN(task, department, TEXT, 0),
    COLUMN(task, assignee, TEXT, 0),
    COLUMN(task, state, I16, 0),
    COLUMN(task, lead, BOOL, 0),
    COLUMN_AS(task, opened_ms, "opened_at", TIME, 0),
    COLUMN_AS(task, decided_ms, "decided_on", DAY, 0),
    COLUMN(task, opinion, I16, 0),
    COLUMN(task, minutes, I16, 0),
};
static const struct table task_table = TABLE("task", task, task_columns, 1);

static void fields_of_the_same_name_and_kind_are_set(void **state)
{
    Onedoor__Routing__Task message = ONEDOOR__ROUTING__TASK__INIT;
    struct task row = {
        .stage = 2,
        .no = -3,
        .department = "CON",
        .state = ONEDOOR__ROUTING__TASK_STATE__AGREED,
        .lead = true,
        .opened_ms = 1642036800000,
        .decided_ms = 19000,
    };

    (void)state;
    fill_message(&message.base, &task_table, &row);
    assert_int_equal(2, message.stage);
    assert_int_equal(-3, message.no);
    assert_string_equal("CON", message.department);
    assert_int_equal(ONEDOOR__ROUTING__TASK_STATE__AGREED, message.state);
    assert_true(message.lead);
    assert_true(message.opened_ms == 1642036800000);
    assert_true(message.decided_ms == 19000);
}

static void text_that_is_null_is_empty(void **state)
{
    Onedoor__Routing__Task message = ONEDOOR__ROUTING__TASK__INIT;
    struct task row = {0};

    (void)state;
    message.assignee = (char *)"somebody";
    fill_message(&message.base, &task_table, &row);
    assert_string_equal("", message.assignee);
}

static void a_field_of_another_kind_or_name_is_the_callers(void **state)
{
    Onedoor__Routing__Task message = ONEDOOR__ROUTING__TASK__INIT;
    struct task row = {.opinion = 7};

    (void)state;
    message.opinion = (char *)"agreed";
    message.counts = true;
    fill_message(&message.base, &task_table, &row);
    assert_string_equal("agreed", message.opinion);
    assert_true(message.counts);
}

struct noted {
    struct bytes payload;
};
static const struct column noted_columns[] = {COLUMN(noted, payload, BYTES, 0)};
static const struct table noted_table = TABLE("noted", noted, noted_columns, 1);

static void bytes_are_borrowed(void **state)
{
    Onedoor__Event message = ONEDOOR__EVENT__INIT;
    struct noted row = {{(const unsigned char *)"a\0b", 3}};

    (void)state;
    fill_message(&message.base, &noted_table, &row);
    assert_true(message.payload.data == row.payload.data);
    assert_int_equal(3, message.payload.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_the_same_name_and_kind_are_set),
        cmocka_unit_test(text_that_is_null_is_empty),
        cmocka_unit_test(a_field_of_another_kind_or_name_is_the_callers),
        cmocka_unit_test(bytes_are_borrowed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
