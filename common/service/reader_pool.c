/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/reader_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "common/base/business.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/postgres/pgstore.h"
#include "common/service/reader.h"
#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum { REOPEN_MS = 200, READERS_MAX = 16 };

/* One thread and its connection. */
struct worker {
    struct reader_pool *pool;
    enum reader_weight weight;
    pthread_t thread;
    struct arena *arena, *memory_arena;
    struct pgstore *store; /* null while the database is not reachable ... */
    int64_t try_again_ms;  /* ... and tried again from then on */
    int known;             /* generation of the memory */
    struct reader reader;
};

struct reader_pool {
    const struct service *service;
    const struct config *config;
    const atomic_int *generation;
    int done_fd;
    atomic_bool ends;
    struct worker workers[READERS_MAX];
    int n_workers;
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t more[READER_WEIGHTS];
    struct jobs waiting[READER_WEIGHTS], done;
    int n_waiting[READER_WEIGHTS];
    struct reach reach;
};

void job_free(struct job *job)
{
    for (int i = 0; i < job->n_also; i++)
        zmq_msg_close(&job->also[i].routing_id);
    mailbox_drop(&job->envelope);
    free((void *)job->reply.data);
    free(job);
}

/* ---- one request */

static const struct outcome unavailable = {ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                                           "the database is not reachable now", NULL};
static const struct outcome late = {ONEDOOR__CODE__DEADLINE_EXCEEDED, ONEDOOR__REASON__LATE,
                                    "its time was up before it was answered", NULL};

/* Whether the connection may be at fault, so that the same question can succeed on another one. A
 * statement that the database refuses for what it says will be refused again. */
static bool is_passing(enum status status)
{
    return status == STATUS_AGAIN || status == STATUS_LOST;
}

static struct outcome failure(enum status status)
{
    if (status == STATUS_LATE)
        return late;
    if (is_passing(status))
        return unavailable;
    return (struct outcome){ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
                            "this could not be answered; the hall's operator is told", NULL};
}

static bool is_settled(struct reader_pool *pool, const struct marks *seen)
{
    pthread_mutex_lock(&pool->lock);
    bool settled = reach_settled(&pool->reach, seen);
    pthread_mutex_unlock(&pool->lock);
    return settled;
}

static const struct query *query_of(const struct service *service, const char *type)
{
    for (const struct query *query = service->queries; query != NULL && query->message != NULL;
         query++)
        if (strcmp(message_type(query->message), type) == 0)
            return query;
    return NULL;
}

static struct outcome read_message(struct worker *worker, const struct request *request,
                                   const struct query **query, void **message)
{
    *query = query_of(worker->pool->service, request->type);
    if (*query == NULL)
        return (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                "no such query here", NULL};
    struct outcome outcome = edge_role(&request->actor, (*query)->roles);
    return is_ok(outcome) ? edge_body(request, (*query)->message, worker->pool->service->checks,
                                      worker->arena, message)
                          : outcome;
}

/* edge_not_yet: the request waits until more is heard. */
static struct outcome answer(struct worker *worker, const struct request *request,
                             ProtobufCMessage **reply)
{
    const struct query *query;
    void *message = NULL;
    struct outcome outcome = read_message(worker, request, &query, &message);
    if (!is_ok(outcome))
        return outcome;
    if (worker->store == NULL)
        return unavailable;
    struct call call = {.actor = &request->actor, .message = message};
    outcome = query->answer(&worker->reader, &call);
    if (worker->reader.status != STATUS_OK) {
        log_trace(&request->trace);
        log_warn(0, "query.unanswered", "%s: %s", request->type,
                 status_name(worker->reader.status));
        log_trace(NULL);
        return failure(worker->reader.status);
    }
    if (!is_ok(outcome) && !is_settled(worker->pool, &request->seen))
        return edge_not_yet;
    *reply = call.reply;
    return outcome;
}

/* ---- the connection */

static void open_link(struct worker *worker)
{
    const struct reader_pool *pool = worker->pool;
    if (worker->store != NULL && worker->known == atomic_load(pool->generation))
        return;
    if (worker->store == NULL && monotonic_ms() < worker->try_again_ms)
        return;
    int generation = atomic_load(pool->generation);
    pgstore_free(&worker->store);
    enum status status = pgstore_open(&worker->store, pool->service, pool->config, false);
    arena_free(&worker->memory_arena);
    worker->memory_arena = arena_new((size_t)config_number(pool->config, "memory_max"));
    if (status == STATUS_OK && pool->service->open != NULL)
        status = pool->service->open(pgstore_store(worker->store), pool->config,
                                     worker->memory_arena, &worker->reader.memory);
    if (status != STATUS_OK) {
        pgstore_free(&worker->store);
        worker->try_again_ms = monotonic_ms() + REOPEN_MS;
        return;
    }
    worker->reader.read = pgstore_read(worker->store);
    worker->known = generation;
}

static struct bytes pack(struct worker *worker, const struct request *request,
                         struct outcome outcome, const ProtobufCMessage *reply)
{
    struct bytes out = edge_reply(request->id, outcome, reply, worker->arena);
    if (out.len > MESSAGE_MAX_BYTES)
        out = edge_reply(request->id,
                         invalid(ONEDOOR__REASON__TOO_LARGE, "limit",
                                 "the answer is larger than a frame: ask for less"),
                         NULL, worker->arena);
    unsigned char *copy = malloc(out.len + 1);
    must(copy != NULL);
    memcpy(copy, out.data, out.len);
    return (struct bytes){copy, out.len};
}

static void serve(struct worker *worker, struct job *job)
{
    struct request request;
    ProtobufCMessage *reply = NULL;
    struct outcome outcome = mailbox_read(&job->envelope, worker->arena, &request);
    worker->reader.now_ms = business_ms();
    worker->reader.status = STATUS_OK;
    if (is_ok(outcome) && monotonic_ms() >= job->deadline_ms)
        outcome = late;
    if (is_ok(outcome)) {
        open_link(worker);
        if (worker->store != NULL)
            pgstore_deadline(worker->store, job->deadline_ms, &worker->pool->ends);
        outcome = answer(worker, &request, &reply);
    }
    job->waits = outcome.reason == ONEDOOR__REASON__NOT_YET;
    job->refused = outcome.reason;
    job->reply = pack(worker, &request, outcome, reply);
    if (is_passing(worker->reader.status))
        pgstore_free(&worker->store);
    arena_reset(worker->arena);
}

/* ---- threads */

static struct job *next_job(struct worker *worker)
{
    struct reader_pool *pool = worker->pool;
    struct jobs *waiting = &pool->waiting[worker->weight];
    pthread_mutex_lock(&pool->lock);
    while (TAILQ_EMPTY(waiting) && !atomic_load(&pool->ends))
        pthread_cond_wait(&pool->more[worker->weight], &pool->lock);
    struct job *job = atomic_load(&pool->ends) ? NULL : TAILQ_FIRST(waiting);
    if (job != NULL) {
        TAILQ_REMOVE(waiting, job, link);
        pool->n_waiting[worker->weight]--;
    }
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void put_done(struct reader_pool *pool, struct job *job)
{
    pthread_mutex_lock(&pool->lock);
    TAILQ_INSERT_TAIL(&pool->done, job, link);
    pthread_mutex_unlock(&pool->lock);
    eventfd_write(pool->done_fd, 1);
}

static void *run(void *context)
{
    struct worker *worker = context;
    struct job *job;
    while ((job = next_job(worker)) != NULL) {
        serve(worker, job);
        put_done(worker->pool, job);
    }
    pgstore_free(&worker->store);
    return NULL;
}

static bool start(struct reader_pool *pool, const struct seal *seal, enum reader_weight weight)
{
    struct worker *worker = &pool->workers[pool->n_workers];
    worker->pool = pool;
    worker->weight = weight;
    worker->arena = arena_new((size_t)config_number(pool->config, "memory_max"));
    worker->reader = (struct reader){.arena = worker->arena,
                                     .seal = seal,
                                     .centre = (int16_t)config_number(pool->config, "centre")};
    bool started = pthread_create(&worker->thread, NULL, run, worker) == 0;
    if (started)
        pool->n_workers++;
    else
        arena_free(&worker->arena);
    return started;
}

struct reader_pool *reader_pool_new(const struct service *service, const struct config *config,
                                    const struct seal *seal, const atomic_int *generation)
{
    static const char *const settings[READER_WEIGHTS] = {"readers", "readers_heavy"};
    struct reader_pool *pool = calloc(1, sizeof *pool);
    bool started = true;
    must(pool != NULL);
    pool->service = service;
    pool->config = config;
    pool->generation = generation;
    pool->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    must(pool->done_fd >= 0);
    pthread_mutex_init(&pool->lock, NULL);
    TAILQ_INIT(&pool->done);
    for (int weight = 0; weight < READER_WEIGHTS; weight++) {
        pthread_cond_init(&pool->more[weight], NULL);
        TAILQ_INIT(&pool->waiting[weight]);
        for (int64_t n = config_number(config, settings[weight]); n > 0 && started; n--)
            started = start(pool, seal, (enum reader_weight)weight);
    }
    if (!started)
        reader_pool_free(&pool);
    return pool;
}

static void free_all(struct jobs *jobs)
{
    struct job *job;
    while ((job = TAILQ_FIRST(jobs)) != NULL) {
        TAILQ_REMOVE(jobs, job, link);
        job_free(job);
    }
}

void reader_pool_free(struct reader_pool **pool)
{
    if (*pool == NULL)
        return;
    pthread_mutex_lock(&(*pool)->lock);
    atomic_store(&(*pool)->ends, true);
    for (int weight = 0; weight < READER_WEIGHTS; weight++)
        pthread_cond_broadcast(&(*pool)->more[weight]);
    pthread_mutex_unlock(&(*pool)->lock);
    for (int i = 0; i < (*pool)->n_workers; i++) {
        pthread_join((*pool)->workers[i].thread, NULL);
        arena_free(&(*pool)->workers[i].arena);
        arena_free(&(*pool)->workers[i].memory_arena);
    }
    for (int weight = 0; weight < READER_WEIGHTS; weight++)
        free_all(&(*pool)->waiting[weight]);
    free_all(&(*pool)->done);
    close((*pool)->done_fd);
    free(*pool);
    *pool = NULL;
}

/* ---- jobs */

void reader_pool_tell(struct reader_pool *pool, const struct reach *reach)
{
    pthread_mutex_lock(&pool->lock);
    pool->reach = *reach;
    pthread_mutex_unlock(&pool->lock);
}

bool reader_pool_put(struct reader_pool *pool, struct job *job)
{
    pthread_mutex_lock(&pool->lock);
    bool taken = pool->n_waiting[job->weight] < JOBS_MAX;
    if (taken) {
        TAILQ_INSERT_TAIL(&pool->waiting[job->weight], job, link);
        pool->n_waiting[job->weight]++;
        pthread_cond_signal(&pool->more[job->weight]);
    }
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

struct job *reader_pool_take(struct reader_pool *pool)
{
    eventfd_t n;
    pthread_mutex_lock(&pool->lock);
    struct job *job = TAILQ_FIRST(&pool->done);
    if (job != NULL)
        TAILQ_REMOVE(&pool->done, job, link);
    else
        (void)!eventfd_read(pool->done_fd, &n);
    pthread_mutex_unlock(&pool->lock);
    return job;
}

int reader_pool_fd(const struct reader_pool *pool)
{
    return pool->done_fd;
}
