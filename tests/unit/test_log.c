/* SPDX-License-Identifier: Apache-2.0 */
/* A line of the log, as words and as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/values/case_number.h"
#include "common/values/log.h"

enum { LINE_BYTES = 2000 };

static char line[LINE_BYTES];

/* What one call logs, without its time. */
static const char *logged(int64_t case_number, const char *text)
{
    int saved = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    log_warn(case_number, "event.parked", "%s", text);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    rewind(file);
    line[fread(line, 1, sizeof line - 1, file)] = '\0';
    fclose(file);
    return strstr(line, "warn");
}

static struct trace some_trace(void)
{
    struct trace trace;
    assert_true(trace_read(&trace, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    return trace;
}

static int reset(void **state)
{
    (void)state;
    log_trace(NULL);
    log_as_json(false);
    return 0;
}

static void a_line_has_its_subject_its_id_and_its_text(void **state)
{
    (void)state;
    assert_string_equal("warn onedoor event.parked some.text\n", logged(0, "some\ttext"));
    assert_non_null(strstr(logged(case_number_make(22, 1, 13, 42), "text"),
                           "warn onedoor case=220113-000042-"));
}

static void a_line_is_about_the_threads_trace(void **state)
{
    struct trace trace = some_trace(), none = {0};
    (void)state;
    log_trace(&trace);
    assert_string_equal("warn onedoor event.parked trace=4bf92f3577b34da6a3ce929d0e0e4736 text\n",
                        logged(0, "text"));
    log_trace(&none);
    assert_string_equal("warn onedoor event.parked text\n", logged(0, "text"));
}

static void as_json_a_line_is_one_object(void **state)
{
    struct trace trace = some_trace();
    (void)state;
    log_as_json(true);
    assert_string_equal("warn\",\"service\":\"onedoor\",\"event\":\"event.parked\",\"text\":\"a "
                        "\\\"b\\\" c\\\\d.\"}\n",
                        logged(0, "a \"b\" c\\d\n"));
    assert_memory_equal("{\"time\":\"20", line, 11);
    log_trace(&trace);
    assert_non_null(strstr(logged(0, "text"), "\"event\":\"event.parked\",\"trace_id\":"
                                              "\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":"
                                              "\"00f067aa0ba902b7\",\"text\":\"text\"}\n"));
}

static void an_instant_is_in_utc_wherever_the_machine_stands(void **state)
{
    enum { A_WHILE_S = 600 };
    struct timespec now; /* not time(), which may be a tick behind */
    struct tm at = {0};
    (void)state;
    setenv("TZ", "Asia/Shanghai", 1);
    tzset();
    log_as_json(true);
    logged(0, "text");
    const char *rest = strptime(line + strlen("{\"time\":\""), "%Y-%m-%dT%H:%M:%S", &at);
    assert_non_null(rest);
    assert_memory_equal("Z\"", rest + strlen(".000"), 2);
    clock_gettime(CLOCK_REALTIME, &now);
    assert_in_range(now.tv_sec - timegm(&at), 0, A_WHILE_S);
    unsetenv("TZ");
    tzset();
}

static void a_long_text_is_cut_between_characters(void **state)
{
    static const char letter[] = "案";
    char text[LINE_BYTES / 2] = "";
    (void)state;
    for (size_t shift = 0; shift < sizeof letter - 1; shift++) {
        memset(text, 'x', shift);
        for (size_t i = shift; i + sizeof letter <= sizeof text; i += sizeof letter - 1)
            memcpy(text + i, letter, sizeof letter);
        const char *cut = logged(0, text), *end = strchr(cut, '\n');
        assert_memory_equal(letter, end - (sizeof letter - 1), sizeof letter - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_long_text_is_cut_between_characters, reset),
        cmocka_unit_test_setup(a_line_has_its_subject_its_id_and_its_text, reset),
        cmocka_unit_test_setup(a_line_is_about_the_threads_trace, reset),
        cmocka_unit_test_setup(as_json_a_line_is_one_object, reset),
        cmocka_unit_test_setup(an_instant_is_in_utc_wherever_the_machine_stands, reset),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
