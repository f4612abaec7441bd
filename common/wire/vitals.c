/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/vitals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Clocks of machines that are kept by NTP differ less, and answers come at nearly the same time. */
enum { CLOCKS_DIFFER_MS = 10000 };

/* A disk with less is nearly full: PostgreSQL stops when it is. */
enum { DISK_LEAST_MB = 200, MB = 1 << 20 };

void vitals_take(struct vital *vital, const Onedoor__HealthReply *reply)
{
    *vital = (struct vital){.answers = reply != NULL};
    if (reply == NULL)
        return;
    snprintf(vital->state, sizeof vital->state, "%s", reply->state);
    vital->now_ms = reply->now_ms;
    vital->head_seq = reply->head_seq;
    snprintf(vital->writer, sizeof vital->writer, "%s", reply->writer);
    for (size_t i = 0; i < reply->n_faults && vital->n_faults < OWN_FAULTS_MAX; i++)
        snprintf(vital->faults[vital->n_faults++], FAULT_SIZE, "%s", reply->faults[i]);
    for (size_t i = 0; i < reply->n_cursors; i++) {
        struct mark mark = mark_of(reply->cursors[i]->stream, (int32_t)reply->cursors[i]->epoch,
                                   reply->cursors[i]->seq);
        marks_advance(&vital->cursors, &mark);
    }
}

/* How many events of the owner's journal, as it was before, this service has not heard. */
static int64_t events_behind(const struct vital *vital, int owner, const struct vitals *before)
{
    const struct mark *cursor = marks_find(&vital->cursors, service_names[owner]);
    if (!vital->answers || cursor == NULL || !before->services[owner].answers)
        return 0;
    int64_t behind = before->services[owner].head_seq - cursor->seq;
    return behind > 0 ? behind : 0;
}

bool vitals_behind(const struct vitals *vitals, const struct vitals *before)
{
    for (int i = 0; i < SERVICES; i++)
        for (int owner = 0; owner < SERVICES; owner++)
            if (events_behind(&vitals->services[i], owner, before) > 0)
                return true;
    return false;
}

static const struct vital *first_that_answers(const struct vitals *vitals)
{
    for (int i = 0; i < SERVICES; i++)
        if (vitals->services[i].answers)
            return &vitals->services[i];
    return NULL;
}

/* What is wrong with one service by itself; empty: nothing. */
static void judge(const struct vital *vital, const char *name, const struct vital *other,
                  char fault[FAULT_SIZE])
{
    fault[0] = '\0';
    if (!vital->answers)
        snprintf(fault, FAULT_SIZE, "%s does not answer", name);
    else if (strcmp(vital->state, "ready") != 0)
        snprintf(fault, FAULT_SIZE, "%s is %s", name, vital->state);
    else if (llabs(vital->now_ms - other->now_ms) > CLOCKS_DIFFER_MS)
        snprintf(fault, FAULT_SIZE, "the clock of %s differs from others by %lld s", name,
                 llabs(vital->now_ms - other->now_ms) / 1000);
}

int vitals_faults(const struct vitals *vitals, const struct vitals *before,
                  char faults[FAULTS_MAX][FAULT_SIZE])
{
    const struct vital *other = first_that_answers(vitals);
    int n = 0;
    for (int i = 0; i < SERVICES; i++) {
        const struct vital *vital = &vitals->services[i];
        judge(vital, service_names[i], other, faults[n]);
        n += faults[n][0] != '\0';
        for (int own = 0; own < vital->n_faults; own++)
            snprintf(faults[n++], FAULT_SIZE, "%s %.*s", service_names[i],
                     FAULT_SIZE - (int)strlen(service_names[i]) - 2, vital->faults[own]);
        for (int owner = 0; owner < SERVICES && before != NULL; owner++) {
            int64_t behind = events_behind(vital, owner, before);
            if (behind > 0)
                snprintf(faults[n++], FAULT_SIZE, "%s is %lld events behind %s", service_names[i],
                         (long long)behind, service_names[owner]);
        }
    }
    if (vitals->disk_free_bytes > 0 && vitals->disk_free_bytes / MB < DISK_LEAST_MB)
        snprintf(faults[n++], FAULT_SIZE, "the disk has %lld MB left",
                 (long long)vitals->disk_free_bytes / MB);
    return n;
}
