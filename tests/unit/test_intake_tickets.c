/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a ticket x every event, against golden/ticket_moves.txt; and the code that opens a
 * ticket on its visitor's telephone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "services/intake/moves.h"
#include "services/intake/ticket.h"
#include "services/intake/ticket_code.h"
#include "tests/unit/calendar_2022.h"
#include "tests/unit/golden.h"

static const struct {
    unsigned fact;
    const char *name;
} facts[] = {{IF_LAST_TIME, "last time"}, {IF_SAME_QUEUE, "same queue"}, {ALWAYS, "-"}};

static const struct move *find(int from, int on, unsigned given)
{
    return moves_find(&intake_ticket_moves, from, on, given);
}

static void write_move(FILE *out, int from, int on, size_t fact)
{
    const struct move *move = find(from, on, facts[fact].fact);
    if (facts[fact].fact != ALWAYS && move == find(from, on, ALWAYS))
        return;
    fprintf(out, "%-11s  %-10s  %-10s  ", intake_ticket_moves.states[from],
            intake_ticket_moves.events[on], facts[fact].name);
    if (!is_ok(moves_outcome(move)))
        fprintf(out, "refused: %s\n", golden_reason(move));
    else
        fprintf(out, "%s, %s\n", intake_ticket_moves.states[moves_to(move, from)],
                intake_ticket_moves.thens[move->then]);
}

static void walk(FILE *out)
{
    for (int from = TICKET_WAITING; from < TICKET_STATES; from++)
        for (int on = 0; on < TICKET_EVENTS; on++)
            for (size_t fact = 0; fact < sizeof facts / sizeof facts[0]; fact++)
                write_move(out, from, on, fact);
}

static void tickets_move_as_the_golden_table_says_and_not_otherwise(void **state)
{
    (void)state;
    golden_check(GOLDEN_DIR "/ticket_moves.txt", walk);
}

/* Whatever has happened to a ticket, the end of the day ends it, or it is over already. */
static void no_ticket_waits_over_night(void **state)
{
    (void)state;
    for (int from = TICKET_WAITING; from < TICKET_STATES; from++) {
        int to = moves_to(find(from, ON_DAY_OVER, ALWAYS), from);
        assert_true(to == TICKET_SERVED || to == TICKET_GONE || to == TICKET_TRANSFERRED);
    }
}

static const unsigned char key[SLIP_KEY_BYTES] = "a hall has one key for its slips";
static const unsigned char other_key[SLIP_KEY_BYTES] = "another hall has another for its";

static void a_code_opens_its_ticket_and_no_other(void **state)
{
    static const int32_t numbers[] = {1, 42, 999, 1000, 123456, INT32_MAX};
    char code[TICKET_CODE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct day day;
        int32_t number;
        ticket_code_make(key, day_from_ymd(2026, 11, 30), numbers[i], code);
        assert_true(ticket_code_read(key, code, &day, &number));
        assert_int_equal(day_from_ymd(2026, 11, 30).n, day.n);
        assert_int_equal(numbers[i], number);
        assert_false(ticket_code_read(other_key, code, &day, &number));
        for (size_t at = 0; code[at] != '\0'; at++) {
            char was = code[at];
            code[at] = was == '0' ? '1' : '0';
            assert_false(ticket_code_read(key, code, &day, &number));
            code[at] = was;
        }
    }
}

static void what_is_no_code_opens_nothing(void **state)
{
    static const char *const texts[] = {
        "",
        "261130",
        "261130042",
        "x61130042aaaaaaaaaaaaaaaa",
        "269930042aaaaaaaaaaaaaaaa",
        "261130000aaaaaaaaaaaaaaaa",
        "2611309999999999aaaaaaaaaaaaaaaa",
    };
    struct day day;
    int32_t number;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(ticket_code_read(key, texts[i], &day, &number));
}

/* RULE L82: in the hours of a working day. 15 January is a Saturday, 31 January to 6 February are
 * the Spring Festival, 29 January is a Saturday that is worked. */
static void a_closed_hall_says_when_it_opens(void **state)
{
    (void)state;
    static const struct {
        struct ymd at;
        int minute;      /* of the day */
        struct ymd next; /* when it opens, at nine; year 0: it is open */
    } cases[] = {
        {{2022, 1, 14}, 8 * 60 + 59, {2022, 1, 14}}, {{2022, 1, 14}, 9 * 60, {0}},
        {{2022, 1, 14}, 12 * 60 + 30, {0}},          {{2022, 1, 14}, 17 * 60 - 1, {0}},
        {{2022, 1, 14}, 17 * 60, {2022, 1, 17}},     {{2022, 1, 15}, 10 * 60, {2022, 1, 17}},
        {{2022, 1, 28}, 20 * 60, {2022, 1, 29}},     {{2022, 1, 31}, 10 * 60, {2022, 2, 7}},
    };
    struct arena *arena = arena_new(1 << 20);
    struct catalogue catalogue = {.calendar = calendar_2022(arena), .tickets = {.in_hours = true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct ymd *at = &cases[i].at, *next = &cases[i].next;
        int64_t now_ms =
            calendar_midnight(&catalogue.calendar, day_from_ymd(at->year, at->month, at->day)) +
            cases[i].minute * INT64_C(60000);
        int64_t opens_ms =
            next->year == 0 ? 0
                            : calendar_midnight(&catalogue.calendar,
                                                day_from_ymd(next->year, next->month, next->day)) +
                                  9 * INT64_C(3600000);
        assert_int_equal(opens_ms, ticket_opens_ms(&catalogue, now_ms));
        catalogue.tickets.in_hours = false;
        assert_int_equal(0, ticket_opens_ms(&catalogue, now_ms));
        catalogue.tickets.in_hours = true;
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tickets_move_as_the_golden_table_says_and_not_otherwise),
        cmocka_unit_test(no_ticket_waits_over_night),
        cmocka_unit_test(a_code_opens_its_ticket_and_no_other),
        cmocka_unit_test(what_is_no_code_opens_nothing),
        cmocka_unit_test(a_closed_hall_says_when_it_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
