/* SPDX-License-Identifier: Apache-2.0 */
/* vitals.h: what the services of a hall say of themselves, and what of it is not as it must be.
 * Pure. */
#ifndef COMMON_VITALS_H
#define COMMON_VITALS_H

#include <stdbool.h>

#include "common/base/service_names.h"
#include "common/wire/mark.h"

enum { OWN_FAULTS_MAX = 4, FAULT_SIZE = 160 };

struct vital {
    bool answers; /* else nothing else is known */
    char state[48];
    int64_t now_ms; /* its business time */
    int64_t head_seq;
    struct marks cursors;
    char writer[80];                         /* the process that writes: its host and its id */
    char faults[OWN_FAULTS_MAX][FAULT_SIZE]; /* what it finds wrong itself, after its name */
    int n_faults;
};

/* In the order of service_names. */
struct vitals {
    struct vital services[SERVICES];
    int64_t disk_free_bytes; /* where the hall's files are; 0: not known */
};

/* From an answer to Health; null: there was none. */
void vitals_take(struct vital *, const Onedoor__HealthReply *);

/* Does somebody not yet stand where the journals stood in `before`? */
bool vitals_behind(const struct vitals *, const struct vitals *before);

/* Each fault as a sentence without its full stop, in the order of the services, then the disk; how
 * many there are.
 * `before`: of some seconds ago, when nothing is wrong with being behind what is said now; null: it
 * is not known who is behind. */
enum { FAULTS_MAX = SERVICES * (SERVICES + 2 + OWN_FAULTS_MAX) + 1 };
int vitals_faults(const struct vitals *, const struct vitals *before,
                  char faults[FAULTS_MAX][FAULT_SIZE]);

#endif
