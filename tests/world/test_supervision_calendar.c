/* SPDX-License-Identifier: Apache-2.0 */
/* Supervision hears of a published calendar: whatever it heard first, and wherever a batch ended,
 * it comes to the same. RULE L82. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/rows/calendar_table.h"
#include "common/rows/rowset.h"
#include "services/supervision/calendar.h"
#include "services/supervision/supervision.h"
#include "tests/world/supervision_office.h"

/* The list of 2022 with Monday, 17 January off, as intake says it on the 10th. */
static Onedoor__Intake__CalendarPublished *monday_off(struct solo *office)
{
    static const struct {
        int32_t month, day;
        Onedoor__DayKind kind;
    } days[] = {{1, 3, ONEDOOR__DAY_KIND__HOLIDAY},
                {1, 17, ONEDOOR__DAY_KIND__HOLIDAY},
                {1, 29, ONEDOOR__DAY_KIND__MAKE_UP_WORKING_DAY}};
    enum { DAYS = sizeof days / sizeof days[0] };
    Onedoor__Intake__CalendarPublished *published =
        ARENA_NEW(office->arena, Onedoor__Intake__CalendarPublished);
    onedoor__intake__calendar_published__init(published);
    published->year = 2022;
    published->n_days = DAYS;
    published->days = ARENA_ARRAY(office->arena, Onedoor__CalendarDay *, DAYS);
    for (size_t i = 0; i < DAYS; i++) {
        Onedoor__CalendarDay *day = ARENA_NEW(office->arena, Onedoor__CalendarDay);
        onedoor__calendar_day__init(day);
        day->day = day_from_ymd(2022, days[i].month, days[i].day).n;
        day->kind = days[i].kind;
        day->name_zh = "放假";
        day->name_en = "Day off";
        published->days[i] = day;
    }
    return published;
}

static void publish(struct solo *office)
{
    solo_hear(office, "intake", 0, at(1, 10, 9, 30), &monday_off(office)->base);
}

/* Five days from the 10th at ten; routing had the calendar already. */
static Onedoor__Routing__StageOpened *stage_of(struct solo *office, const struct clock *promise)
{
    Onedoor__Routing__StageOpened *stage = ARENA_NEW(office->arena, Onedoor__Routing__StageOpened);
    onedoor__routing__stage_opened__init(stage);
    stage->stage = 1;
    stage->clock = clock_said(office, promise);
    stage->clock->due_ms = at(1, 18, 17, 0);
    stage->item = "SAN-02";
    stage->department = "SAN";
    return stage;
}

static const struct watch_row *watch(struct solo *office)
{
    const struct watch_row *row =
        memstore_row(office->mem, &supervision_watch_table,
                     &(struct watch_row){.centre = 1, .case_number = CASE, .term = TERM_PROMISE});
    assert_non_null(row);
    return row;
}

/* Four of five days: from the 11th, with the 17th off, at the closing of the 14th. Red comes with
 * the deadline. */
static void assert_watched_by_the_new_calendar(struct solo *office)
{
    assert_int_equal(at(1, 18, 17, 0), watch(office)->due_ms);
    solo_clock(office, at(1, 17, 18, 0));
    assert_null(card(office, CASE, 0, LAMP_RED));
    assert_int_equal(at(1, 18, 17, 0) + 1 + 2000, watch(office)->next_ms);
    solo_clock(office, at(1, 18, 18, 0));
    assert_int_equal(at(1, 18, 17, 0), card(office, CASE, 0, LAMP_RED)->issued_ms);
    assert_int_equal(0, memstore_count(office->mem, &parked_table));
}

static void a_case_is_watched_by_the_calendar_heard_before_it(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 5);
    publish(office);
    solo_hear(office, "routing", CASE, at(1, 10, 10, 0), &stage_of(office, &promise)->base);
    assert_watched_by_the_new_calendar(office);
}

static void a_case_is_watched_by_the_calendar_heard_after_it(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 5);
    solo_hear(office, "routing", CASE, at(1, 10, 10, 0), &stage_of(office, &promise)->base);
    int64_t look_ms = watch(office)->next_ms;
    publish(office);
    assert_int_equal(look_ms, watch(office)->next_ms); /* yellow, on the 14th, as before */
    assert_watched_by_the_new_calendar(office);
}

static struct item item_of(struct solo *office, const char *stream, int64_t case_number,
                           const ProtobufCMessage *message)
{
    struct item item;
    int follow = strcmp(stream, "intake") == 0 ? 0 : 1;
    const struct event event = {
        .epoch = 1,
        .seq = office->engine.cursors[follow].seq + 1,
        .type = message_type(message->descriptor),
        .version = 1,
        .case_number = case_number,
        .at_ms = at(1, 10, 10, 0),
        .actor = "a1",
        .payload = message_pack(message, office->arena),
    };
    engine_hear(&office->engine, follow, &event, &item);
    return item;
}

static void a_calendar_holds_for_what_comes_after_it_in_the_same_batch(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 5);
    struct item items[] = {
        item_of(office, "intake", 0, &monday_off(office)->base),
        item_of(office, "routing", CASE, &stage_of(office, &promise)->base),
    };
    office->now_ms = at(1, 10, 10, 0);
    assert_int_equal(STATUS_OK,
                     batch_run(&office->engine, items, 2, office->now_ms, office->arena));
    assert_watched_by_the_new_calendar(office);
}

/* Routing says where the deadline lies now; before that, what had come due is issued. */
static void a_moved_deadline_is_taken_as_it_is_said(void **state)
{
    struct solo *office = *state;
    const struct clock promise = started(office, at(1, 10, 10, 0), 5);
    Onedoor__Routing__DeadlineMoved moved = ONEDOOR__ROUTING__DEADLINE_MOVED__INIT;
    open_five_days(office, CASE);
    assert_int_equal(at(1, 17, 17, 0), watch(office)->due_ms);
    moved.term = ONEDOOR__TERM__PROMISE;
    moved.clock = clock_said(office, &promise);
    moved.clock->due_ms = at(1, 18, 17, 0);
    moved.from_ms = at(1, 17, 17, 0);
    solo_hear(office, "routing", CASE, at(1, 15, 10, 0), &moved.base);
    assert_int_equal(at(1, 18, 17, 0), watch(office)->due_ms);
    assert_int_equal(at(1, 17, 17, 0), card(office, CASE, 0, LAMP_YELLOW)->due_ms);
}

static void a_list_that_contradicts_itself_is_parked_and_changes_nothing(void **state)
{
    struct solo *office = *state;
    size_t days = memstore_count(office->mem, &calendar_table);
    Onedoor__Intake__CalendarPublished *published = monday_off(office);
    published->days[1] = published->days[0];
    solo_hear(office, "intake", 0, at(1, 10, 9, 30), &published->base);
    assert_int_equal(1, memstore_count(office->mem, &parked_table));
    assert_int_equal(days, memstore_count(office->mem, &calendar_table));
}

/* A tick may issue a card to a watch that was loaded green, and the walk of the same turn withdraw
 * it: then the numbers of those withdrawn before must be known. */
static void a_walk_brings_the_cards_of_a_green_watch_too(void **state)
{
    struct solo *office = *state;
    struct turn turn = {.service = &supervision_service, .arena = office->arena, .centre = 1};
    rowset_open(&turn);
    supervision_walks[0].need(
        &turn, &(struct watch_row){.centre = 1, .case_number = CASE, .level = LAMP_GREEN});
    assert_true(rows_wanted(&turn, &supervision_card_table));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_case_is_watched_by_the_calendar_heard_before_it),
        OFFICE_TEST(a_case_is_watched_by_the_calendar_heard_after_it),
        OFFICE_TEST(a_calendar_holds_for_what_comes_after_it_in_the_same_batch),
        OFFICE_TEST(a_moved_deadline_is_taken_as_it_is_said),
        OFFICE_TEST(a_list_that_contradicts_itself_is_parked_and_changes_nothing),
        OFFICE_TEST(a_walk_brings_the_cards_of_a_green_watch_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
