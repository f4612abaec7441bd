/* SPDX-License-Identifier: Apache-2.0 */
/* loop_parts.h: what the loop of a service's process holds. Its lanes (command_lane.h,
 * journal_lane.h) work on the same parts and do not know the loop (loop.h) that calls them. */
#ifndef COMMON_LOOP_PARTS_H
#define COMMON_LOOP_PARTS_H

#include "common/base/seal.h"
#include "common/bus/follower.h"
#include "common/bus/mailbox.h"
#include "common/postgres/pgstore.h"
#include "common/service/aside.h"
#include "common/service/engine.h"
#include "common/service/feed.h"
#include "common/service/loop_state.h"
#include "common/service/pace.h"
#include "common/service/queue.h"
#include "common/service/readers.h"
#include "common/service/timekeeper.h"
#include "common/spans/spans.h"
#include "common/values/histogram.h"

struct loop {
    const struct service *service;
    const struct config *config;
    enum loop_state state;
    struct pace pace;
    struct bus bus;
    struct mailbox command, journal;
    int signals; /* signalfd: TERM, INT */
    struct readers *readers;
    struct pgstore *store; /* to be used while the state is open */
    struct engine engine;
    struct timekeeper clock;
    int64_t clock_compared_ms; /* with PostgreSQL's; of the machine's own count */
    struct seal seal;          /* of a service that seals; the engine's */
    struct feed *feed;
    struct follower *followers[FOLLOWS_MAX];
    struct queue *queue;
    struct aside *aside; /* commands that wait for news */
    struct item *items;  /* of this turn */
    size_t batch_max, n_items;
    struct arena *inbox, *arena;                             /* what came in; the batch */
    int64_t busy, late, statements_before, waited_before_ms; /* counted for Health */
    struct histogram commands, batches; /* from arrival to reply; from load to commit */
    struct spans *spans;                /* null: nobody is told */
    int64_t fault_logged_ms;
};

#endif
