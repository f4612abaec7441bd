/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/keeper.h"

#include <stdlib.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

enum { ROOM_BYTES = 1 << 16 };

struct keeper {
    const struct config *config;
    struct worker *worker;
    struct denials came, given; /* given: to the worker, while `job` is under way */
    struct job job;
    bool is_giving;
    int64_t due_ms; /* monotonic */
};

/* On the register's thread. */
static void keep(struct job *job)
{
    const struct denials *denials = job->message;
    struct people_store *store = job->people->store;
    enum status status = store_begin(store);
    if (status == STATUS_OK) {
        for (int i = 0; status == STATUS_OK && i < denials->n; i++)
            status = store_add_denial(store, &denials->list[i]);
        enum status ended = store_end(store, status == STATUS_OK);
        status = status == STATUS_OK ? ended : status;
    }
    job->outcome = status == STATUS_OK ? OUTCOME_OK : people_unavailable();
}

static void kept(struct job *job)
{
    struct keeper *keeper = job->context;
    keeper->is_giving = false;
    arena_free(&job->arena);
    if (is_ok(job->outcome))
        return;
    for (int i = 0; i < keeper->given.n; i++)
        denials_add(&keeper->came, &keeper->given.list[i]);
}

struct keeper *keeper_new(const struct config *config, struct worker *worker)
{
    struct keeper *keeper = calloc(1, sizeof *keeper);
    must(keeper != NULL);
    keeper->config = config;
    keeper->worker = worker;
    return keeper;
}

static struct job *begin(struct keeper *keeper)
{
    keeper->given = keeper->came;
    keeper->came.n = 0;
    keeper->job = (struct job){.handler = keep,
                               .message = &keeper->given,
                               .arena = arena_new_small(ROOM_BYTES),
                               .urgent = true,
                               .done = kept,
                               .context = keeper};
    return &keeper->job;
}

/* A job that the worker dropped may or may not be done: better twice than not at all. */
void keeper_free(struct keeper **pointer)
{
    struct keeper *keeper = *pointer;
    if (keeper == NULL)
        return;
    if (keeper->is_giving) {
        keeper->job.outcome = people_unavailable();
        kept(&keeper->job);
    }
    if (keeper->came.n > 0) {
        struct job *job = begin(keeper);
        job->people = people_new(keeper->config);
        keep(job);
        people_free(&job->people);
        arena_free(&job->arena);
    }
    free(keeper);
    *pointer = NULL;
}

void keeper_add(struct keeper *keeper, const struct denial *denial)
{
    struct denial now = *denial;
    now.times = now.times > 0 ? now.times : 1;
    now.first_ms = now.last_ms = people_now_ms();
    denials_add(&keeper->came, &now);
}

void keeper_turn(struct keeper *keeper)
{
    int64_t now_ms = monotonic_ms();
    if (keeper->is_giving || keeper->came.n == 0 || now_ms < keeper->due_ms)
        return;
    keeper->due_ms = now_ms + KEEP_MS;
    keeper->is_giving = worker_submit(keeper->worker, begin(keeper));
    must(keeper->is_giving); /* it is urgent */
}
