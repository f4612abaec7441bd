/* SPDX-License-Identifier: Apache-2.0 */
/* loop.h: the loop of a service's process: sockets in, one batch a turn, replies out.
 *
 *   collect -> load -> decide -> save -> commit -> reply
 *
 * service.c sets it up, command_lane.h and journal_lane.h read its sockets. What it does when is
 * pace.h's, in which state it is loop_state.h's. */
#ifndef COMMON_LOOP_H
#define COMMON_LOOP_H

#include "common/service/loop_parts.h"

/* Open the database, and wait until this process may write. Nothing is bound meanwhile. Returns in
 * state OPENED, STOPPED or FAILED. */
void loop_become_writer(struct loop *);

/* Begin to follow where the cursors are. */
void loop_follow(struct loop *);

/* Serve until the state is STOPPED or FAILED. */
void loop_run(struct loop *);

#endif
