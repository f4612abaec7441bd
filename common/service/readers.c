/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/readers.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/service/reader_pool.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum { HOLD_MS = 5, LOOK_MS = 5, REQUEST_BYTES = 1 << 20 };

struct readers {
    const struct service *service;
    const struct config *config;
    struct mailbox box;
    int64_t held_ms; /* monotonic: when the first of the replies held back was ready */
    pthread_t thread;
    struct arena *arena; /* of one envelope */
    struct reader_pool *pool;
    struct jobs running;  /* with the pool */
    struct aside aside;   /* queries that wait for news */
    struct reach reach;   /* how far the service has heard: a copy of ... */
    struct reach told;    /* ... what the loop told last */
    pthread_mutex_t lock; /* of `told` */
};

static const struct reach *reach_now(struct readers *readers)
{
    pthread_mutex_lock(&readers->lock);
    bool is_new = readers->reach.changes != readers->told.changes;
    if (is_new)
        readers->reach = readers->told;
    pthread_mutex_unlock(&readers->lock);
    if (is_new)
        reader_pool_tell(readers->pool, &readers->reach);
    return &readers->reach;
}

/* ---- a request comes */

static bool is_heavy(const struct service *service, const char *type)
{
    for (int i = 0; service->heavy != NULL && service->heavy[i] != NULL; i++)
        if (strcmp(message_type(service->heavy[i]), type) == 0)
            return true;
    return false;
}

static void refuse_now(struct readers *readers, struct envelope *envelope,
                       const struct request *request, struct outcome why)
{
    mailbox_reply(&readers->box, &envelope->from,
                  edge_reply(request->id, why, NULL, readers->arena));
    mailbox_drop(envelope);
}

static bool set_aside(struct readers *readers, const struct envelope *envelope, int64_t arrived_ms,
                      const struct request *request, enum aside_until until)
{
    struct aside_entry entry = {
        *envelope, request->seen, until, arrived_ms,
        aside_give_up_ms(arrived_ms, config_number(readers->config, "seen_wait_ms"), request)};
    return aside_put(&readers->aside, &entry, monotonic_ms());
}

/* Its client asks again for what is being read: the answer goes there too. */
static bool join(struct readers *readers, struct envelope *envelope, const struct request *request)
{
    struct job *job;
    TAILQ_FOREACH(job, &readers->running, running)
    if (memcmp(job->id, request->id, sizeof job->id) == 0 &&
        memcmp(job->envelope.from.key, envelope->from.key, sizeof envelope->from.key) == 0)
        break;
    if (job == NULL || job->n_also == JOB_ALSO)
        return job != NULL;
    struct sender *also = &job->also[job->n_also++];
    zmq_msg_init(&also->routing_id);
    zmq_msg_copy(&also->routing_id, &envelope->from.routing_id);
    memcpy(also->key, envelope->from.key, sizeof also->key);
    return true;
}

static void dispatch(struct readers *readers, struct envelope *envelope, int64_t arrived_ms,
                     const struct request *request)
{
    static const struct outcome busy = {ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__REASON__BUSY,
                                        "too many are waiting: ask again shortly", NULL};
    struct job *job = calloc(1, sizeof *job);
    must(job != NULL);
    job->envelope = *envelope;
    memcpy(job->id, request->id, sizeof job->id);
    job->weight = is_heavy(readers->service, request->type) ? READER_HEAVY : READER_LIGHT;
    job->arrived_ms = arrived_ms;
    job->deadline_ms = arrived_ms + (int64_t)request->remaining_ms;
    if (reader_pool_put(readers->pool, job)) {
        TAILQ_INSERT_TAIL(&readers->running, job, running);
        return;
    }
    free(job);
    refuse_now(readers, envelope, request, busy);
}

/* Takes the envelope over. `waited`: it was aside, and is answered now whatever is heard. */
static void take(struct readers *readers, struct envelope *envelope, int64_t arrived_ms)
{
    struct request request;
    struct outcome outcome = mailbox_read(envelope, readers->arena, &request);
    if (is_ok(outcome))
        outcome =
            mailbox_allows(&readers->box, envelope, PEER_DESK | PEER_OPERATOR, &request.actor);
    if (!is_ok(outcome)) {
        refuse_now(readers, envelope, &request, outcome);
    } else if (join(readers, envelope, &request)) {
        mailbox_drop(envelope);
    } else if (request.seen.n > 0 && !reach_heard(reach_now(readers), &request.seen)) {
        if (!set_aside(readers, envelope, arrived_ms, &request, ASIDE_HEARD))
            refuse_now(readers, envelope, &request, edge_not_yet);
    } else {
        dispatch(readers, envelope, arrived_ms, &request);
    }
    arena_reset(readers->arena);
}

/* ---- an answer is there */

/* Who asked again waits as well, since the first may be gone. True: its routing id was taken over.
 */
static bool also_waits(struct readers *readers, struct job *job, const struct sender *also,
                       const struct request *request)
{
    struct envelope again = job->envelope;
    again.from = *also;
    zmq_msg_init(&again.frame);
    zmq_msg_copy(&again.frame, &job->envelope.frame);
    if (set_aside(readers, &again, job->arrived_ms, request, ASIDE_SETTLED))
        return true;
    zmq_msg_close(&again.frame);
    return false;
}

/* False: it waits until more is heard. */
static bool is_final(struct readers *readers, struct job *job)
{
    struct request request;
    bool waits = job->waits && is_ok(mailbox_read(&job->envelope, readers->arena, &request));
    while (waits && job->n_also > 0 &&
           also_waits(readers, job, &job->also[job->n_also - 1], &request))
        job->n_also--;
    waits = waits && set_aside(readers, &job->envelope, job->arrived_ms, &request, ASIDE_SETTLED);
    arena_reset(readers->arena);
    if (waits) { /* its envelope was taken over */
        zmq_msg_init(&job->envelope.from.routing_id);
        zmq_msg_init(&job->envelope.frame);
    }
    return !waits;
}

static void note_refusal(struct readers *readers, const struct job *job)
{
    struct request request;
    if (job->refused != ONEDOOR__REASON__REASON_UNSPECIFIED &&
        is_ok(mailbox_read(&job->envelope, readers->arena, &request)))
        mailbox_note_refusal(&readers->box, &job->envelope, &request, job->refused);
    arena_reset(readers->arena);
}

static void send_done(struct readers *readers)
{
    struct job *job;
    while ((job = reader_pool_take(readers->pool)) != NULL) {
        TAILQ_REMOVE(&readers->running, job, running);
        if (is_final(readers, job)) {
            note_refusal(readers, job);
            mailbox_reply(&readers->box, &job->envelope.from, job->reply);
            for (int i = 0; i < job->n_also; i++)
                mailbox_reply(&readers->box, &job->also[i], job->reply);
        }
        job_free(job);
    }
}

/* Dispatches those that wait no longer. */
static void look_aside(struct readers *readers)
{
    struct aside_entry entry;
    int64_t now_ms = monotonic_ms();
    while (aside_take(&readers->aside, reach_now(readers), now_ms, &entry))
        take(readers, &entry.envelope, entry.arrived_ms);
}

/* Replies to requests that came together leave together, after HOLD_MS at the latest. When nothing
 * is being read any more they leave at once. */
static void flush(struct readers *readers)
{
    int64_t now_ms = monotonic_ms();
    if (readers->box.replies.n == 0)
        readers->held_ms = now_ms;
    else if (TAILQ_EMPTY(&readers->running) || now_ms - readers->held_ms >= HOLD_MS)
        mailbox_flush(&readers->box);
}

static int wait_ms(const struct readers *readers)
{
    return readers->box.replies.n > 0 || readers->aside.n > 0 ? LOOK_MS : -1;
}

/* False: the bus is shut. */
static bool wait_for_work(struct readers *readers)
{
    zmq_pollitem_t polls[] = {{readers->box.router, 0, ZMQ_POLLIN, 0},
                              {NULL, reader_pool_fd(readers->pool), ZMQ_POLLIN, 0}};
    return readers->box.more || zmq_poll(polls, 2, wait_ms(readers)) >= 0 || errno == EINTR;
}

static void *run(void *context)
{
    struct readers *readers = context;
    struct envelope envelope;
    enum status status = STATUS_OK;
    while (status != STATUS_LOST && wait_for_work(readers)) {
        while ((status = mailbox_receive(&readers->box, &envelope, ZMQ_DONTWAIT)) == STATUS_OK)
            take(readers, &envelope, monotonic_ms());
        send_done(readers);
        if (readers->aside.n > 0)
            look_aside(readers);
        flush(readers);
    }
    aside_release(&readers->aside);
    mailbox_close(&readers->box);
    return NULL;
}

/* ---- */

void readers_tell(struct readers *readers, const struct reach *reach)
{
    if (readers->told.changes == reach->changes)
        return;
    pthread_mutex_lock(&readers->lock);
    readers->told = *reach;
    pthread_mutex_unlock(&readers->lock);
}

struct readers *readers_start(struct bus *bus, const struct service *service,
                              const struct config *config, const struct seal *seal,
                              const atomic_int *generation)
{
    struct readers *readers = calloc(1, sizeof *readers);
    must(readers != NULL);
    readers->service = service;
    readers->config = config;
    TAILQ_INIT(&readers->running);
    pthread_mutex_init(&readers->lock, NULL);
    readers->arena = arena_new(REQUEST_BYTES);
    readers->pool = reader_pool_new(service, config, seal, generation);
    if (readers->pool != NULL && mailbox_open(&readers->box, bus, service->name, LANE_QUERY) &&
        pthread_create(&readers->thread, NULL, run, readers) == 0)
        return readers;
    mailbox_close(&readers->box);
    reader_pool_free(&readers->pool);
    arena_free(&readers->arena);
    free(readers);
    return NULL;
}

void readers_stop(struct readers **readers)
{
    if (*readers == NULL)
        return;
    pthread_join((*readers)->thread, NULL);
    reader_pool_free(&(*readers)->pool);
    arena_free(&(*readers)->arena);
    free(*readers);
    *readers = NULL;
}
