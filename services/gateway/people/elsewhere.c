/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/elsewhere.h"

#include <stdlib.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

enum { ROOM_BYTES = 1 << 14 };

struct elsewhere {
    struct worker *worker;
    void (*changed)(void *context);
    void *context;
    struct job job;
    bool is_asking, began; /* began: once it was answered, and `latest` says where to go on */
    int64_t latest;        /* the change of rights seen last; the worker's while it is asked */
    bool any;              /* likewise: one made elsewhere came after it */
    int64_t due_ms;        /* monotonic */
};

/* On the register's thread. */
static void look(struct job *job)
{
    struct elsewhere *elsewhere = job->context;
    job->outcome = people_outcome(
        store_rights_made_here(job->people->store, job->arena, &elsewhere->latest, &elsewhere->any),
        people_unavailable());
}

static void looked(struct job *job)
{
    struct elsewhere *elsewhere = job->context;
    elsewhere->is_asking = false;
    arena_free(&job->arena);
    if (!is_ok(job->outcome))
        return;
    if (elsewhere->began && elsewhere->any)
        elsewhere->changed(elsewhere->context);
    elsewhere->began = true;
}

struct elsewhere *elsewhere_new(struct worker *worker, void (*changed)(void *context),
                                void *context)
{
    struct elsewhere *elsewhere = calloc(1, sizeof *elsewhere);
    must(elsewhere != NULL);
    *elsewhere = (struct elsewhere){.worker = worker, .changed = changed, .context = context};
    return elsewhere;
}

void elsewhere_free(struct elsewhere **elsewhere)
{
    if (*elsewhere != NULL && (*elsewhere)->is_asking)
        arena_free(&(*elsewhere)->job.arena);
    free(*elsewhere);
    *elsewhere = NULL;
}

void elsewhere_turn(struct elsewhere *elsewhere)
{
    int64_t now_ms = monotonic_ms();
    if (elsewhere->is_asking || now_ms < elsewhere->due_ms)
        return;
    elsewhere->due_ms = now_ms + ELSEWHERE_MS;
    elsewhere->any = false;
    elsewhere->job = (struct job){.handler = look,
                                  .arena = arena_new_small(ROOM_BYTES),
                                  .urgent = true,
                                  .done = looked,
                                  .context = elsewhere};
    elsewhere->is_asking = worker_submit(elsewhere->worker, &elsewhere->job);
    must(elsewhere->is_asking); /* it is urgent */
}
