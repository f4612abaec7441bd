/* SPDX-License-Identifier: Apache-2.0 */
/* hall.h: the processes of one hall, as a fixed list in the order of their start. */
#ifndef LAUNCHER_HALL_H
#define LAUNCHER_HALL_H

#include "programs/launcher/process.h"

enum { MAX_PROCESSES = 16 };

struct hall {
    const char *home; /* borrowed; holds run/ and log/ */
    int lock;         /* the descriptor that holds run/launcher.lock */
    struct timeouts timeouts;
    int count;
    struct process processes[MAX_PROCESSES];
};

/* Add to the list. False when it is full. */
bool hall_add(struct hall *, const struct launch *launch);

/* The other process of its role, or null. */
struct process *hall_other(struct hall *, const struct process *);

#endif
