/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/figures.h"

#include <stdio.h>

#include "common/base/panic.h"

enum { DIGITS = 5 };

const char figures_keys[] =
    "\nThe gateway (--http): processor time of its process, user and system, a request that a "
    "service answers, over 64 kept\n"
    "connections; beside it that of the HTTP library's bare handler, with a body of the same size, "
    "asked in turn with it.\nJSON keys:\n"
    "  gateway_us, echo_us, ratio  a request, in us, and one over the other; the mean of the "
    "kinds\n"
    "  echo_alone_us               the bare handler asked as fast as it can, by nobody but us\n"
    "  kinds.NAME                  the same of each kind of request, and body_bytes of its answer: "
    "guide and progress\n"
    "                              (intake, a long and a short answer), tasks (routing, twenty), "
    "quote (charging, with a\n"
    "                              body to read), submit (intake, a durable command)\n"
    "  streams                     opened, reached by a push; rss_before_kib, rss_kib of the "
    "gateway; push_ms from\n"
    "                              a command's sending until the last has its event, spread_ms "
    "from the first\n"
    "  waiting                     while a service is stopped: sent, threads_before, threads, "
    "rss_kib; answered afterwards\n"
    "  bad                         answers that were not 200: none should be\n"
    "\nA hall that has grown (--growth): the median time of each question, at each number of "
    "cases. JSON keys:\n"
    "  cases, fill_s               the sizes, and how long making them took\n"
    "  search_ms_at_1m             the slowest search, by whatever filter or figure, at 1,000,000 "
    "cases: search_worst\n"
    "  overview_ms_at_3m           the slowest overview of the figures at the last size\n"
    "  overview_ratio              the overview of all there ever was, the last size over the "
    "first\n"
    "  supervision_ratio           the worst of the lists of what is late, and of cards\n"
    "  queries.NAME                each question's ms, a number for each size\n";

static json_t *cost_json(const struct cost *cost)
{
    return json_pack("{sf sf sf sf}", "gateway_us", cost->gateway_us, "echo_us", cost->echo_us,
                     "ratio", cost->gateway_us / cost->echo_us, "echo_alone_us", cost->alone_us);
}

static json_t *kinds_json(const struct figures *figures)
{
    json_t *kinds = json_object();
    for (int i = 0; i < KINDS; i++) {
        json_t *kind = cost_json(&figures->costs[i]);
        json_object_set_new(kind, "body_bytes", json_integer(figures->costs[i].body_size));
        json_object_set_new(kinds, figures->costs[i].name, kind);
    }
    return kinds;
}

static json_t *streams_json(const struct figures *figures)
{
    return json_pack("{si si sI sI sf sf}", "opened", figures->streams.opened, "reached",
                     figures->streams.reached, "rss_before_kib",
                     (json_int_t)figures->streams.rss_before_kib, "rss_kib",
                     (json_int_t)figures->streams.rss_kib, "push_ms", figures->streams.push_ms,
                     "spread_ms", figures->streams.spread_ms);
}

static json_t *waiting_json(const struct figures *figures)
{
    return json_pack("{si si si si sI}", "sent", figures->waiting.sent, "answered",
                     figures->waiting.answered, "threads_before", figures->waiting.threads_before,
                     "threads", figures->waiting.threads, "rss_kib",
                     (json_int_t)figures->waiting.rss_kib);
}

void figures_print_json(const struct figures *figures)
{
    json_t *json = cost_json(&figures->all);
    json_object_set_new(json, "kinds", kinds_json(figures));
    json_object_set_new(json, "streams", streams_json(figures));
    json_object_set_new(json, "waiting", waiting_json(figures));
    json_object_set_new(json, "bad", json_integer(figures->bad));
    figures_print(json);
}

void figures_print(json_t *json)
{
    must(json != NULL); /* a figure that is no number */
    json_dumpf(json, stdout, JSON_REAL_PRECISION(DIGITS));
    putchar('\n');
    json_decref(json);
}

void figures_print_words(const struct figures *figures)
{
    printf(
        "Processor time a request      gateway       bare echo   ratio   echo alone       body\n");
    for (int i = 0; i < KINDS; i++)
        printf("  %-22s %9.1f us    %9.1f us %7.2f %9.1f us %10ld\n", figures->costs[i].name,
               figures->costs[i].gateway_us, figures->costs[i].echo_us,
               figures->costs[i].gateway_us / figures->costs[i].echo_us, figures->costs[i].alone_us,
               figures->costs[i].body_size);
    printf("  %-22s %9.1f us    %9.1f us %7.2f %9.1f us\n", "all", figures->all.gateway_us,
           figures->all.echo_us, figures->all.gateway_us / figures->all.echo_us,
           figures->all.alone_us);
    printf("\n%d open streams: %.0f MiB, %.0f before; a push reached %d of them %.0f ms after the "
           "command was sent,\n%.0f ms after the first had it\n",
           figures->streams.opened, (double)figures->streams.rss_kib / 1024,
           (double)figures->streams.rss_before_kib / 1024, figures->streams.reached,
           figures->streams.push_ms, figures->streams.spread_ms);
    printf("%d waiting requests: %d threads, %d before; %.0f MiB; %d answered\n",
           figures->waiting.sent, figures->waiting.threads, figures->waiting.threads_before,
           (double)figures->waiting.rss_kib / 1024, figures->waiting.answered);
    if (figures->bad > 0)
        printf("%ld answers were not 200\n", figures->bad);
}
