/* SPDX-License-Identifier: Apache-2.0 */
/* The hall's figures for Prometheus, and the alerts and the dashboard that are made of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/service_names.h"
#include "common/base/version.h"
#include "tests/system/door.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct door door;
static struct web port; /* of the figures */

static int open_door(void **state)
{
    char path[200];
    int number = 0;
    (void)state;
    door_open(&door, "metrics_port = 0\nmetrics_every_ms = 100\n", DOOR_GATEWAY);
    snprintf(path, sizeof path, "%s/run/metrics.address", door.hall.home);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(1, fscanf(file, "http://127.0.0.1:%d/metrics", &number));
    fclose(file);
    port = (struct web){.port = number};
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static char *scrape(void)
{
    static const char request[] =
        "GET /metrics HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n";
    char *answer = web_raw(&port, request, strlen(request), NULL);
    assert_non_null(strstr(answer, "HTTP/1.1 200 "));
    assert_non_null(strstr(answer, "text/plain; version=0.0.4"));
    return answer;
}

/* The figures, once this line is among them. */
static char *scrape_until(const char *line)
{
    struct retry retry = retry_begin();
    char with_ends[200];
    snprintf(with_ends, sizeof with_ends, "\n%s\n", line);
    for (;;) {
        char *text = scrape();
        if (strstr(text, with_ends) != NULL)
            return text;
        free(text);
        retry_or_fail(&retry, line);
    }
}

static void await_line(const char *line)
{
    free(scrape_until(line));
}

static void every_service_is_up_and_its_figures_move(void **state)
{
    struct web clerk = door_sign_in(&door, "clerk");
    (void)state;
    for (int i = 0; service_names[i] != NULL; i++) {
        char line[100];
        snprintf(line, sizeof line, "onedoor_ready{service=\"%s\"} 1", service_names[i]);
        await_line(line);
    }
    await_line("onedoor_cases_open 0");
    char build[100];
    snprintf(build, sizeof build, "onedoor_build_info{service=\"intake\",version=\"%s\"} 1",
             onedoor_version);
    await_line(build);
    json_t *taken = door_submit(&clerk);
    char path[100];
    snprintf(path, sizeof path, "/cases/%s/delivery", web_text(taken, "caseNumber"));
    json_decref(web_expect(&clerk, "POST", path,
                           "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":"
                           "\"11010519491231002X\"}",
                           409, NULL));
    json_decref(taken);
    await_line("onedoor_commands_total{service=\"intake\"} 2");
    await_line("onedoor_refused_total{service=\"intake\",reason=\"WRONG_STATE\"} 1");
    await_line("onedoor_command_seconds_count{service=\"intake\"} 2");
    await_line("onedoor_events_unread{service=\"reporting\",stream=\"intake\"} 0");
    await_line("onedoor_cases_open 1");
    await_line("onedoor_cases_received_today 1");
    await_line("onedoor_work_late 0");
    await_line("onedoor_links_down{service=\"reporting\"} 0");
    await_line("onedoor_spans_dropped_total{service=\"intake\"} 0");
}

static void a_service_that_is_stopped_is_down(void **state)
{
    (void)state;
    pid_t pid = hall_pid(&door.hall, "supervision");
    hall_freeze(pid);
    await_line("onedoor_up{service=\"supervision\"} 0");
    kill(pid, SIGCONT);
    await_line("onedoor_up{service=\"supervision\"} 1");
}

static void nothing_else_is_at_that_port_and_the_pages_do_not_have_it(void **state)
{
    static const char page[] = "GET /api/v1/session HTTP/1.1\r\nHost: hall\r\n\r\n",
                      post[] = "POST /metrics HTTP/1.1\r\nHost: hall\r\nContent-Length: 3\r\n"
                               "\r\nabc";
    struct web web = web_of(&door.hall);
    (void)state;
    assert_int_equal(404, web_raw_status(&port, page, strlen(page)));
    assert_int_equal(405, web_raw_status(&port, post, strlen(post)));
    web_expect(&web, "GET", "//metrics", NULL, 404, NULL);
}

/* The figures as a file, without the headers. */
static void save(const char *text, char path[200])
{
    snprintf(path, 200, "%s/metrics.txt", door.hall.home);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(strstr(text, "\r\n\r\n") + 4, file);
    fclose(file);
}

static void prometheus_finds_no_fault_with_the_figures(void **state)
{
    char path[200], command[300];
    char *text = scrape_until("onedoor_up{service=\"intake\"} 1");
    (void)state;
    save(text, path);
    snprintf(command, sizeof command, "promtool check metrics <%s", path);
    assert_int_equal(0, system(command));
    free(text);
}

/* A figure that is renamed must not leave an alert that can never fire. */
static void alerts_and_dashboard_use_figures_that_are_there(void **state)
{
    char path[200], command[600];
    char *text = scrape_until("onedoor_up{service=\"intake\"} 1");
    (void)state;
    save(text, path);
    snprintf(command, sizeof command,
             "for name in $(grep -ohE 'onedoor_[a-z_]+' '%s'/docker/monitoring/*.yaml"
             " '%s'/docker/monitoring/*.json | sort -u); do grep -qE \"^$name[{ ]\" %s ||"
             " { echo \"$name is no figure\"; exit 1; }; done",
             ONEDOOR_ROOT, ONEDOOR_ROOT, path);
    assert_int_equal(0, system(command));
    free(text);
}

static void the_alerts_fire_for_their_faults(void **state)
{
    (void)state;
    assert_int_equal(0, system("promtool check config '" ONEDOOR_ROOT
                               "/docker/monitoring/prometheus.yaml' >/dev/null"));
    assert_int_equal(0, system("cd '" ONEDOOR_ROOT
                               "/docker/monitoring' && promtool test rules alerts_test.yaml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_service_is_up_and_its_figures_move),
        cmocka_unit_test(a_service_that_is_stopped_is_down),
        cmocka_unit_test(nothing_else_is_at_that_port_and_the_pages_do_not_have_it),
        cmocka_unit_test(prometheus_finds_no_fault_with_the_figures),
        cmocka_unit_test(alerts_and_dashboard_use_figures_that_are_there),
        cmocka_unit_test(the_alerts_fire_for_their_faults),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
