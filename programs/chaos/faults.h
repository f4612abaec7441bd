/* SPDX-License-Identifier: Apache-2.0 */
/* faults.h: what can befall a hall, as a table: how each kind strikes, how long it lasts, how it is
 * lifted. A fault concerns only processes of this hall (hall.h) and connections through the proxy.
 */
#ifndef CHAOS_FAULTS_H
#define CHAOS_FAULTS_H

#include "programs/chaos/hall.h"
#include "programs/chaos/proxy.h"
#include "programs/simulate/dice.h"

enum { KINDS = 17, VICTIM_SIZE = 16, VISITORS = 40 };

struct scene {
    const char *home;
    struct proxy *proxy; /* its groups are the services, as service_names has them */
    const char *clock_file;
    struct dice dice;
};

/* One under way. */
struct fault {
    const struct kind *kind;
    struct scene *scene;
    int service;              /* whose connections */
    char victim[VICTIM_SIZE]; /* whose process: "routing", "gateway", "postgres" */
    pid_t pids[SESSIONS_MAX]; /* frozen, or concerned */
    int n_pids;
    pid_t parent; /* of pids */
    int lasts_ms;
    int64_t stepped_ms;     /* the clock: what it was set to, */
    int64_t by_ms;          /* and how far ahead */
    int visitors[VISITORS]; /* connections that do nothing; */
    int n_visitors;
};

struct kind {
    const char *name;
    int weight;            /* how often in a round of all kinds */
    int least_ms, most_ms; /* how long it lasts; short ones are more frequent. 0: over at once */
    int bound_ms;          /* how long the hall may take to be well again */
    /* False: there is nothing to be struck just now. */
    bool (*strike)(struct fault *);
    void (*lift)(struct fault *); /* null: nothing is to be lifted */
    /* Has the hall itself put an end to it, and runs another process instead of the one that was
     * killed or frozen? Null: it need not. */
    bool (*is_over)(const struct fault *);
};

extern const struct kind faults_kinds[KINDS];

/* The kind of this name of `length` bytes; -1: there is none. */
int faults_find(const char *name, size_t length);

/* Strikes somebody that the dice choose; false when there was nothing to be struck. */
bool faults_strike(struct fault *, const struct kind *, struct scene *);

/* Whom it struck, for people: "kill routing". */
void faults_describe(const struct fault *, char text[64]);

#endif
