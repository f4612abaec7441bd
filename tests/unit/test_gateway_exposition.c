/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/metrics/exposition.h"

#include <stdlib.h>

#define WRITTEN(wanted, call)                                                                      \
    do {                                                                                           \
        char *text = NULL;                                                                         \
        size_t size;                                                                               \
        FILE *file = open_memstream(&text, &size);                                                 \
        assert_non_null(file);                                                                     \
        call;                                                                                      \
        assert_int_equal(0, fclose(file));                                                         \
        assert_string_equal(wanted, text);                                                         \
        free(text);                                                                                \
    } while (0)

static void a_number_has_its_labels_escaped(void **state)
{
    static const struct family family = {"onedoor_x_total", FAMILY_COUNTER, "What x is."};
    static const char *const none[] = {NULL}, *const two[] = {"a", "q\"\\\n", "b", "人", NULL};
    (void)state;
    WRITTEN("# HELP onedoor_x_total What x is.\n# TYPE onedoor_x_total counter\n",
            exposition_begin(file, &family));
    WRITTEN("onedoor_x_total 1234567890123\n",
            exposition_number(file, &family, NULL, 1234567890123));
    WRITTEN("onedoor_x_total 0.25\n", exposition_number(file, &family, none, 0.25));
    WRITTEN("onedoor_x_total{a=\"q\\\"\\\\\\n\",b=\"人\"} 1\n",
            exposition_number(file, &family, two, 1));
}

static void durations_are_cumulative_and_in_seconds(void **state)
{
    static const struct family family = {"onedoor_t_seconds", FAMILY_HISTOGRAM, "How long."};
    static const int64_t bounds_ms[] = {1, 500}, counts[] = {3, 0, 4};
    static const char *const of[] = {"service", "intake", NULL};
    const struct durations durations = {bounds_ms, counts, 2, 4500};
    (void)state;
    WRITTEN("onedoor_t_seconds_bucket{service=\"intake\",le=\"0.001\"} 3\n"
            "onedoor_t_seconds_bucket{service=\"intake\",le=\"0.5\"} 3\n"
            "onedoor_t_seconds_bucket{service=\"intake\",le=\"+Inf\"} 7\n"
            "onedoor_t_seconds_sum{service=\"intake\"} 4.5\n"
            "onedoor_t_seconds_count{service=\"intake\"} 7\n",
            exposition_durations(file, &family, of, &durations));
    WRITTEN("onedoor_t_seconds_bucket{le=\"0.001\"} 3\nonedoor_t_seconds_bucket{le=\"0.5\"} 3\n"
            "onedoor_t_seconds_bucket{le=\"+Inf\"} 7\nonedoor_t_seconds_sum 4.5\n"
            "onedoor_t_seconds_count 7\n",
            exposition_durations(file, &family, NULL, &durations));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_has_its_labels_escaped),
        cmocka_unit_test(durations_are_cumulative_and_in_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
