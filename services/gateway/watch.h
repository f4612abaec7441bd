/* SPDX-License-Identifier: Apache-2.0 */
/* watch.h: asks every service each second how it is, so that /readyz tells what holds now and not
 * what held once. */
#ifndef GATEWAY_WATCH_H
#define GATEWAY_WATCH_H

#include "common/bus/client.h"
#include "common/wire/vitals.h"
#include "services/gateway/people/keeper.h"

struct watch;

/* What the services deny is put on record by the keeper, which outlives it. The disk is that of the
 * hall's folder. */
struct watch *watch_new(struct client *, struct keeper *, const char *home);
void watch_free(struct watch **); /* after the client, whose questions are its own */

/* Asks, when it is time to. */
void watch_turn(struct watch *);

/* Has every service been heard of once, or been waited for? */
bool watch_began(const struct watch *);

/* As vitals_faults has it. */
int watch_faults(const struct watch *, char faults[FAULTS_MAX][FAULT_SIZE]);

#endif
