/* SPDX-License-Identifier: Apache-2.0 */
/* A period is summed from as few rollups as can be, and from each day once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/day.h"
#include "services/reporting/span.h"

#define DAY(year, month, day) (day_from_ymd(year, month, day).n)

static void months_and_years_begin_with_their_first_day(void **state)
{
    (void)state;
    assert_int_equal(DAY(2024, 2, 29), span_first(SPAN_DAY, DAY(2024, 2, 29)));
    assert_int_equal(DAY(2024, 2, 1), span_first(SPAN_MONTH, DAY(2024, 2, 29)));
    assert_int_equal(DAY(2024, 1, 1), span_first(SPAN_YEAR, DAY(2024, 2, 29)));
    assert_int_equal(DAY(2024, 1, 1), span_first(SPAN_YEAR, DAY(2024, 1, 1)));
    assert_int_equal(DAY(2024, 1, 1), span_first(SPAN_RECEIPT, DAY(2024, 2, 29)));
    assert_int_equal(DAY(2024, 2, 29), span_cohort(SPAN_RECEIPT, DAY(2024, 2, 29)));
    assert_int_equal(DAY(2024, 2, 1), span_cohort(SPAN_MONTH, DAY(2024, 2, 29)));
}

static const struct {
    int32_t from[3], to[3];
    enum span longest;
    int pieces;
} periods[] = {
    {{2024, 3, 15}, {2024, 3, 15}, SPAN_YEAR, 1},   /* a day */
    {{2024, 3, 1}, {2024, 3, 31}, SPAN_YEAR, 1},    /* a month */
    {{2024, 3, 2}, {2024, 3, 31}, SPAN_YEAR, 1},    /* not quite: days */
    {{2024, 3, 15}, {2024, 4, 15}, SPAN_YEAR, 1},   /* no whole month */
    {{2024, 3, 15}, {2024, 5, 15}, SPAN_YEAR, 3},   /* days, a month, days */
    {{2024, 1, 1}, {2024, 12, 31}, SPAN_YEAR, 1},   /* a year */
    {{2023, 11, 20}, {2026, 2, 10}, SPAN_YEAR, 5},  /* all of them */
    {{2023, 11, 20}, {2026, 2, 10}, SPAN_MONTH, 3}, /* by month */
    {{2023, 11, 20}, {2026, 2, 10}, SPAN_DAY, 1},   {{2023, 12, 31}, {2024, 1, 1}, SPAN_YEAR, 1},
};

static int add_piece(int32_t from, int32_t to, enum span span, int8_t *counted, int32_t first)
{
    if (from == to)
        return 0;
    assert_true(from < to);
    assert_int_equal(from, span_first(span, from));
    assert_int_equal(to, span_first(span, to));
    for (int32_t day = from; day < to; day++)
        counted[day - first]++;
    return 1;
}

static void a_period_has_each_of_its_days_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        int32_t from = DAY(periods[i].from[0], periods[i].from[1], periods[i].from[2]),
                to = DAY(periods[i].to[0], periods[i].to[1], periods[i].to[2]);
        int8_t counted[1200] = {0};
        struct pieces pieces = span_pieces(from, to, periods[i].longest);
        int n = add_piece(pieces.years.from, pieces.years.to, SPAN_YEAR, counted, from);
        for (int k = 0; k < 2; k++) {
            n += add_piece(pieces.months[k].from, pieces.months[k].to, SPAN_MONTH, counted, from);
            n += add_piece(pieces.days[k].from, pieces.days[k].to, SPAN_DAY, counted, from);
        }
        assert_int_equal(periods[i].pieces, n);
        for (int32_t day = from; day <= to; day++)
            assert_int_equal(1, counted[day - from]);
    }
}

static void an_open_period_is_of_years_alone(void **state)
{
    struct pieces pieces = span_pieces(0, 0, SPAN_YEAR);

    (void)state;
    assert_true(pieces.years.from < DAY(2000, 1, 1) && pieces.years.to > DAY(2200, 1, 1));
    assert_int_equal(0, pieces.months[0].to | pieces.months[1].to | pieces.days[0].to);
    pieces = span_pieces(DAY(2024, 12, 31), 0, SPAN_YEAR);
    assert_int_equal(DAY(2024, 12, 31), pieces.days[0].from);
    assert_int_equal(DAY(2025, 1, 1), pieces.years.from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_and_years_begin_with_their_first_day),
        cmocka_unit_test(a_period_has_each_of_its_days_once),
        cmocka_unit_test(an_open_period_is_of_years_alone),
    };
    return cmocka_run_group_tests_name("reporting_span", tests, NULL, NULL);
}
