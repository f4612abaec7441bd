/* SPDX-License-Identifier: Apache-2.0 */
/* crew.h: the people of a simulated hall as the driver sees them: processes of this same program,
 * each at the other end of a socket pair. Jobs are queued here and sent as they are taken, so that
 * neither side ever waits for the other to read. */
#ifndef SIMULATE_CREW_H
#define SIMULATE_CREW_H

#include "programs/simulate/job.h"

enum { CREW_MAX = 16 };

struct crew_member {
    int link;
    int pid;
    struct job *queue; /* jobs not sent yet */
    int first, n, room;
};

struct crew {
    struct crew_member members[CREW_MAX];
    int n;
    int windows,
        approvers; /* members: first the windows, then the approvers, one cashier, one city desk */
    int64_t under_way; /* jobs given, without a result yet */
};

/* Start them. `argv` is this program's own command line, to which each gets one more argument. Call
 * it before anything is opened. */
void crew_start(struct crew *, char **argv, int windows, int approvers);

/* Give a job to the person who does it; `city`: the city decides it. */
void crew_give(struct crew *, const struct job *, bool city);

/* Wait for results, at most wait_ms (-1: as long as it takes), and call `take` for each that is
 * there; false when a person has died. */
bool crew_turn(struct crew *, int wait_ms, void (*take)(void *context, const struct result *),
               void *context);

/* Wait until everyone has read the catalogue and is ready. */
bool crew_ready(struct crew *);

void crew_dismiss(struct crew *);

#endif
