/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L82: a day that had begun was not what its year's list says: the clocks of open work are
 * counted again, as if the list had been right from the beginning, and cards that they do not bear
 * out are withdrawn. SAN-02 is promised in five days: received on Thursday, 13 January 2022, it is
 * due on the 20th. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/supervision.pb-c.h"
#include "services/reporting/rows.h"
#include "services/supervision/lamp.h"
#include "services/supervision/moves.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

static int32_t day(int32_t month, int32_t of_month)
{
    return day_from_ymd(2022, month, of_month).n;
}

static struct outcome correct_as(struct world *hall, const struct actor *actor, int32_t which,
                                 bool working)
{
    Onedoor__Intake__CorrectDay message = ONEDOOR__INTAKE__CORRECT_DAY__INIT;
    message.day = which;
    message.working = working;
    message.name_zh = working ? "补班" : "停电停办";
    message.name_en = working ? "Worked after all" : "Power cut";
    message.reason = "按区政府通知";
    struct outcome outcome = world_command(hall, actor, &message.base, NULL);
    world_settle(hall);
    return outcome;
}

static struct outcome correct(struct world *hall, int32_t which, bool working)
{
    return correct_as(hall, &MANAGER, which, working);
}

static const struct watch_row *watch_of(struct world *hall, int64_t number, enum term term)
{
    return world_row(
        hall, "supervision", &supervision_watch_table,
        &(struct watch_row){.centre = 1, .case_number = number, .term = (int16_t)term});
}

static const struct card_row *card_of(struct world *hall, int64_t number, enum lamp level,
                                      int16_t withdrawn)
{
    return world_row(hall, "supervision", &supervision_card_table,
                     &(struct card_row){.centre = 1,
                                        .case_number = number,
                                        .term = TERM_PROMISE,
                                        .level = (int16_t)level,
                                        .withdrawn = withdrawn});
}

static const struct dossier_row *dossier_of(struct world *hall, int64_t number)
{
    return world_row(hall, "reporting", &reporting_dossier_table,
                     &(struct dossier_row){.centre = 1, .case_number = number});
}

/* ---- an unforeseen closure of today */

static void a_closure_of_today_moves_every_deadline_and_says_why(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 17, 14, 0)); /* three days of it are used in part */
    assert_done(correct(hall, day(1, 17), false));

    assert_int_equal(at(1, 21, 17, 0), dossier_of(hall, number)->due_ms);
    assert_int_equal(at(1, 21, 17, 0), watch_of(hall, number, TERM_PROMISE)->due_ms);
    assert_int_equal(at(2, 16, 17, 0), watch_of(hall, number, TERM_STATUTORY)->due_ms);
    assert_int_equal(branch_of(hall, number, 1, "TRA")->due_ms, at(1, 18, 17, 0));
    const Onedoor__Routing__DeadlineMoved *moved =
        heard(hall, &onedoor__routing__deadline_moved__descriptor, number, arena);
    assert_int_equal(day(1, 17), moved->corrected->day);
    assert_false(moved->corrected->working);
    assert_string_equal("按区政府通知", moved->corrected->reason);
    arena_free(&arena);
}

/* RULE L32.4 */
static void the_days_to_answer_in_end_later(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "SAN-02", 99)->submit.check = false;
    assert_done(submit(hall, &SAN_CLERK, &application, &reply));
    world_clock(hall, at(1, 17, 10, 0));
    assert_done(correct(hall, day(1, 17), false));
    assert_int_equal(at(1, 21, 17, 0), stored(hall, reply->case_number)->answer_due_ms);
}

/* RULE H4, L44: clocks that no other service keeps. */
static void a_delivery_has_its_day_more(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-05");
    agree(hall, number, "PLN", "SAN", "SAN");
    int64_t due_ms = watch_of(hall, number, TERM_DELIVERY)->due_ms;
    assert_int_equal(at(1, 27, 17, 0), due_ms);
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(correct(hall, day(1, 14), false)); /* its first day */
    assert_int_equal(at(1, 28, 17, 0), watch_of(hall, number, TERM_DELIVERY)->due_ms);
    assert_int_equal(at(1, 17, 9, 0), watch_of(hall, number, TERM_DELIVERY)->clock.started_ms);
}

/* ---- minutes that had been counted */

/* A hearing over the 18th, a branch sent back over it, an extension, experts. */
enum act { DECIDE, HEAR, HEARD, RETURN, EXTEND, ASK_EXPERTS, EXPERTS_DONE, NOTHING };

static void do_act(struct world *hall, int64_t number, enum act act)
{
    switch (act) {
    case DECIDE:
        assert_done(decide(hall, "TRA", number, true, ""));
        break;
    case HEAR:
        assert_done(pause_case(hall, "SAN", number, HEARING));
        break;
    case HEARD:
        assert_done(resume_case(hall, "SAN", number, HEARING));
        break;
    case RETURN:
        assert_done(send_back(hall, "SAN", number, "TRA"));
        break;
    case EXTEND:
        assert_done(extend(hall, "SAN", number, 10));
        break;
    case ASK_EXPERTS:
        assert_done(pause_case(hall, "SAN", number, EXPERTS));
        break;
    case EXPERTS_DONE:
        assert_done(resume_case(hall, "SAN", number, EXPERTS));
        break;
    case NOTHING:
        break;
    }
}

/* `known_ms`: when the hall learns what the day is; 0: not while this lasts. */
static void live(struct world *hall, int64_t number, int64_t known_ms, int32_t which, bool working)
{
    const struct {
        int64_t at_ms;
        enum act act;
    } acts[] = {{at(1, 17, 11, 20), DECIDE},      {at(1, 17, 15, 0), HEAR},
                {at(1, 19, 10, 7), HEARD},        {at(1, 19, 10, 8), RETURN},
                {at(1, 19, 16, 30), EXTEND},      {at(1, 20, 9, 30), ASK_EXPERTS},
                {at(1, 20, 14, 0), EXPERTS_DONE}, {at(1, 21, 10, 0), NOTHING}};
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (known_ms != 0 && known_ms < acts[i].at_ms) {
            world_clock(hall, known_ms);
            assert_done(correct(hall, which, working));
            known_ms = 0;
        }
        world_clock(hall, acts[i].at_ms);
        do_act(hall, number, acts[i].act);
        world_settle(hall);
    }
}

static void assert_same_clock(const struct clock *a, const struct clock *b)
{
    assert_int_equal(a->budget_min, b->budget_min);
    assert_int_equal(a->used_min, b->used_min);
    assert_int_equal(a->paused_min, b->paused_min);
    assert_int_equal(a->started_ms, b->started_ms);
    assert_int_equal(a->running_since_ms, b->running_since_ms);
    assert_int_equal(a->paused_since_ms, b->paused_since_ms);
    assert_int_equal(a->over_ms, b->over_ms);
}

static void assert_same_case(struct world *one, int64_t first, struct world *other, int64_t second)
{
    const struct flow_row *a = flow_of(one, first), *b = flow_of(other, second);
    assert_same_clock(&a->clock, &b->clock);
    assert_int_equal(a->statutory.budget_min, b->statutory.budget_min);
    assert_int_equal(a->parallel.budget_min, b->parallel.budget_min);
    for (int no = 1; task_of(one, first, no) != NULL; no++) {
        const struct task_row *x = task_of(one, first, no), *y = task_of(other, second, no);
        if (x->state != TASK_OPEN)
            continue;
        assert_same_clock(&x->clock, &y->clock);
        assert_int_equal(x->due_ms, y->due_ms);
    }
    assert_int_equal(dossier_of(one, first)->due_ms, dossier_of(other, second)->due_ms);
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        assert_int_equal(watch_of(one, first, term)->due_ms, watch_of(other, second, term)->due_ms);
        assert_int_equal(watch_of(one, first, term)->next_ms,
                         watch_of(other, second, term)->next_ms);
    }
}

/* A second hall that knows at one in the morning what the day is. */
static void assert_as_if_known(struct world *hall, int32_t which, bool working)
{
    struct world *other = world_new(at(1, 13, 10, 0));
    int64_t early = take_in(other, &SAN_CLERK, "SAN-02");
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    int64_t at_one_ms = (int64_t)which * 24 * 3600 * 1000 - INT64_C(7) * 3600 * 1000;
    live(other, early, at_one_ms, which, working);
    live(hall, number, 0, which, working);
    assert_done(correct(hall, which, working));
    assert_same_case(hall, number, other, early);
    assert_int_equal(0, world_parked(other, "routing") + world_parked(other, "supervision"));
    world_free(&other);
}

static void minutes_that_were_counted_are_counted_again(void **state)
{
    assert_as_if_known(*state, day(1, 17), false); /* the clock ran, and was paused */
}

static void a_day_that_passed_in_a_pause_changes_what_was_paused(void **state)
{
    assert_as_if_known(*state, day(1, 18), false);
}

static void a_day_of_many_acts_is_counted_again(void **state)
{
    assert_as_if_known(*state, day(1, 19), false);
}

static void a_first_day_that_was_none_begins_the_clock_later(void **state)
{
    assert_as_if_known(*state, day(1, 14), false);
}

static void a_saturday_that_was_worked_counts(void **state)
{
    assert_as_if_known(*state, day(1, 15), true);
}

/* What is put right by mistake is put right again. */
static void a_correction_taken_back_leaves_everything_as_it_was(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    live(hall, number, 0, 0, false);
    const struct flow_row before = *flow_of(hall, number);
    const int64_t due_ms = dossier_of(hall, number)->due_ms;
    assert_done(correct(hall, day(1, 17), false));
    assert_int_not_equal(due_ms, dossier_of(hall, number)->due_ms);
    assert_done(correct(hall, day(1, 17), true));
    assert_int_equal(due_ms, dossier_of(hall, number)->due_ms);
    assert_same_clock(&before.clock, &flow_of(hall, number)->clock);
}

/* ---- cards */

static int64_t reds_of(struct world *hall, int32_t on)
{
    int64_t n = 0;
    for (size_t i = 0; i < world_count(hall, "reporting", &reporting_rollup_table); i++) {
        const struct rollup_row *row = world_row_at(hall, "reporting", &reporting_rollup_table, i);
        n += row->span == SPAN_DAY && row->day == on ? row->figures.n[FIGURE_RED] : 0;
    }
    return n;
}

/* RULE H12 */
static void
a_red_card_of_a_deadline_that_did_not_hold_is_withdrawn_and_stays_on_record(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 21, 9, 30));
    world_settle(hall);
    assert_non_null(card_of(hall, number, LAMP_RED, 0));
    int16_t reds = dossier_of(hall, number)->red;
    int64_t counted = reds_of(hall, day(1, 20));

    assert_done(correct(hall, day(1, 19), false));
    assert_null(card_of(hall, number, LAMP_RED, 0));
    const struct card_row *withdrawn = card_of(hall, number, LAMP_RED, 1);
    assert_non_null(withdrawn);
    assert_int_equal(CARD_WITHDRAWN, withdrawn->state);
    assert_int_equal(at(1, 20, 17, 0), withdrawn->issued_ms); /* what it said, it has said */
    assert_int_equal(at(1, 21, 9, 30), withdrawn->withdrawn_ms);
    assert_int_equal(day(1, 19), withdrawn->corrected_day);
    assert_string_equal("按区政府通知", withdrawn->corrected_reason);
    assert_int_equal(LAMP_YELLOW, watch_of(hall, number, TERM_PROMISE)->level);
    assert_int_equal(reds - 1, dossier_of(hall, number)->red);
    assert_int_equal(counted - 1, reds_of(hall, day(1, 20)));
    const Onedoor__Supervision__CardWithdrawn *said =
        heard(hall, &onedoor__supervision__card_withdrawn__descriptor, number, arena);
    assert_int_equal(day(1, 19), said->card->corrected_day);
    arena_free(&arena);
}

static void a_withdrawn_card_comes_when_its_time_comes(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 21, 9, 30));
    world_settle(hall);
    assert_done(correct(hall, day(1, 19), false));
    world_clock(hall, at(1, 21, 17, 30));
    world_settle(hall);
    assert_int_equal(at(1, 21, 17, 0), card_of(hall, number, LAMP_RED, 0)->issued_ms);
    assert_done(correct(hall, day(1, 20), false)); /* and goes again */
    assert_null(card_of(hall, number, LAMP_RED, 0));
    assert_non_null(card_of(hall, number, LAMP_RED, 2));
    assert_int_equal(0, world_parked(hall, "supervision") + world_parked(hall, "reporting"));
}

static void a_card_from_before_the_day_stands(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 24, 10, 0));
    world_settle(hall);
    assert_done(correct(hall, day(1, 21), false));
    assert_non_null(card_of(hall, number, LAMP_RED, 0));
    assert_int_equal(0, world_said(hall, "supervision.CardWithdrawn", number));
}

static void a_day_that_was_worked_brings_the_card_that_was_due(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 20, 10, 0));
    world_settle(hall);
    assert_null(card_of(hall, number, LAMP_RED, 0));
    assert_done(correct(hall, day(1, 15), true)); /* a Saturday: due on the 19th */
    world_clock(hall, at(1, 20, 10, 1));
    world_settle(hall);
    assert_int_equal(at(1, 19, 17, 0), card_of(hall, number, LAMP_RED, 0)->issued_ms);
}

/* ---- what may be corrected */

static void only_what_has_begun_and_was_otherwise_is_corrected(void **state)
{
    struct world *hall = *state;
    assert_refused(FIELD_INVALID, correct(hall, day(1, 14), false)); /* tomorrow */
    assert_refused(FIELD_INVALID, correct(hall, day(1, 13), true));  /* worked already */
    assert_refused(FIELD_INVALID, correct(hall, day(1, 9), false));  /* a Sunday */
    assert_refused(FIELD_INVALID, correct(hall, day(1, 13) - 367, false));
    assert_refused(FIELD_INVALID, correct(hall, 1, true));
    assert_refused(FIELD_MISSING, correct(hall, 0, true));
    assert_refused(FIELD_INVALID, correct(hall, INT32_MIN, true));
    assert_refused(NOT_ALLOWED, correct_as(hall, &DESK, day(1, 12), false));
    assert_int_equal(0, world_said(hall, "intake.CalendarPublished", 0));
    assert_done(correct(hall, day(1, 12), false));
    assert_int_equal(1, world_said(hall, "intake.CalendarPublished", 0));
}

static void a_correction_needs_its_reason_and_what_it_was_decided_on(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__CorrectDay message = ONEDOOR__INTAKE__CORRECT_DAY__INIT;
    message.day = day(1, 12);
    message.name_zh = "停电停办";
    message.name_en = "Power cut";
    message.reason = " ";
    assert_refused(REASON_REQUIRED, world_command(hall, &MANAGER, &message.base, NULL));
    message.reason = "停电";
    message.shown_revision = 4711;
    assert_refused(CHANGED_MEANWHILE, world_command(hall, &MANAGER, &message.base, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_closure_of_today_moves_every_deadline_and_says_why),
        ROUTING_TEST(the_days_to_answer_in_end_later),
        cmocka_unit_test_setup_teardown(a_delivery_has_its_day_more, open_hall, shut_hall),
        cmocka_unit_test_setup_teardown(minutes_that_were_counted_are_counted_again, open_hall,
                                        shut_hall),
        ROUTING_TEST(a_day_that_passed_in_a_pause_changes_what_was_paused),
        ROUTING_TEST(a_day_of_many_acts_is_counted_again),
        cmocka_unit_test_setup_teardown(a_first_day_that_was_none_begins_the_clock_later, open_hall,
                                        shut_hall),
        cmocka_unit_test_setup_teardown(a_saturday_that_was_worked_counts, open_hall, shut_hall),
        ROUTING_TEST(a_correction_taken_back_leaves_everything_as_it_was),
        ROUTING_TEST(a_red_card_of_a_deadline_that_did_not_hold_is_withdrawn_and_stays_on_record),
        ROUTING_TEST(a_withdrawn_card_comes_when_its_time_comes),
        ROUTING_TEST(a_card_from_before_the_day_stands),
        ROUTING_TEST(a_day_that_was_worked_brings_the_card_that_was_due),
        ROUTING_TEST(only_what_has_begun_and_was_otherwise_is_corrected),
        ROUTING_TEST(a_correction_needs_its_reason_and_what_it_was_decided_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
