/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/hallclock.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/base/service_names.h"
#include "common/base/wallclock.h"
#include "onedoor/envelope.pb-c.h"

enum { CURSORS_MAX = 8, HEALTH_MS = 60000, PATIENCE_MS = 120000, NAP_MS = 1 };

struct hallclock {
    _Atomic int64_t *now_ms; /* the file, mapped */
};

/* What one service said of itself. */
struct pulse {
    bool well;
    int64_t head, ticked_ms, parked;
    int n_cursors;
    struct {
        int stream; /* index in service_names */
        int64_t seq;
    } cursors[CURSORS_MAX];
};

struct hallclock *hallclock_new(const char *path)
{
    struct hallclock *clock = calloc(1, sizeof *clock);
    must(clock != NULL);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        free(clock);
        return NULL;
    }
    clock->now_ms = mmap(NULL, sizeof *clock->now_ms, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    must(clock->now_ms != MAP_FAILED);
    close(fd);
    return clock;
}

void hallclock_free(struct hallclock **clock)
{
    if (*clock != NULL)
        munmap((void *)(*clock)->now_ms, sizeof *(*clock)->now_ms);
    free(*clock);
    *clock = NULL;
}

void hallclock_set(struct hallclock *clock, int64_t now_ms)
{
    atomic_store(clock->now_ms, now_ms);
}

int64_t hallclock_now(const struct hallclock *clock)
{
    return atomic_load(clock->now_ms);
}

/* ---- a round of Health */

static void feel(void *context, const struct answer *answer)
{
    struct pulse *pulse = context;
    const Onedoor__HealthReply *reply = answer->message;
    *pulse = (struct pulse){0};
    if (answer->kind != ANSWER_OK || strcmp(reply->state, "ready") != 0 ||
        reply->n_cursors > CURSORS_MAX)
        return;
    pulse->well = true;
    pulse->head = reply->head_seq;
    pulse->ticked_ms = reply->ticked_ms;
    pulse->parked = reply->parked;
    pulse->n_cursors = (int)reply->n_cursors;
    for (int i = 0; i < pulse->n_cursors; i++) {
        pulse->cursors[i].stream = service_names_index(reply->cursors[i]->stream);
        pulse->cursors[i].seq = reply->cursors[i]->seq;
    }
}

static void take_round(struct client *client, struct pulse pulses[SERVICES])
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    for (int i = 0; i < SERVICES; i++)
        client_ask(client, &(struct ask){.lane = LANE_JOURNAL,
                                         .service = service_names[i],
                                         .message = &health.base,
                                         .reply = &onedoor__health_reply__descriptor,
                                         .actor = {.id = "simulator",
                                                   .role = ONEDOOR__ROLE__ADMINISTRATOR,
                                                   .department = ""},
                                         .timeout_ms = HEALTH_MS,
                                         .done = feel,
                                         .context = &pulses[i]});
    while (client_outstanding(client) > 0)
        client_turn(client, NAP_MS);
}

/* Everyone has heard everything, and done what was due. */
static bool is_at_rest(const struct pulse pulses[SERVICES], int64_t now_ms)
{
    for (int i = 0; i < SERVICES; i++) {
        if (!pulses[i].well || pulses[i].ticked_ms < now_ms)
            return false;
        for (int c = 0; c < pulses[i].n_cursors; c++) {
            int stream = pulses[i].cursors[c].stream;
            if (stream >= 0 && pulses[i].cursors[c].seq != pulses[stream].head)
                return false;
        }
    }
    return true;
}

static bool is_same(const struct pulse *a, const struct pulse *b)
{
    for (int i = 0; i < SERVICES; i++)
        if (a[i].head != b[i].head)
            return false;
    return true;
}

static void complain(const struct pulse pulses[SERVICES], int64_t now_ms)
{
    fprintf(stderr, "onedoor-simulate: the hall does not come to rest:\n");
    for (int i = 0; i < SERVICES; i++) {
        fprintf(stderr, "  %-12s %s, head %lld, %lld ms behind the clock, heard", service_names[i],
                pulses[i].well ? "ready" : "not ready", (long long)pulses[i].head,
                (long long)(now_ms - pulses[i].ticked_ms));
        for (int c = 0; c < pulses[i].n_cursors; c++)
            fprintf(stderr, " %s %lld", service_names[pulses[i].cursors[c].stream],
                    (long long)pulses[i].cursors[c].seq);
        fprintf(stderr, ", parked %lld\n", (long long)pulses[i].parked);
    }
}

bool hallclock_settle(struct hallclock *clock, struct client *client)
{
    struct pulse last[SERVICES], pulses[SERVICES];
    int64_t now_ms = hallclock_now(clock), begun_ms = monotonic_ms();
    bool rested = false;
    while (monotonic_ms() - begun_ms < PATIENCE_MS) {
        take_round(client, pulses);
        bool rests = is_at_rest(pulses, now_ms);
        if (rests && rested && is_same(pulses, last))
            return true;
        if (!rests)
            client_turn(client, NAP_MS);
        rested = rests;
        memcpy(last, pulses, sizeof last);
    }
    complain(pulses, now_ms);
    return false;
}
