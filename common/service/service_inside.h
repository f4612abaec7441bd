/* SPDX-License-Identifier: Apache-2.0 */
/* service_inside.h: the state of a service's loop, which service.c (the loop) and journal_lane.c
 * (what is answered beside it) share, and nobody else. */
#ifndef COMMON_SERVICE_INSIDE_H
#define COMMON_SERVICE_INSIDE_H

#include <stdatomic.h>

#include "common/bus/bus.h"
#include "common/bus/follower.h"
#include "common/postgres/pgstore.h"
#include "common/service/batch.h"
#include "common/service/feed.h"
#include "common/service/queue.h"
#include "common/service/readers.h"

struct loop {
    const struct service *service;
    const struct config *config;
    struct bus bus;
    struct mailbox command, journal;
    int signals; /* signalfd: TERM, INT */
    struct readers *readers;
    atomic_int generation; /* of the reference tables, for the readers */
    struct pgstore *store; /* null: the database is away */
    bool ready;            /* a turn has gone well since the store was opened */
    int64_t reopen_ms, reopen_wait_ms, denied_since_ms, prune_ms;
    struct engine engine;
    struct feed *feed;
    struct follower *followers[FOLLOWS_MAX];
    struct queue *queue;
    struct item *items;
    size_t batch_max, n_items;
    struct arena *inbox, *arena; /* what came in; the turn */
    bool driven;                 /* business time is a simulation's */
    bool pressed;                /* busy: work waits for company */
    bool hears;                  /* this turn takes up what other services have said */
    size_t lately;               /* items since it last did */
    int64_t gather_until_ms;     /* until then all work waits, while pressed */
    int64_t events_until_ms;     /* until then what others have said */
    int64_t busy, late, statements_before;
};

/* Answer what waits on the journal lane: Fetch, Health, and an operator's RetryParked. */
void journal_lane_drain(struct loop *);

#endif
