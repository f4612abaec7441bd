/* SPDX-License-Identifier: Apache-2.0 */
/* health.h: how far the services are, and what they have counted. */
#ifndef BENCH_HEALTH_H
#define BENCH_HEALTH_H

#include "common/base/service_names.h"
#include "common/bus/client.h"

enum { COUNTERS_MAX = 24 };

struct checkup {
    const char *service;
    int64_t head_seq;
    int n_cursors, n_counters;
    struct {
        char stream[16];
        int64_t seq;
    } cursors[SERVICES];
    struct {
        char name[24];
        int64_t value;
    } counters[COUNTERS_MAX];
};

/* Ask all of them. False when one does not answer. */
bool health_ask(struct client *, struct checkup all[SERVICES]);

/* Has every follower handled every event? */
bool health_quiet(const struct checkup all[SERVICES]);

int64_t health_counter(const struct checkup *, const char *name);

#endif
