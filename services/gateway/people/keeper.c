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

/* In one transaction. */
static enum status save(void *context, const struct denial *denials, int n)
{
    struct people_store *store = context;
    enum status status = store_begin(store);
    if (status != STATUS_OK)
        return status;
    for (int i = 0; status == STATUS_OK && i < n; i++)
        status = store_add_denial(store, &denials[i]);
    enum status ended = store_end(store, status == STATUS_OK);
    return status == STATUS_OK ? ended : status;
}

/* On the register's thread. */
static void keep(struct job *job)
{
    struct keeper *keeper = job->context;
    denials_save(&keeper->given, save, job->people->store);
    job->outcome = OUTCOME_OK;
}

/* What is left goes to what came since. */
static void kept(struct job *job)
{
    struct keeper *keeper = job->context;
    keeper->is_giving = false;
    arena_free(&job->arena);
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
                               .arena = arena_new_small(ROOM_BYTES),
                               .urgent = true,
                               .done = kept,
                               .context = keeper};
    return &keeper->job;
}

void keeper_free(struct keeper **pointer)
{
    struct keeper *keeper = *pointer;
    if (keeper == NULL)
        return;
    if (keeper->is_giving)
        kept(&keeper->job); /* the worker has dropped it, or has not handed it back */
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
