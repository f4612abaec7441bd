/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-bench: how many full lives of a case a second, how long a command takes at half of that,
 * and where the time goes; beside what PostgreSQL alone can do, on the same cluster, with the same
 * settings, in the same run.
 *
 *   onedoor-bench --home=HOME [--json] [--seconds=N]
 *   onedoor-bench --home=HOME --http [--json]       what the gateway itself costs (http.h)
 *
 * The rate is closed lives over the whole time from the first submission until every service has
 * digested every event: nothing is left for later. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/panic.h"
#include "common/wallclock.h"
#include "tests/bench/figures.h"
#include "tests/bench/health.h"
#include "tests/bench/http.h"
#include "tests/bench/limit.h"
#include "tests/bench/lives.h"
#include "tests/bench/usage.h"

enum { SETTINGS_BYTES = 1 << 20, WARM_LIVES = 500, TURN_MS = 5, GIVE_UP_MS = 120000 };

static const struct setting bench_settings[] = {
    {"seconds", SETTING_NUMBER, "15", 1, 3600, "How long to measure each part, in seconds."},
    {"in_flight", SETTING_NUMBER, "600", 1, 10000,
     "Lives going on at once while the rate is measured."},
    {"http", SETTING_BOOL, "no", 0, 0, "Measure the gateway instead of the services: yes or no."},
    {"requests", SETTING_NUMBER, "20000", 1000, 10000000,
     "Requests of each kind, to the gateway and to the bare handler beside it."},
    {"streams", SETTING_NUMBER, "5000", 1, 5900,
     "Streams open at once, and requests waiting at once."},
    {"json", SETTING_BOOL, "no", 0, 0, "Print JSON: yes or no."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

struct bench {
    const struct config *config;
    struct client *client;
    struct lives *lives;
    double cases_per_second, p50_ms, p99_ms, half_rate, limit;
    double stolen_percent; /* of the processors, by the machine's host, while latency was measured:
                              what it takes away stands in the slowest commands */
    long cases;
    struct usage usage;
    struct checkup before[HOUSE], after[HOUSE], now[HOUSE];
};

/* ---- parts */

static void until_closed(struct bench *bench)
{
    int64_t give_up_ms = monotonic_ms() + GIVE_UP_MS;
    while (lives_closed(bench->lives) < lives_begun(bench->lives)) {
        client_turn(bench->client, TURN_MS);
        if (monotonic_ms() > give_up_ms)
            panic("%ld lives do not end", lives_begun(bench->lives) - lives_closed(bench->lives));
    }
}

static void until_quiet(struct bench *bench)
{
    do {
        if (!health_ask(bench->client, bench->now))
            panic("a service does not answer");
    } while (!health_quiet(bench->now));
}

static void closed_loop(struct bench *bench, long in_flight, int64_t until_us, long most)
{
    long first = lives_begun(bench->lives);
    while (monotonic_us() < until_us && lives_begun(bench->lives) - first < most) {
        while (lives_begun(bench->lives) - lives_closed(bench->lives) < in_flight)
            lives_begin(bench->lives);
        client_turn(bench->client, TURN_MS);
    }
}

static void measure_rate(struct bench *bench, int64_t seconds)
{
    struct usage before, after;
    long first = lives_closed(bench->lives);
    const char *home = config_text(bench->config, "home");
    if (!health_ask(bench->client, bench->before))
        panic("a service does not answer");
    usage_read(home, &before);
    int64_t from_us = monotonic_us();
    closed_loop(bench, config_number(bench->config, "in_flight"), from_us + seconds * 1000000,
                LONG_MAX);
    until_closed(bench);
    until_quiet(bench);
    double took = (double)(monotonic_us() - from_us) / 1e6;
    usage_read(home, &after);
    bench->usage = usage_between(&before, &after);
    memcpy(bench->after, bench->now, sizeof bench->after);
    bench->cases = lives_closed(bench->lives) - first;
    bench->cases_per_second = (double)bench->cases / took;
}

/* Lives begin at even intervals, whether or not the hall keeps up. */
static void measure_latency(struct bench *bench, int64_t seconds)
{
    size_t n;
    struct usage before, after;
    int64_t from_us = monotonic_us(), now_us;
    long begun = 0;
    usage_read(config_text(bench->config, "home"), &before);
    bench->half_rate = bench->cases_per_second / 2;
    lives_forget(bench->lives);
    while ((now_us = monotonic_us()) < from_us + seconds * 1000000) {
        for (; (double)begun < (double)(now_us - from_us) / 1e6 * bench->half_rate; begun++)
            lives_begin(bench->lives);
        client_turn(bench->client, 1);
    }
    until_closed(bench);
    usage_read(config_text(bench->config, "home"), &after);
    after = usage_between(&before, &after);
    bench->stolen_percent = after.all > 0 ? 100 * after.stolen / after.all : 0;
    const double *took_ms = lives_latencies(bench->lives, &n);
    must(n > 0);
    bench->p50_ms = took_ms[n / 2];
    bench->p99_ms = took_ms[n * 99 / 100];
}

static void measure(struct bench *bench)
{
    int64_t seconds = config_number(bench->config, "seconds");
    closed_loop(bench, 50, INT64_MAX, WARM_LIVES);
    until_closed(bench);
    until_quiet(bench);
    measure_rate(bench, seconds);
    measure_latency(bench, seconds);
    until_quiet(bench);
    bench->limit = limit_cases_per_second(bench->config, (int)seconds);
}

/* ---- what came out */

static double per_case(const struct bench *bench, int service, const char *counter)
{
    int64_t grown = health_counter(&bench->after[service], counter) -
                    health_counter(&bench->before[service], counter);
    return (double)grown / (double)(bench->cases > 0 ? bench->cases : 1);
}

static void print_json(const struct bench *bench)
{
    printf("{\"cases_per_second\": %.1f, \"command_p50_ms\": %.2f, \"command_p99_ms\": %.2f, "
           "\"limit_cases_per_second\": %.1f, \"ratio\": %.2f,\n",
           bench->cases_per_second, bench->p50_ms, bench->p99_ms, bench->limit,
           bench->cases_per_second / bench->limit);
    printf(" \"cases\": %ld, \"refused\": %ld, \"half_rate\": %.1f, \"stolen_percent\": %.1f,\n "
           "\"cpu_ms_per_case\": {",
           bench->cases, lives_refused(bench->lives), bench->half_rate, bench->stolen_percent);
    for (int i = 0; i < bench->usage.n; i++)
        printf("%s\"%s\": %.3f", i == 0 ? "" : ", ", bench->usage.rows[i].name,
               bench->usage.rows[i].seconds * 1000 / (double)bench->cases);
    printf("},\n \"per_case\": {");
    for (int i = 0; i < HOUSE; i++)
        printf(
            "%s\"%s\": {\"rows\": %.1f, \"statements\": %.3f, \"events\": %.1f, \"batches\": %.4f}",
            i == 0 ? "" : ", ", bench->after[i].service, per_case(bench, i, "rows"),
            per_case(bench, i, "statements"), per_case(bench, i, "events"),
            per_case(bench, i, "batches"));
    printf("}}\n");
}

static void print_words(const struct bench *bench)
{
    printf("Full lives of a case       %8.0f /s   (%ld cases, %ld commands refused)\n",
           bench->cases_per_second, bench->cases, lives_refused(bench->lives));
    printf("A command at %5.0f /s       %8.2f ms median, %.2f ms p99   (meanwhile the host took "
           "away %.1f %% of the processors)\n",
           bench->half_rate, bench->p50_ms, bench->p99_ms, bench->stolen_percent);
    printf("PostgreSQL alone           %8.0f /s\n", bench->limit);
    printf(
        "Ratio                      %8.2f\n\nProcessor time             ms a case     memory MiB\n",
        bench->cases_per_second / bench->limit);
    for (int i = 0; i < bench->usage.n; i++)
        printf("  %-24s %9.3f     %10.1f\n", bench->usage.rows[i].name,
               bench->usage.rows[i].seconds * 1000 / (double)bench->cases,
               (double)bench->usage.rows[i].rss_kib / 1024);
    printf("\nA case, by service          rows  statements  events    items a batch\n");
    for (int i = 0; i < HOUSE; i++)
        printf("  %-20s %9.1f %11.3f %7.1f  %15.0f\n", bench->after[i].service,
               per_case(bench, i, "rows"), per_case(bench, i, "statements"),
               per_case(bench, i, "events"),
               (per_case(bench, i, "events") + per_case(bench, i, "commands")) /
                   (per_case(bench, i, "batches") > 0 ? per_case(bench, i, "batches") : 1));
}

/* "--json" alone is "--json=yes". */
static void spell_out(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0)
            argv[i] = (char *)"--json=yes";
        else if (strcmp(argv[i], "--http") == 0)
            argv[i] = (char *)"--http=yes";
}

static bool services_bench(const struct config *config)
{
    struct bench bench = {.config = config};
    if (client_new(&bench.client, config, "desk") != STATUS_OK)
        return false;
    bench.lives = lives_new(bench.client);
    measure(&bench);
    if (config_bool(config, "json"))
        print_json(&bench);
    else
        print_words(&bench);
    bool sound = lives_refused(bench.lives) == 0;
    lives_free(&bench.lives);
    client_free(&bench.client);
    return sound;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(SETTINGS_BYTES);
    struct config *config;
    const char *complaint = NULL;
    log_open("bench");
    spell_out(argc, argv);
    enum status status = config_read(
        &config, argc, argv, (const struct setting *[]){bench_settings, common_settings, NULL},
        arena, &complaint);
    if (status == STATUS_NOT_FOUND && complaint == NULL && strcmp(argv[1], "--help") == 0)
        printf("%s", figures_keys);
    if (status != STATUS_OK) {
        if (complaint != NULL)
            fprintf(stderr, "onedoor-bench: %s\n", complaint);
        return status == STATUS_NOT_FOUND ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    bool sound = config_bool(config, "http") ? http_bench(config) : services_bench(config);
    arena_free(&arena);
    return sound ? EXIT_SUCCESS : EXIT_FAILURE;
}
