/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L42.1, L42.2: what the hall promised and what the law allows are each known, said and
 * watched. SAN-02 is promised in five days, may take twenty, and forty-five as several departments
 * act; TRA-01 is one department's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/supervision/lamp.h"
#include "services/supervision/rows.h"
#include "tests/world/routing_desk.h"

static const struct watch_row *watch_of(struct world *hall, int64_t number, enum term term)
{
    return world_row(
        hall, "supervision", &supervision_watch_table,
        &(struct watch_row){.centre = 1, .case_number = number, .term = (int16_t)term});
}

static const struct card_row *card_of(struct world *hall, int64_t number, enum term term,
                                      enum lamp level)
{
    return world_row(
        hall, "supervision", &supervision_card_table,
        &(struct card_row){
            .centre = 1, .case_number = number, .term = (int16_t)term, .level = (int16_t)level});
}

/* From 14 January 2022, with the Spring Festival from 31 January to 6 February, and the 29th and
 * 30th made up. */
static void each_term_of_a_case_is_watched(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_int_equal(at(1, 20, 17, 0), watch_of(hall, number, TERM_PROMISE)->due_ms);
    assert_int_equal(at(2, 15, 17, 0), watch_of(hall, number, TERM_STATUTORY)->due_ms);
    assert_int_equal(at(3, 22, 17, 0), watch_of(hall, number, TERM_PARALLEL)->due_ms);
}

static void one_department_alone_has_no_term_for_several(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    assert_non_null(watch_of(hall, number, TERM_STATUTORY));
    assert_null(watch_of(hall, number, TERM_PARALLEL));
}

static void a_card_says_which_term_it_stands_on(void **state)
{
    static const struct {
        enum term term;
        const char *rule;
    } cases[] = {{TERM_PROMISE, "H12"}, {TERM_STATUTORY, "L42.1"}, {TERM_PARALLEL, "L42.2"}};
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t due_ms = watch_of(hall, number, cases[i].term)->due_ms;
        world_clock(hall, due_ms + 10000);
        world_settle(hall);
        const struct card_row *red = card_of(hall, number, cases[i].term, LAMP_RED);
        assert_non_null(red);
        assert_int_equal(due_ms, red->issued_ms);
        assert_string_equal(cases[i].rule, red->rule);
        assert_non_null(card_of(hall, number, cases[i].term, LAMP_YELLOW));
    }
}

/* RULE L45: two working days of a hearing, which came after the promised day. */
static void a_pause_moves_every_term_that_is_not_over(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    world_clock(hall, at(1, 24, 9, 0));
    assert_done(pause_case(hall, "SAN", number, HEARING));
    world_settle(hall);
    assert_int_equal(at(1, 20, 17, 0), watch_of(hall, number, TERM_PROMISE)->due_ms);
    assert_int_equal(0, watch_of(hall, number, TERM_STATUTORY)->due_ms);
    world_clock(hall, at(1, 26, 9, 0));
    assert_done(resume_case(hall, "SAN", number, HEARING));
    world_settle(hall);
    assert_int_equal(at(1, 20, 17, 0), watch_of(hall, number, TERM_PROMISE)->due_ms);
    assert_int_equal(at(2, 17, 17, 0), watch_of(hall, number, TERM_STATUTORY)->due_ms);
    assert_int_equal(at(3, 24, 17, 0), watch_of(hall, number, TERM_PARALLEL)->due_ms);
}

static void an_extension_lengthens_what_the_law_allows(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(extend(hall, "SAN", number, 15));
    world_settle(hall);
    assert_int_equal(at(3, 8, 17, 0), watch_of(hall, number, TERM_STATUTORY)->due_ms);
    assert_int_equal(at(4, 13, 17, 0), watch_of(hall, number, TERM_PARALLEL)->due_ms);
}

static void nothing_is_watched_of_a_case_that_is_decided(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    assert_done(withdraw(hall, &SAN_CLERK, number));
    world_settle(hall);
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++)
        assert_null(watch_of(hall, number, term));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUTING_TEST(each_term_of_a_case_is_watched),
        ROUTING_TEST(one_department_alone_has_no_term_for_several),
        ROUTING_TEST(a_card_says_which_term_it_stands_on),
        ROUTING_TEST(a_pause_moves_every_term_that_is_not_over),
        ROUTING_TEST(an_extension_lengthens_what_the_law_allows),
        ROUTING_TEST(nothing_is_watched_of_a_case_that_is_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
