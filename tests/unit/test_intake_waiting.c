/* SPDX-License-Identifier: Apache-2.0 */
/* Who of those that wait is called next, as a table of cases; and whatever comes, nobody waits for
 * ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "services/intake/moves.h"
#include "services/intake/waiting.h"

enum { LINE_MOST = 8, MINUTE = 60000, NOW = 1000 * MINUTE };

static const struct waiting_rules usual = {
    .priority_first = true,
    .fast_first = true,
    .favoured_most = 2,
    .back_after = 3,
    .passed_most = 2,
    .ticket_min = 10,
};
static const struct waiting_rules in_turn = {.favoured_most = 2, .back_after = 3, .passed_most = 2};

/* ---- a table of cases */

struct one {
    int32_t number;
    char is;         /* w waits, p has priority, f the fast lane, c was called, x passed over */
    int32_t call_no; /* of its last call */
    bool overtook;
    int16_t window; /* that called it; of one who waits, the only one for it */
};

/* clang-format off */
#define WAITS(n)         {.number = n, .is = 'w'}
#define ONLY(n, at)      {.number = n, .is = 'w', .window = at}
#define FIRST(n)         {.number = n, .is = 'p'}
#define FAST(n)          {.number = n, .is = 'f'}
#define CALLED(n, no)    {.number = n, .is = 'c', .call_no = no, .window = 6}
#define LEFT(n, no, at)  {.number = n, .is = 'c', .call_no = no, .window = at, .overtook = true}
#define PASSED(n, no)    {.number = n, .is = 'x', .call_no = no, .window = 6}

static const struct {
    const char *name;
    const struct waiting_rules *rules;
    struct one line[LINE_MOST];
    int16_t window;
    int32_t next; /* 0: nobody */
} cases[] = {
    {"nobody", &usual, {{.number = 0}}, 6, 0},
    {"the lowest number", &usual, {WAITS(3), WAITS(1), WAITS(2)}, 6, 1},
    {"not who was called", &usual, {CALLED(1, 1), WAITS(2)}, 6, 2},
    {"priority first", &usual, {WAITS(1), FAST(2), FIRST(3)}, 6, 3},
    {"then the fast lane", &usual, {WAITS(1), FAST(2), WAITS(3)}, 6, 2},
    {"where the hall favours nobody", &in_turn, {WAITS(1), FAST(2), FIRST(3)}, 6, 1},
    {"who waits for another window is left", &usual, {ONLY(1, 7), WAITS(2)}, 6, 2},
    {"and called there", &usual, {ONLY(1, 7), WAITS(2)}, 7, 1},
    {"nobody for this one", &usual, {ONLY(1, 7)}, 6, 0},
    {"passed over lets others go", &usual, {PASSED(1, 1), CALLED(2, 2), WAITS(3)}, 6, 3},
    {"and comes back after them", &usual,
        {PASSED(1, 1), CALLED(2, 2), CALLED(3, 3), CALLED(4, 4), FIRST(5)}, 6, 1},
    {"or when nobody else waits", &usual, {PASSED(1, 1)}, 6, 1},
    {"once it left out lower numbers", &usual, {WAITS(1), LEFT(2, 1, 6), FIRST(3)}, 6, 3},
    {"twice it owes the lowest", &usual, {WAITS(1), LEFT(2, 1, 6), LEFT(3, 2, 6), FIRST(4)}, 6, 1},
    {"but another window does not", &usual, {WAITS(1), LEFT(2, 1, 7), LEFT(3, 2, 7), FIRST(4)}, 6, 4},
    {"and it was not in a row", &usual,
        {WAITS(1), LEFT(2, 1, 6), LEFT(3, 3, 6), CALLED(4, 2), FIRST(5)}, 6, 5},
    {"who rests is not the lowest", &usual,
        {PASSED(1, 3), LEFT(2, 1, 6), LEFT(3, 2, 6), WAITS(4), FIRST(5)}, 6, 5},
};
/* clang-format on */

static struct ticket_row row_of(const struct one *one)
{
    int16_t state = one->is == 'c'   ? TICKET_CALLED
                    : one->is == 'x' ? TICKET_PASSED
                                     : TICKET_WAITING;
    return (struct ticket_row){
        .number = one->number,
        .state = state,
        .priority = one->is == 'p',
        .fast_lane = one->is == 'f',
        .call_no = one->call_no,
        .overtook = one->overtook,
        .window = state == TICKET_WAITING ? 0 : one->window,
        .only_window = state == TICKET_WAITING ? one->window : 0,
    };
}

static void the_next_one_is_as_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ticket_row rows[LINE_MOST];
        const struct ticket_row *tickets[LINE_MOST];
        struct waiting waiting = {cases[i].rules, tickets, 0};
        for (; waiting.n < LINE_MOST && cases[i].line[waiting.n].number != 0; waiting.n++) {
            rows[waiting.n] = row_of(&cases[i].line[waiting.n]);
            tickets[waiting.n] = &rows[waiting.n];
        }
        const struct ticket_row *next = waiting_next(&waiting, cases[i].window);
        if ((next == NULL ? 0 : next->number) != cases[i].next)
            fail_msg("%s: %d", cases[i].name, next == NULL ? 0 : next->number);
    }
}

/* ---- what those who wait are told */

static void the_order_that_is_shown_is_that_of_the_calls(void **state)
{
    struct ticket_row rows[] = {
        {.number = 5, .state = TICKET_WAITING},
        {.number = 2, .state = TICKET_SERVED, .call_no = 1},
        {.number = 7, .state = TICKET_WAITING, .priority = true},
        {.number = 1, .state = TICKET_PASSED, .call_no = 2},
        {.number = 4, .state = TICKET_WAITING},
    };
    const struct ticket_row *tickets[] = {&rows[0], &rows[1], &rows[2], &rows[3], &rows[4]};
    struct waiting waiting = {&usual, tickets, 5};
    (void)state;
    assert_int_equal(2, waiting_before(&waiting, &rows[0]));
    assert_int_equal(0, waiting_before(&waiting, &rows[2]));
    assert_int_equal(3, waiting_before(&waiting, &rows[3]));
    assert_int_equal(0, waiting_before(&waiting, &rows[1])); /* it does not wait */
    assert_int_equal(4, waiting_sort(&waiting));
    assert_int_equal(7, tickets[0]->number);
    assert_int_equal(4, tickets[1]->number);
    assert_int_equal(5, tickets[2]->number);
    assert_int_equal(1, tickets[3]->number);
}

static void who_waits_for_another_window_is_nobody_before_me(void **state)
{
    struct ticket_row rows[] = {
        {.number = 1, .state = TICKET_WAITING, .only_window = 7},
        {.number = 2, .state = TICKET_WAITING, .only_window = 6},
        {.number = 3, .state = TICKET_WAITING},
    };
    const struct ticket_row *tickets[] = {&rows[0], &rows[1], &rows[2]};
    const struct waiting waiting = {&usual, tickets, 3};
    (void)state;
    assert_int_equal(0, waiting_before(&waiting, &rows[1]));
    assert_int_equal(2, waiting_before(&waiting, &rows[2]));
}

static void the_forecast_follows_from_who_was_served_last(void **state)
{
    struct ticket_row rows[] = {
        {.number = 1,
         .state = TICKET_SERVED,
         .call_no = 1,
         .window = 6,
         .called_ms = NOW - 30 * MINUTE,
         .over_ms = NOW - 26 * MINUTE},
        {.number = 2,
         .state = TICKET_SERVED,
         .call_no = 2,
         .window = 6,
         .called_ms = NOW - 20 * MINUTE,
         .over_ms = NOW - 12 * MINUTE},
        {.number = 3,
         .state = TICKET_CALLED,
         .call_no = 3,
         .window = 7,
         .called_ms = NOW - 5 * MINUTE},
    };
    const struct ticket_row *tickets[] = {&rows[0], &rows[1], &rows[2]};
    struct waiting waiting = {&usual, tickets, 0};
    (void)state;
    assert_int_equal(0, waiting_forecast_min(&waiting, 0, NOW));
    assert_int_equal(40, waiting_forecast_min(&waiting, 4, NOW)); /* as the hall says */
    waiting.n = 2;
    assert_int_equal(24, waiting_forecast_min(&waiting, 4, NOW)); /* six minutes each */
    waiting.n = 3;
    assert_int_equal(12, waiting_forecast_min(&waiting, 4, NOW)); /* at two windows */
    assert_int_equal(3, waiting_forecast_min(&waiting, 1, NOW));
    assert_int_equal(40, waiting_forecast_min(&waiting, 4, NOW + WAITING_PAST_MS)); /* long ago */
}

/* ---- nobody waits for ever */

enum { COMERS = 300, WINDOWS = 2 };

static uint32_t chance;
static uint32_t draw(uint32_t below)
{
    chance = chance * 1664525 + 1013904223;
    return (chance >> 8) % below;
}

/* How many of lower numbers wait or may come back when it is taken. */
struct comer {
    struct ticket_row row;
    int32_t ahead, calls; /* of its window or any, since it was taken */
};

static struct comer comers[COMERS];
static const struct ticket_row *line[COMERS];

static void call_out(struct waiting *waiting, int16_t window)
{
    const struct ticket_row *next = waiting_next(waiting, window);
    if (next == NULL)
        return;
    struct comer *comer = &comers[next->number - 1];
    for (size_t i = 0; i < waiting->n; i++) {
        const struct ticket_row *row = &comers[i].row;
        comers[i].calls += row->state == TICKET_WAITING &&
                           (row->only_window == 0 ? window == 1 : row->only_window == window);
    }
    comer->row.overtook = waiting_overtakes(waiting, next, window);
    comer->row.call_no = waiting_last_call(waiting) + 1;
    comer->row.window = window;
    comer->row.state = TICKET_CALLED;
    bool stays_away = draw(4) == 0;
    if (stays_away && ++comer->row.passed < waiting->rules->passed_most)
        comer->row.state = TICKET_PASSED;
    else
        comer->row.state = stays_away ? TICKET_GONE : TICKET_SERVED;
}

static void join(struct waiting *waiting, bool favoured)
{
    struct comer *comer = &comers[waiting->n];
    *comer = (struct comer){.row = {.number = (int32_t)waiting->n + 1, .state = TICKET_WAITING}};
    comer->row.priority = favoured && draw(2) == 0;
    comer->row.fast_lane = favoured && !comer->row.priority;
    comer->row.only_window = (int16_t)(draw(4) == 0 ? 1 + draw(WINDOWS) : 0);
    for (size_t i = 0; i < waiting->n; i++)
        comer->ahead +=
            comers[i].row.state == TICKET_WAITING || comers[i].row.state == TICKET_PASSED;
    line[waiting->n++] = &comer->row;
}

/* With so many before it, each called at most passed_most times, and one call in favoured_most + 1
 * for the lowest number, its call comes after so many at window 1, or at its own. */
static void nobody_waits_for_ever(void **state)
{
    (void)state;
    for (chance = 1; chance < 200; chance += 7) {
        uint32_t seed = chance;
        struct waiting waiting = {&usual, line, 0};
        while (waiting.n < COMERS) {
            join(&waiting, draw(5) > 0); /* most are favoured */
            if (draw(8) > 0)
                call_out(&waiting, (int16_t)(1 + draw(WINDOWS)));
        }
        for (int i = 0; i < 4 * COMERS; i++)
            call_out(&waiting, (int16_t)(1 + i % WINDOWS));
        for (size_t i = 0; i < waiting.n; i++) {
            int32_t most = (comers[i].ahead * usual.passed_most + 1) * (usual.favoured_most + 1);
            if (comers[i].row.state == TICKET_WAITING || comers[i].calls > most)
                fail_msg("seed %u: number %d, %d before it, waits for %d calls", seed,
                         comers[i].row.number, comers[i].ahead, comers[i].calls);
            assert_int_not_equal(TICKET_PASSED, comers[i].row.state);
        }
        chance = seed;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_one_is_as_the_table_says),
        cmocka_unit_test(the_order_that_is_shown_is_that_of_the_calls),
        cmocka_unit_test(who_waits_for_another_window_is_nobody_before_me),
        cmocka_unit_test(the_forecast_follows_from_who_was_served_last),
        cmocka_unit_test(nobody_waits_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
