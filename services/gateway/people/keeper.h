/* SPDX-License-Identifier: Apache-2.0 */
/* keeper.h: puts on record what the loop has seen refused: every KEEP_MS what came since becomes
 * rows of the register, in one transaction. If the database is away, it is kept for the next time;
 * what the database refuses is counted by its kind (denials_save). */
#ifndef GATEWAY_KEEPER_H
#define GATEWAY_KEEPER_H

#include "services/gateway/caller/denials.h"
#include "services/gateway/people/worker.h"

enum { KEEP_MS = 1000 };

struct keeper;

struct keeper *keeper_new(const struct config *, struct worker *);
/* After the worker has ended: writes what is left. */
void keeper_free(struct keeper **);

/* Now; once, unless it says how often. */
void keeper_add(struct keeper *, const struct denial *);

/* Hands over what came, when it is time to. */
void keeper_turn(struct keeper *);

#endif
