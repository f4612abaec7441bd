/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/services.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "programs/bench/figures.h"
#include "programs/bench/health.h"
#include "programs/bench/limit.h"
#include "programs/bench/lives.h"
#include "programs/bench/usage.h"

enum { WARM_LIVES = 500, TURN_MS = 5, GIVE_UP_MS = 120000, QUIET_PERCENT = 1 };

struct bench {
    const struct config *config;
    struct client *client;
    struct lives *lives;
    double cases_per_second, p50_ms, p99_ms, half_rate, limit;
    double stolen_percent; /* of processor time, by the machine's host, while latency was measured:
                              it shows in the slowest commands */
    double quiet_p99_ms;   /* of the commands answered in seconds in which it took next to nothing
                            */
    int quiet_s, all_s;
    long cases;
    struct usage usage;
    struct checkup before[SERVICES], after[SERVICES], now[SERVICES];
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

/* One second of commands: what was answered in it, and the time that the host took away. */
struct second {
    size_t from, to; /* among the latencies */
    struct machine_now spent;
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The p-th percentile of the latencies, which it sorts; 0 of none. */
static double percentile(double *took_ms, size_t n, size_t p)
{
    if (n == 0)
        return 0;
    qsort(took_ms, n, sizeof *took_ms, ascending);
    return took_ms[n * p / 100];
}

/* The latencies of the quiet seconds alone. */
static void look_at_quiet(struct bench *bench, const struct second *seconds, int n_seconds)
{
    size_t n, n_quiet = 0;
    const double *took_ms = lives_latencies(bench->lives, &n);
    double *quiet_ms = calloc(n + 1, sizeof *quiet_ms);
    must(quiet_ms != NULL);
    bench->all_s = n_seconds;
    for (int s = 0; s < n_seconds; s++) {
        if (seconds[s].spent.stolen * 100 > seconds[s].spent.all * QUIET_PERCENT)
            continue;
        bench->quiet_s++;
        for (size_t i = seconds[s].from; i < seconds[s].to; i++)
            quiet_ms[n_quiet++] = took_ms[i];
    }
    bench->quiet_p99_ms = percentile(quiet_ms, n_quiet, 99);
    free(quiet_ms);
}

/* Begin lives at even intervals, whether or not the hall keeps up. */
static void one_second(struct bench *bench, int64_t from_us, int64_t until_us, long *begun,
                       struct second *second)
{
    struct machine_now before = machine_now(), after;
    int64_t now_us;
    lives_latencies(bench->lives, &second->from);
    while ((now_us = monotonic_us()) < until_us) {
        for (; (double)*begun < (double)(now_us - from_us) / 1e6 * bench->half_rate; (*begun)++)
            lives_begin(bench->lives);
        client_turn(bench->client, 1);
    }
    lives_latencies(bench->lives, &second->to);
    after = machine_now();
    second->spent = (struct machine_now){after.stolen - before.stolen, after.all - before.all};
}

static void measure_latency(struct bench *bench, int64_t seconds)
{
    struct second *each = calloc((size_t)seconds, sizeof *each);
    struct machine_now spent = {0};
    int64_t from_us = monotonic_us();
    long begun = 0;
    size_t n;
    must(each != NULL);
    bench->half_rate = bench->cases_per_second / 2;
    lives_forget(bench->lives);
    for (int64_t s = 0; s < seconds; s++) {
        one_second(bench, from_us, from_us + (s + 1) * 1000000, &begun, &each[s]);
        spent.stolen += each[s].spent.stolen;
        spent.all += each[s].spent.all;
    }
    until_closed(bench);
    bench->stolen_percent = spent.all > 0 ? 100 * spent.stolen / spent.all : 0;
    look_at_quiet(bench, each, (int)seconds);
    double *took_ms = lives_latencies(bench->lives, &n);
    must(n > 0);
    bench->p50_ms = percentile(took_ms, n, 50);
    bench->p99_ms = percentile(took_ms, n, 99);
    free(each);
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

static double cpu_ms_per_case(const struct bench *bench, int process)
{
    return bench->usage.rows[process].seconds * 1000 / (double)bench->cases;
}

static json_t *per_case_json(const struct bench *bench)
{
    json_t *services = json_object();
    for (int i = 0; i < SERVICES; i++)
        json_object_set_new(services, bench->after[i].service,
                            json_pack("{sf sf sf sf}", "rows", per_case(bench, i, "rows"),
                                      "statements", per_case(bench, i, "statements"), "events",
                                      per_case(bench, i, "events"), "batches",
                                      per_case(bench, i, "batches")));
    return services;
}

static json_t *cpu_json(const struct bench *bench)
{
    json_t *processes = json_object();
    for (int i = 0; i < bench->usage.n; i++)
        json_object_set_new(processes, bench->usage.rows[i].name,
                            json_real(cpu_ms_per_case(bench, i)));
    return processes;
}

static void print_json(const struct bench *bench)
{
    figures_print(json_pack(
        "{sf sf sf sf sf sI sI sf sf sf si so so}", "cases_per_second", bench->cases_per_second,
        "command_p50_ms", bench->p50_ms, "command_p99_ms", bench->p99_ms, "limit_cases_per_second",
        bench->limit, "ratio", bench->cases_per_second / bench->limit, "cases",
        (json_int_t)bench->cases, "refused", (json_int_t)lives_refused(bench->lives), "half_rate",
        bench->half_rate, "stolen_percent", bench->stolen_percent, "quiet_p99_ms",
        bench->quiet_p99_ms, "quiet_seconds", bench->quiet_s, "cpu_ms_per_case", cpu_json(bench),
        "per_case", per_case_json(bench)));
}

static void print_words(const struct bench *bench)
{
    printf("Full lives of a case       %8.0f /s   (%ld cases, %ld commands refused)\n",
           bench->cases_per_second, bench->cases, lives_refused(bench->lives));
    printf("A command at %5.0f /s       %8.2f ms median, %.2f ms p99\n", bench->half_rate,
           bench->p50_ms, bench->p99_ms);
    printf("  in quiet seconds         %8.2f ms p99   (%d of %d, in which the host took away less "
           "than %d %% of processor time; %.1f %% over all of them)\n",
           bench->quiet_p99_ms, bench->quiet_s, bench->all_s, QUIET_PERCENT, bench->stolen_percent);
    printf("PostgreSQL alone           %8.0f /s\n", bench->limit);
    printf(
        "Ratio                      %8.2f\n\nProcessor time             ms a case     memory MiB\n",
        bench->cases_per_second / bench->limit);
    for (int i = 0; i < bench->usage.n; i++)
        printf("  %-24s %9.3f     %10.1f\n", bench->usage.rows[i].name, cpu_ms_per_case(bench, i),
               (double)bench->usage.rows[i].rss_kib / 1024);
    printf("\nA case, by service          rows  statements  events    items a batch\n");
    for (int i = 0; i < SERVICES; i++)
        printf("  %-20s %9.1f %11.3f %7.1f  %15.0f\n", bench->after[i].service,
               per_case(bench, i, "rows"), per_case(bench, i, "statements"),
               per_case(bench, i, "events"),
               (per_case(bench, i, "events") + per_case(bench, i, "commands")) /
                   (per_case(bench, i, "batches") > 0 ? per_case(bench, i, "batches") : 1));
}

bool services_bench(const struct config *config)
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
