/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/figures.h"

#include <stdio.h>

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
    "  waiting                     while a service stands still: sent, threads_before, threads, "
    "rss_kib; answered afterwards\n"
    "  bad                         answers that were not 200: none should be\n";

static void print_cost(const struct cost *cost)
{
    printf("\"gateway_us\": %.2f, \"echo_us\": %.2f, \"ratio\": %.2f, \"echo_alone_us\": %.2f",
           cost->gateway_us, cost->echo_us, cost->gateway_us / cost->echo_us, cost->alone_us);
}

void figures_print_json(const struct figures *figures)
{
    printf("{");
    print_cost(&figures->all);
    printf(",\n \"kinds\": {");
    for (int i = 0; i < KINDS; i++) {
        printf("%s\"%s\": {", i == 0 ? "" : ",\n  ", figures->costs[i].name);
        print_cost(&figures->costs[i]);
        printf(", \"body_bytes\": %ld}", figures->costs[i].body_size);
    }
    printf("},\n \"streams\": {\"opened\": %d, \"reached\": %d, \"rss_before_kib\": %ld, "
           "\"rss_kib\": %ld, \"push_ms\": %.0f, \"spread_ms\": %.0f},\n",
           figures->streams.opened, figures->streams.reached, figures->streams.rss_before_kib,
           figures->streams.rss_kib, figures->streams.push_ms, figures->streams.spread_ms);
    printf(" \"waiting\": {\"sent\": %d, \"answered\": %d, \"threads_before\": %d, \"threads\": "
           "%d, \"rss_kib\": %ld},\n \"bad\": %ld}\n",
           figures->waiting.sent, figures->waiting.answered, figures->waiting.threads_before,
           figures->waiting.threads, figures->waiting.rss_kib, figures->bad);
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
