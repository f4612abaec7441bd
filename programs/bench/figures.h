/* SPDX-License-Identifier: Apache-2.0 */
/* figures.h: what measuring the gateway gave, and how it is printed. */
#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include <jansson.h>

enum kind { GUIDE, PROGRESS, TASK_LIST, QUOTE, SUBMIT, KINDS };

/* Processor time a request, user and system. */
struct cost {
    const char *name;
    double gateway_us, echo_us, alone_us;
    long body_size;
};

struct figures {
    struct cost costs[KINDS], all; /* all: their mean */
    long bad;                      /* answers that were not 200 */
    struct {
        int wanted, opened, reached;
        long rss_before_kib, rss_kib;
        double push_ms, spread_ms; /* from the command's sending, and from the first stream, until
                                      the last has it */
    } streams;
    struct {
        int sent, answered, threads_before, threads;
        long rss_kib;
    } waiting;
};

/* The JSON keys, for --help. */
extern const char figures_keys[];

/* One JSON value on a line of stdout. Releases it. */
void figures_print(json_t *);

void figures_print_json(const struct figures *);
void figures_print_words(const struct figures *);

#endif
