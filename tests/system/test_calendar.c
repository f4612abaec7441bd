/* SPDX-License-Identifier: Apache-2.0 */
/* On a running hall with a driven clock: calendars are published while a case is being handled, its
 * task is taken, it becomes late; and a replay of the journals gives the same rows. The tests build
 * on each other: it is one case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/supervision.pb-c.h"
#include "tests/system/desk.h"
#include "tests/system/running.h"
#include "tests/system/simulation.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/values/day.h"

static int64_t number; /* the case: SAN-02, five working days */

static const struct actor manager = {"m1", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0};
static const struct actor ann = {"ann", ONEDOOR__ROLE__APPROVER, "SAN", 0};

/* January 2022; the 13th is a Thursday. */
static int64_t at(int32_t day, int32_t hour, int32_t minute)
{
    return ((day_from_ymd(2022, 1, day).n * INT64_C(24) + hour - 8) * 60 + minute) * 60000;
}

static void set_clock(int64_t now_ms)
{
    char path[64];
    snprintf(path, sizeof path, "%s/clock", hall.home);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(sizeof now_ms, pwrite(fd, &now_ms, sizeof now_ms, 0));
    close(fd);
}

/* With what its fees count. */
static int64_t take_in(void)
{
    static const char *const fees[] = {"FEE-SAN-02A", "FEE-SAN-02B"};
    Onedoor__Intake__Submit *submit = desk_application(client, "SAN-02", arena);
    submit->n_facts = 2;
    submit->facts = ARENA_ARRAY(arena, Onedoor__FeeFact *, 2);
    for (int i = 0; i < 2; i++) {
        submit->facts[i] = ARENA_NEW(arena, Onedoor__FeeFact);
        onedoor__fee_fact__init(submit->facts[i]);
        submit->facts[i]->fee = (char *)fees[i];
        submit->facts[i]->units = 1;
        submit->facts[i]->days = i == 0;
    }
    const Onedoor__Intake__SubmitReply *reply = desk_until(
        client, &clerk, &submit->base, &onedoor__intake__submit_reply__descriptor, arena);
    assert_non_null(reply);
    return reply->case_number;
}

static int open_hall(void **state)
{
    (void)state;
    simulation_hall(&hall);
    set_clock(at(13, 9, 30));
    running_connect();
    number = take_in();
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    running_disconnect();
    simulation_destroy(&hall);
    return 0;
}

/* ---- what is asked */

static const void *query(const struct actor *actor, const ProtobufCMessage *message,
                         const ProtobufCMessageDescriptor *reply)
{
    const struct ask ask = {.lane = LANE_QUERY,
                            .message = message,
                            .reply = reply,
                            .actor = *actor,
                            .timeout_ms = 30000};
    struct answer answer = client_call(client, &ask, arena);
    assert_int_equal(ANSWER_OK, answer.kind);
    return answer.message;
}

static const Onedoor__Intake__GetCalendarReply *calendar_of(int32_t year)
{
    Onedoor__Intake__GetCalendar ask = ONEDOOR__INTAKE__GET_CALENDAR__INIT;
    ask.year = year;
    return query(&public, &ask.base, &onedoor__intake__get_calendar_reply__descriptor);
}

/* The list of 2022 as it stands, and one more day off. */
static struct answer publish_with(int32_t day)
{
    const Onedoor__Intake__GetCalendarReply *now = calendar_of(2022);
    Onedoor__Intake__PublishCalendar publish = ONEDOOR__INTAKE__PUBLISH_CALENDAR__INIT;
    Onedoor__CalendarDay off = ONEDOOR__CALENDAR_DAY__INIT;
    off.day = day_from_ymd(2022, 1, day).n;
    off.kind = ONEDOOR__DAY_KIND__HOLIDAY;
    off.name_zh = "放假";
    off.name_en = "Day off";
    publish.year = 2022;
    publish.days = ARENA_ARRAY(arena, Onedoor__CalendarDay *, now->n_days + 1);
    memcpy(publish.days, now->days, now->n_days * sizeof *now->days);
    publish.days[now->n_days] = &off;
    publish.n_days = now->n_days + 1;
    return desk_ask(client, NULL, &manager, &publish.base, &onedoor__done__descriptor, arena);
}

/* Wait until routing has derived this deadline. */
static void await_due(int64_t due_ms)
{
    struct retry retry = retry_begin();
    Onedoor__Routing__GetFlow ask = ONEDOOR__ROUTING__GET_FLOW__INIT;
    const Onedoor__Routing__GetFlowReply *reply;
    ask.case_number = number;
    do {
        retry_or_fail(&retry, "the deadline is another");
        reply = desk_until(client, &clerk, &ask.base, &onedoor__routing__get_flow_reply__descriptor,
                           arena);
    } while (reply->due_ms != due_ms);
}

static const Onedoor__Routing__ListTasksReply *tasks(const char *item, const char *assignee)
{
    Onedoor__Routing__ListTasks ask = ONEDOOR__ROUTING__LIST_TASKS__INIT;
    ask.department = "SAN";
    ask.limit = 10;
    ask.item = (char *)item;
    ask.assignee = (char *)assignee;
    return query(&ann, &ask.base, &onedoor__routing__list_tasks_reply__descriptor);
}

/* ---- the case */

static void a_list_as_it_came_with_the_hall_is_read(void **state)
{
    (void)state;
    const Onedoor__Intake__GetCalendarReply *year = calendar_of(2022);
    assert_true(year->published);
    assert_int_equal(day_from_ymd(2022, 1, 3).n, year->days[0]->day);
    assert_int_equal(ONEDOOR__DAY_KIND__HOLIDAY, year->days[0]->kind);
    assert_string_equal("元旦", year->days[0]->name_zh);
    assert_string_equal("New Year's Day", year->days[0]->name_en);
    assert_false(calendar_of(2031)->published);
}

static const Onedoor__Routing__ExplainDeadlineReply *explained(int32_t task, Onedoor__Term term)
{
    Onedoor__Routing__ExplainDeadline ask = ONEDOOR__ROUTING__EXPLAIN_DEADLINE__INIT;
    ask.case_number = number;
    ask.task = task;
    ask.term = term;
    return query(&ann, &ask.base, &onedoor__routing__explain_deadline_reply__descriptor);
}

/* RULE L42.1, L42.2: the list shows what ends first; that very one is explained, from its first
 * day. */
static void each_term_is_explained_as_it_is_listed(void **state)
{
    (void)state;
    await_due(at(20, 17, 0));
    const Onedoor__Routing__TaskLine *line = tasks("", "")->tasks[0];
    assert_int_equal(ONEDOOR__TERM__STEP, line->first);
    assert_int_equal(at(17, 17, 0), line->first_due_ms);
    assert_false(line->provisional);
    const Onedoor__Routing__ExplainDeadlineReply *step = explained(line->task->no, 0);
    assert_int_equal(ONEDOOR__TERM__STEP, step->term);
    assert_int_equal(line->first_due_ms, step->due_ms);
    assert_string_equal("not counted", step->days[0]->kind);
    assert_int_equal(day_from_ymd(2022, 1, 13).n, step->days[0]->day);
    assert_int_equal(at(20, 17, 0), explained(0, 0)->due_ms);
    const Onedoor__Routing__ExplainDeadlineReply *law = explained(0, ONEDOOR__TERM__STATUTORY);
    assert_int_equal(at(31 + 15, 17, 0), law->due_ms);
    assert_string_equal("not counted", law->days[0]->kind);
}

/* RULE L82 */
static void a_published_holiday_moves_the_deadline_in_every_service(void **state)
{
    (void)state;
    await_due(at(20, 17, 0));
    assert_int_equal(ANSWER_OK, publish_with(17).kind);
    await_due(at(21, 17, 0));
    hall_await_number(admin,
                      "select count(*) from supervision.watch where term = 1"
                      " and due_at = '2022-01-21 17:00+08'",
                      1);
    hall_await_number(
        admin, "select count(*) from reporting.dossier where due_at = '2022-01-21 17:00+08'", 1);
    assert_int_equal(calendar_of(2022)->n_days,
                     hall_number(admin, "select count(*) from supervision.calendar_day"
                                        " where extract(year from day) = 2022"));
}

static void what_is_past_is_refused(void **state)
{
    (void)state;
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, publish_with(13).code);
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, publish_with(17).code); /* twice */
}

/* RULE H12: by department and person. */
static void a_taken_task_is_found_by_who_has_it(void **state)
{
    (void)state;
    Onedoor__Routing__TakeTask take = ONEDOOR__ROUTING__TAKE_TASK__INIT;
    take.case_number = number;
    assert_int_equal(0, tasks("", "ann")->n_tasks);
    desk_until(client, &ann, &take.base, &onedoor__done__descriptor, arena);
    assert_string_equal("ann", tasks("SAN-02", "ann")->tasks[0]->task->assignee);
    assert_int_equal(1, tasks("", "ann")->n_tasks);
    assert_int_equal(0, tasks("SAN-05", "")->n_tasks);
    assert_int_equal(0, tasks("", "bo")->n_tasks);
    assert_int_equal(1, tasks("", "bo")->total);
    hall_await_number(admin, "select count(*) from supervision.watch where assignee = 'ann'", 1);
}

/* The yellow card keeps the deadline it was measured against, though that moves later on. */
static void cards_come_by_the_calendar_of_their_day(void **state)
{
    (void)state;
    set_clock(at(20, 17, 30));
    hall_await_number(admin, "select count(*) from supervision.card where task = 0 and level = 2",
                      1);
    assert_int_equal(ANSWER_OK, publish_with(21).kind);
    await_due(at(24, 17, 0));
    set_clock(at(24, 17, 30));
    hall_await_number(admin, "select count(*) from supervision.card where task = 0 and level = 3",
                      1);
    assert_int_equal(1, hall_number(admin, "select count(*) from supervision.card where task = 0"
                                           " and level = 2 and due_at = '2022-01-21 17:00+08'"));
    assert_int_equal(1, hall_number(admin, "select count(*) from supervision.card where task = 0"
                                           " and level = 3 and due_at = '2022-01-24 17:00+08'"));
}

static const Onedoor__Routing__CorrectedDeadline *previewed(int32_t day)
{
    Onedoor__Routing__PreviewCorrection ask = ONEDOOR__ROUTING__PREVIEW_CORRECTION__INIT;
    ask.day = day;
    const Onedoor__Routing__PreviewCorrectionReply *reply =
        query(&manager, &ask.base, &onedoor__routing__preview_correction_reply__descriptor);
    for (size_t i = 0; i < reply->n_deadlines; i++)
        if (reply->deadlines[i]->term == ONEDOOR__TERM__PROMISE)
            return reply->deadlines[i];
    fail_msg("the promise does not move");
    return NULL;
}

static const Onedoor__Supervision__ListCardsReply *red_cards(bool withdrawn)
{
    Onedoor__Supervision__ListCards ask = ONEDOOR__SUPERVISION__LIST_CARDS__INIT;
    ask.case_number = number;
    ask.level = ONEDOOR__SUPERVISION__LEVEL__RED;
    ask.withdrawn = withdrawn;
    return query(&manager, &ask.base, &onedoor__supervision__list_cards_reply__descriptor);
}

/* RULE H12, L82: what is shown before is what happens. */
static void a_closure_of_today_is_shown_before_and_withdraws_its_card(void **state)
{
    (void)state;
    Onedoor__Intake__CorrectDay correct = ONEDOOR__INTAKE__CORRECT_DAY__INIT;
    correct.day = day_from_ymd(2022, 1, 24).n;
    correct.name_zh = "停电停办";
    correct.name_en = "Power cut";
    correct.reason = "停电";
    size_t red = red_cards(false)->n_cards;
    const Onedoor__Routing__CorrectedDeadline *moves = previewed(correct.day);
    assert_int_equal(number, moves->case_number);
    assert_int_equal(at(24, 17, 0), moves->from_ms);
    assert_int_equal(at(25, 17, 0), moves->to_ms);
    assert_true(moves->was_over);
    assert_false(moves->is_over);

    assert_int_equal(
        ANSWER_OK,
        desk_ask(client, NULL, &manager, &correct.base, &onedoor__done__descriptor, arena).kind);
    await_due(moves->to_ms);
    hall_await_number(admin,
                      "select count(*) from supervision.card where term = 1 and level = 3"
                      " and withdrawn = 1",
                      1);
    const Onedoor__Supervision__ListCardsReply *withdrawn = red_cards(true);
    assert_int_equal(1, withdrawn->n_cards);
    assert_int_equal(ONEDOOR__SUPERVISION__CARD_STATE__WITHDRAWN, withdrawn->cards[0]->state);
    assert_string_equal("停电", withdrawn->cards[0]->corrected_reason);
    assert_int_equal(red - 1, red_cards(false)->n_cards);
}

static void a_replay_of_the_journals_gives_the_same_rows(void **state)
{
    char findings[RESULT_BYTES];
    (void)state;
    hall_await_number(
        admin,
        "select ((select sum(seq) from reporting.cursor) = (select sum(seq) from "
        "(select seq from intake.journal_head union all select seq from "
        "routing.journal_head union all select seq from supervision.journal_head) h))::int",
        1);
    if (simulation_verify(&hall, findings) != 0)
        fail_msg("%s", findings);
}

/* ---- many open clocks */

enum { CLOCKS = 300 };

/* Copies of the case that routing alone has; the one in the middle with its tasks, which have more
 * time. */
static void add_clocks(void)
{
    char sql[600];
    for (int i = 1; i <= CLOCKS; i++) {
        snprintf(sql, sizeof sql,
                 "create temp table one as select * from routing.flow where case_number = %lld;"
                 "update one set case_number = %lld;"
                 "insert into routing.flow table one; drop table one",
                 (long long)number, (long long)desk_no_case(i));
        hall_do(admin, sql);
    }
    snprintf(sql, sizeof sql,
             "create temp table one as select * from routing.task where case_number = %lld;"
             "update one set case_number = %lld, budget_min = 42000;"
             "insert into routing.task table one; drop table one",
             (long long)number, (long long)desk_no_case(CLOCKS / 2));
    hall_do(admin, sql);
}

static void sql_of_middle(char sql[200], const char *what)
{
    snprintf(sql, 200, "%s where case_number = %lld", what, (long long)desk_no_case(CLOCKS / 2));
}

/* It goes a row at a time, and stands at one that somebody holds; the service is killed there. What
 * was announced before is not announced again, and nothing is left out. */
static void a_calendar_over_many_clocks_goes_on_after_a_kill(void **state)
{
    char lock[200], moved[200];
    PGconn *holder = hall_connect(&hall, "admin");
    (void)state;
    add_clocks();
    simulation_settings(&hall, "slice_rows = 1\n");
    hall_restart(&hall, "routing");
    sql_of_middle(lock, "select count(*) from (select 1 from routing.task");
    strcat(lock, " for update) t");
    hall_do(holder, "begin");
    assert_true(hall_number(holder, lock) > 0);
    assert_int_equal(ANSWER_OK, publish_with(28).kind);
    hall_await_number(admin, "select max(met) from routing.walk", CLOCKS / 4);
    pid_t killed = hall_pid(&hall, "routing");
    assert_int_equal(0, kill(killed, SIGKILL));
    PQfinish(holder);
    hall_await(&hall, "routing", "ready", killed);
    hall_await_number(admin, "select 1 - count(*) from routing.walk", 1);
    sql_of_middle(moved, "select count(*) from routing.journal");
    strcat(moved, " and type = 'routing.DeadlineMoved'");
    assert_true(hall_number(admin, moved) > 1);
    assert_int_equal(
        0, hall_number(admin, "select count(*) from (select case_number from routing.journal"
                              " where type = 'routing.DeadlineMoved' and at > '2022-01-24 17:00+08'"
                              " group by case_number, payload having count(*) > 1) t"));
    assert_int_equal(CLOCKS + 1,
                     hall_number(admin, "select count(distinct case_number) from routing.journal"
                                        " where type = 'routing.DeadlineMoved'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_as_it_came_with_the_hall_is_read),
        cmocka_unit_test(each_term_is_explained_as_it_is_listed),
        cmocka_unit_test(a_published_holiday_moves_the_deadline_in_every_service),
        cmocka_unit_test(what_is_past_is_refused),
        cmocka_unit_test(a_taken_task_is_found_by_who_has_it),
        cmocka_unit_test(cards_come_by_the_calendar_of_their_day),
        cmocka_unit_test(a_closure_of_today_is_shown_before_and_withdraws_its_card),
        cmocka_unit_test(a_replay_of_the_journals_gives_the_same_rows),
        cmocka_unit_test(a_calendar_over_many_clocks_goes_on_after_a_kill),
    };
    return cmocka_run_group_tests_name("calendar", tests, open_hall, close_hall);
}
