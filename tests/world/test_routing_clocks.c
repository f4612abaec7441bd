/* SPDX-License-Identifier: Apache-2.0 */
/* The clocks of cases and branches: surveys, pauses, extensions, and why a deadline is the day it
 * is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/reporting/rows.h"
#include "services/routing/explain.h"
#include "services/supervision/lamp.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

enum { DAY = 420 };

static struct outcome survey(struct world *hall, const char *department, int64_t number, size_t n,
                             char **staff)
{
    const struct actor actor = approver_of(department);
    return decide_with(hall, &actor, number, n, staff);
}

/* ---- surveys and reviews */

/* RULE L34 */
static void a_site_survey_is_made_by_two(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    char *two[] = {"a1", "a2"}, *twice[] = {"a1", "A1"};
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    assert_refused(STAFF_OF_TWO, survey(hall, "CON", number, 0, NULL));
    assert_refused(STAFF_OF_TWO, survey(hall, "CON", number, 1, two));
    assert_refused(STAFF_OF_TWO, survey(hall, "CON", number, 2, twice));
    assert_int_equal(TASK_OPEN, branch_of(hall, number, 1, "CON")->state);
    assert_done(survey(hall, "CON", number, 2, two));

    const Onedoor__Routing__TaskDecided *decided =
        heard(hall, &onedoor__routing__task_decided__descriptor, number, arena);
    assert_int_equal(2, decided->n_staff);
    assert_string_equal("a2", decided->staff[1]);
    assert_done(survey(hall, "PLN", number, 0, NULL)); /* a review needs no second */
    arena_free(&arena);
}

/* RULE L34 */
static void those_who_make_a_site_survey_are_of_the_departments_of_the_case(void **state)
{
    struct world *hall = *state;
    const struct actor approver = approver_of("CON");
    char *two[] = {"a1", "a2"}, *from[] = {"PLN", "FPC"};
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
    message.case_number = number;
    message.agree = true;
    message.staff = two;
    message.n_staff = 2;
    assert_refused(STAFF_ELSEWHERE, world_command(hall, &approver, &message.base, NULL));
    message.staff_departments = from;
    message.n_staff_departments = 2;
    assert_refused(STAFF_ELSEWHERE, world_command(hall, &approver, &message.base, NULL));
    from[1] = "CON"; /* two of different departments of the case */
    assert_done(world_command(hall, &approver, &message.base, NULL));
}

/* RULE L45 */
static void a_survey_stops_the_case_while_its_own_clock_runs(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 20);
    char *two[] = {"a1", "a2"};
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    assert_int_equal(1, flow_of(hall, number)->clock.open_pauses);
    assert_state(SUSPENDED, stored(hall, number));
    assert_int_equal(APPRAISAL, pause_of(hall, number, 1)->kind); /* as the item says */
    assert_string_equal("CON", pause_of(hall, number, 1)->department);
    assert_int_equal(5, pause_of(hall, number, 1)->planned_days);
    assert_int_equal(5 * DAY, branch_of(hall, number, 1, "CON")->clock.budget_min);

    world_clock(hall, at(1, 18, 12, 0)); /* Friday, Monday and three hours of Tuesday later */
    assert_done(survey(hall, "CON", number, 2, two));
    const Onedoor__Routing__TaskDecided *decided =
        heard(hall, &onedoor__routing__task_decided__descriptor, number, arena);
    assert_true(decided->case_resumed);
    world_settle(hall);
    assert_state(IN_APPROVAL, stored(hall, number));

    const struct flow_row *flow = flow_of(hall, number);
    assert_int_equal(0, flow->clock.used_min);
    assert_int_equal(2 * DAY + 180, flow->clock.paused_min);
    assert_int_equal(world_now(hall), pause_of(hall, number, 1)->to_ms);
    assert_int_equal(2 * DAY + 180, branch_of(hall, number, 1, "CON")->clock.used_min);
    arena_free(&arena);
}

/* RULE L45 */
static void overlapping_procedures_count_once(void **state)
{
    struct world *hall = *state;
    char *two[] = {"a1", "a2"};
    int64_t number = take_in(hall, &CON_CLERK, "CON-02");
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(pause_case(hall, "CON", number, HEARING));
    assert_done(pause_case(hall, "CON", number, TESTING));
    assert_int_equal(3, flow_of(hall, number)->clock.open_pauses);

    world_clock(hall, at(1, 14, 12, 0));
    assert_done(survey(hall, "CON", number, 2, two));
    assert_done(resume_case(hall, "CON", number, HEARING));
    assert_int_equal(1, flow_of(hall, number)->clock.open_pauses);
    world_clock(hall, at(1, 14, 17, 0));
    assert_done(resume_case(hall, "CON", number, TESTING));
    assert_int_equal(DAY, flow_of(hall, number)->clock.paused_min);
    assert_int_equal(0, flow_of(hall, number)->clock.used_min);
}

/* ---- pauses of the whole case */

/* RULE L36, L45: a hearing, with its written notice. */
static void the_lead_pauses_a_case_and_lets_it_go_on(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_refused(NOT_LEAD, pause_case(hall, "TRA", number, HEARING)); /* RULE H5 */
    assert_refused(NOT_PAUSED, resume_case(hall, "SAN", number, HEARING));
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(pause_case(hall, "SAN", number, HEARING));
    assert_refused(ALREADY_PAUSED, pause_case(hall, "SAN", number, HEARING));
    assert_refused(NOT_PAUSED, resume_case(hall, "SAN", number, TESTING));
    world_settle(hall);
    assert_state(SUSPENDED, stored(hall, number));
    assert_string_equal("T-2022-7", pause_of(hall, number, 1)->notice);

    world_clock(hall, at(1, 17, 10, 0));
    assert_done(resume_case(hall, "SAN", number, HEARING));
    world_settle(hall);
    assert_state(IN_APPROVAL, stored(hall, number));
    assert_int_equal(60, flow_of(hall, number)->clock.used_min);
    assert_int_equal(DAY, flow_of(hall, number)->clock.paused_min);
    assert_int_equal(1, world_said(hall, "routing.ClockPaused", number));
    assert_int_equal(1, world_said(hall, "routing.ClockResumed", number));
}

/* RULE L45: a department's clock is paused while its case is; so is that of a branch that opens or
 * returns meanwhile. */
static void open_branches_are_stopped_with_their_case(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 14, 10, 0));
    assert_done(decide(hall, "TRA", number, true, ""));
    assert_done(pause_case(hall, "SAN", number, HEARING));
    assert_int_equal(0, branch_of(hall, number, 1, "CON")->due_ms);
    assert_done(send_back(hall, "SAN", number, "TRA"));
    assert_int_equal(1, branch_of(hall, number, 1, "TRA")->clock.open_pauses);
    agree(hall, number, "TRA", "SAN", "CON");
    assert_int_equal(1, branch_of(hall, number, 2, "SAN")->clock.open_pauses);

    world_clock(hall, at(1, 18, 9, 0));
    assert_done(resume_case(hall, "SAN", number, HEARING));
    const struct task_row *task = branch_of(hall, number, 2, "SAN");
    assert_int_equal(0, task->clock.open_pauses);
    assert_int_equal(
        DAY, task->clock.paused_min); /* Monday; it opened on Friday, which does not count */
    assert_int_equal(at(1, 19, 17, 0), task->due_ms);
}

static void a_decision_ends_the_pauses_that_were_open(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    world_clock(hall, at(1, 17, 10, 0));
    assert_done(pause_case(hall, "TRA", number, HEARING));
    world_clock(hall, at(1, 18, 10, 0));
    agree(hall, number, "TRA", "TRA");
    assert_int_equal(FLOW_GRANTED, flow_of(hall, number)->state);
    assert_int_equal(at(1, 18, 10, 0), pause_of(hall, number, 1)->to_ms);
    assert_int_equal(0, flow_of(hall, number)->clock.open_pauses);
}

static void a_pause_without_a_notice_or_kind_is_malformed(void **state)
{
    struct world *hall = *state;
    const struct actor lead = approver_of("SAN");
    Onedoor__Routing__Pause message = ONEDOOR__ROUTING__PAUSE__INIT;
    message.case_number = take_in(hall, &SAN_CLERK, "SAN-02");
    message.planned_days = 5;
    message.notice = "T-1";
    assert_refused(FIELD_MISSING, world_command(hall, &lead, &message.base, NULL));
    message.kind = ONEDOOR__ROUTING__PAUSE_KIND__HEARING;
    message.planned_days = 366;
    assert_refused(FIELD_INVALID, world_command(hall, &lead, &message.base, NULL));
    message.planned_days = 5;
    message.notice = "";
    assert_refused(FIELD_MISSING, world_command(hall, &lead, &message.base, NULL));
}

/* ---- deemed accepted */

/* RULE L32.4: of a case about which nothing was said, the promise runs from the day of receipt; its
 * departments begin when they hear of it. */
static void a_case_accepted_by_silence_has_used_the_days_of_silence(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "TRA-01", 99)->submit.check = false;
    assert_done(submit(hall, &TRA_CLERK, &application, &reply));
    world_clock(hall, at(1, 24, 9, 0));
    world_settle(hall);
    const struct flow_row *flow = flow_of(hall, reply->case_number);
    assert_int_equal(at(1, 14, 9, 0), flow->clock.started_ms);
    assert_true(branch_of(hall, reply->case_number, 1, "TRA")->opened_ms > flow->accepted_ms);
}

/* ---- explained */

static const Onedoor__Routing__ExplainDeadlineReply *explain(struct world *hall, int64_t number,
                                                             struct arena *arena)
{
    struct calendar *cal = ARENA_NEW(arena, struct calendar);
    *cal = calendar_of(hall, arena);
    struct pause_row *pauses = ARENA_ARRAY(arena, struct pause_row, 8);
    const struct pause_row *pause;
    size_t n = 0;
    while ((pause = pause_of(hall, number, (int)n + 1)) != NULL)
        pauses[n++] = *pause;
    const struct explained explained = {
        .term = TERM_PROMISE,
        .clock = flow_of(hall, number)->clock,
        .accepted_ms = flow_of(hall, number)->accepted_ms,
        .now_ms = world_now(hall),
        .pauses = pauses,
        .n_pauses = n,
    };
    return (const void *)routing_explain(&explained, cal, arena);
}

static int32_t days_of(const Onedoor__Routing__ExplainDeadlineReply *reply, const char *kind)
{
    int32_t n = 0;
    for (size_t i = 0; i < reply->n_days; i++)
        n += strcmp(reply->days[i]->kind, kind) == 0;
    return n;
}

static int32_t counted_of(const Onedoor__Routing__ExplainDeadlineReply *reply)
{
    int32_t minutes = 0;
    for (size_t i = 0; i < reply->n_days; i++)
        minutes += reply->days[i]->counted_min;
    return minutes;
}

static int32_t paused_of(const Onedoor__Routing__ExplainDeadlineReply *reply)
{
    int32_t minutes = 0;
    for (size_t i = 0; i < reply->n_days; i++)
        minutes += reply->days[i]->paused_min;
    return minutes;
}

/* RULE L82, L45: Spring Festival 2022 with its two make-up days, and a hearing of two days before
 * it. */
static void a_deadline_over_a_holiday_is_explained_and_adds_up(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 22);
    world_clock(hall, at(1, 26, 9, 30)); /* a Wednesday */
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 27, 9, 0));
    assert_done(pause_case(hall, "SAN", number, HEARING));
    world_clock(hall, at(1, 28, 12, 0));
    assert_int_equal(0,
                     explain(hall, number, arena)->due_ms); /* there is none while it is stopped */
    assert_done(resume_case(hall, "SAN", number, HEARING));

    const Onedoor__Routing__ExplainDeadlineReply *reply = explain(hall, number, arena);
    assert_int_equal(at(2, 9, 17, 0), reply->due_ms);
    assert_int_equal(5 * DAY + 240, counted_of(reply)); /* the last day is had whole */
    assert_int_equal(DAY + 180, paused_of(reply));
    assert_int_equal(1, days_of(reply, "not counted"));
    assert_int_equal(1, days_of(reply, "paused")); /* the 27th; the 28th counts in the afternoon */
    assert_int_equal(2, days_of(reply, "make-up"));
    assert_int_equal(5, days_of(reply, "holiday"));
    assert_int_equal(2, days_of(reply, "weekend"));
    assert_int_equal(4, days_of(reply, "counted"));
    assert_string_equal("hearing T-2022-7", reply->days[1]->why);
    assert_string_equal("春节", reply->days[5]->why);
    assert_int_equal(day_from_ymd(2022, 1, 31).n, reply->days[5]->day);
    assert_false(reply->provisional);
    arena_free(&arena);
}

static const struct card_row *card_of(struct world *hall, int64_t number, enum lamp level)
{
    return world_row(
        hall, "supervision", &supervision_card_table,
        &(struct card_row){
            .centre = 1, .case_number = number, .term = TERM_PROMISE, .level = (int16_t)level});
}

/* RULE L42.1, L45, L82: a pause of three minutes moves the deadline to the close of the next
 * working day, and every service says the same day. */
static void a_short_pause_moves_the_deadline_by_a_day_and_never_into_one(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 22);
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02"); /* due on Thursday the 20th */
    world_clock(hall, at(1, 20, 10, 0));
    assert_done(pause_case(hall, "SAN", number, HEARING));
    world_clock(hall, at(1, 20, 10, 3));
    assert_done(resume_case(hall, "SAN", number, HEARING));
    world_settle(hall);
    const struct dossier_row *dossier =
        world_row(hall, "reporting", &reporting_dossier_table,
                  &(struct dossier_row){.centre = 1, .case_number = number});
    assert_int_equal(at(1, 21, 17, 0), dossier->due_ms);
    assert_int_equal(at(1, 21, 17, 0), explain(hall, number, arena)->due_ms);

    world_clock(hall, at(1, 21, 17, 0));
    world_settle(hall);
    assert_null(card_of(hall, number, LAMP_RED));
    world_clock(hall, at(1, 24, 9, 0));
    world_settle(hall);
    assert_int_equal(at(1, 21, 17, 0), card_of(hall, number, LAMP_RED)->issued_ms);
    assert_int_equal(at(1, 21, 17, 0), card_of(hall, number, LAMP_RED)->due_ms);
    arena_free(&arena);
}

static void what_is_decided_is_explained_up_to_its_end(void **state)
{
    struct world *hall = *state;
    struct arena *arena = arena_new(1 << 22);
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    world_clock(hall, at(1, 17, 10, 0));
    agree(hall, number, "TRA", "TRA");
    const Onedoor__Routing__ExplainDeadlineReply *reply = explain(hall, number, arena);
    assert_int_equal(DAY + 60, counted_of(reply));
    assert_int_equal(flow_of(hall, number)->clock.used_min, counted_of(reply));
    assert_int_equal(5, reply->n_days); /* from Thursday to Monday */
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(a_site_survey_is_made_by_two),
        ROUTING_TEST(those_who_make_a_site_survey_are_of_the_departments_of_the_case),
        ROUTING_TEST(a_survey_stops_the_case_while_its_own_clock_runs),
        ROUTING_TEST(overlapping_procedures_count_once),
        ROUTING_TEST(the_lead_pauses_a_case_and_lets_it_go_on),
        ROUTING_TEST(open_branches_are_stopped_with_their_case),
        ROUTING_TEST(a_decision_ends_the_pauses_that_were_open),
        ROUTING_TEST(a_pause_without_a_notice_or_kind_is_malformed),
        ROUTING_TEST(a_case_accepted_by_silence_has_used_the_days_of_silence),
        ROUTING_TEST(a_deadline_over_a_holiday_is_explained_and_adds_up),
        ROUTING_TEST(a_short_pause_moves_the_deadline_by_a_day_and_never_into_one),
        ROUTING_TEST(what_is_decided_is_explained_up_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
