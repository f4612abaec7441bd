/* SPDX-License-Identifier: Apache-2.0 */
/* loop.h: the loop of a service's process: sockets in, one batch a turn, replies out.
 *
 *   collect -> load -> decide -> save -> commit -> reply
 *
 * service.c sets it up, command_lane.h and journal_lane.h read its sockets. What it does when is
 * pace.h's, in which state it is loop_state.h's. */
#ifndef COMMON_LOOP_H
#define COMMON_LOOP_H

#include "common/bus/bus.h"
#include "common/bus/follower.h"
#include "common/postgres/pgstore.h"
#include "common/service/engine.h"
#include "common/service/feed.h"
#include "common/service/loop_state.h"
#include "common/service/pace.h"
#include "common/service/queue.h"
#include "common/service/readers.h"

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
    struct feed *feed;
    struct follower *followers[FOLLOWS_MAX];
    struct queue *queue;
    struct item *items; /* of this turn */
    size_t batch_max, n_items;
    struct arena *inbox, *arena;           /* what came in; the batch */
    int64_t busy, late, statements_before; /* counted for Health */
    int64_t fault_logged_ms;
};

/* Open the database, and wait until this process may write. Nothing is bound meanwhile. Returns in
 * state OPENED, STOPPED or FAILED. */
void loop_become_writer(struct loop *);

/* Begin to follow where the cursors are. */
void loop_follow(struct loop *);

/* Serve until the state is STOPPED or FAILED. */
void loop_run(struct loop *);

#endif
