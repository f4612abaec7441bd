/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/hallclock.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/base/service_names.h"
#include "onedoor/envelope.pb-c.h"

enum { CURSORS_MAX = 8, HEALTH_MS = 60000, TIMEOUT_MS = 300000, NAP_MS = 1 };

struct hallclock {
    _Atomic int64_t *now_ms; /* the file, mapped */
};

/* What one service answered. */
struct health {
    bool ready;
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

static int64_t hallclock_now(const struct hallclock *clock)
{
    return atomic_load(clock->now_ms);
}

/* ---- a round of Health */

static void note_health(void *context, const struct answer *answer)
{
    struct health *health = context;
    const Onedoor__HealthReply *reply = answer->message;
    *health = (struct health){0};
    if (answer->kind != ANSWER_OK || strcmp(reply->state, "ready") != 0 ||
        reply->n_cursors > CURSORS_MAX)
        return;
    health->ready = true;
    health->head = reply->head_seq;
    health->ticked_ms = reply->ticked_ms;
    health->parked = reply->parked;
    health->n_cursors = (int)reply->n_cursors;
    for (int i = 0; i < health->n_cursors; i++) {
        health->cursors[i].stream = service_names_index(reply->cursors[i]->stream);
        health->cursors[i].seq = reply->cursors[i]->seq;
    }
}

static void ask_all(struct client *client, struct health all[SERVICES])
{
    Onedoor__Health request = ONEDOOR__HEALTH__INIT;
    for (int i = 0; i < SERVICES; i++)
        client_ask(client, &(struct ask){.lane = LANE_JOURNAL,
                                         .service = service_names[i],
                                         .message = &request.base,
                                         .reply = &onedoor__health_reply__descriptor,
                                         .actor = {.id = "simulator",
                                                   .role = ONEDOOR__ROLE__ADMINISTRATOR,
                                                   .department = ""},
                                         .timeout_ms = HEALTH_MS,
                                         .done = note_health,
                                         .context = &all[i]});
    while (client_outstanding(client) > 0)
        client_turn(client, NAP_MS);
}

/* Every follower has read every journal, and everything due has been done. */
static bool is_quiet(const struct health all[SERVICES], int64_t now_ms)
{
    for (int i = 0; i < SERVICES; i++) {
        if (!all[i].ready || all[i].ticked_ms < now_ms)
            return false;
        for (int c = 0; c < all[i].n_cursors; c++) {
            int stream = all[i].cursors[c].stream;
            if (stream >= 0 && all[i].cursors[c].seq != all[stream].head)
                return false;
        }
    }
    return true;
}

static bool is_same(const struct health *a, const struct health *b)
{
    for (int i = 0; i < SERVICES; i++)
        if (a[i].head != b[i].head)
            return false;
    return true;
}

static void print_unrest(const struct health all[SERVICES], int64_t now_ms)
{
    fprintf(stderr, "onedoor-simulate: the hall does not become quiet:\n");
    for (int i = 0; i < SERVICES; i++) {
        fprintf(stderr, "  %-12s %s, head %lld, %lld ms behind the clock, read", service_names[i],
                all[i].ready ? "ready" : "not ready", (long long)all[i].head,
                (long long)(now_ms - all[i].ticked_ms));
        for (int c = 0; c < all[i].n_cursors; c++)
            fprintf(stderr, " %s %lld", service_names[all[i].cursors[c].stream],
                    (long long)all[i].cursors[c].seq);
        fprintf(stderr, ", parked %lld\n", (long long)all[i].parked);
    }
}

bool hallclock_settle(struct hallclock *clock, struct client *client)
{
    struct health last[SERVICES], all[SERVICES];
    int64_t begun_ms = monotonic_ms();
    bool was_quiet = false;
    while (monotonic_ms() - begun_ms < TIMEOUT_MS) {
        ask_all(client, all);
        bool quiet = is_quiet(all, hallclock_now(clock)); /* others may step it meanwhile */
        if (quiet && was_quiet && is_same(all, last))
            return true;
        if (!quiet)
            client_turn(client, NAP_MS);
        was_quiet = quiet;
        memcpy(last, all, sizeof last);
    }
    print_unrest(all, hallclock_now(clock));
    return false;
}
