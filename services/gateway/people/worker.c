/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/worker.h"

#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/values/log.h"
#include "services/gateway/people/once.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

STAILQ_HEAD(job_queue, job);

struct worker {
    struct people *people;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t not_empty;
    struct job_queue waiting, finished;
    int n_waiting, most, share; /* of those that are not urgent */
    bool ending;
    int finished_fd; /* an eventfd */
};

static struct job *take(struct job_queue *queue)
{
    struct job *job = STAILQ_FIRST(queue);
    if (job != NULL)
        STAILQ_REMOVE_HEAD(queue, link);
    return job;
}

static struct job *next_job(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (!worker->ending && STAILQ_EMPTY(&worker->waiting))
        pthread_cond_wait(&worker->not_empty, &worker->lock);
    struct job *job = worker->ending ? NULL : take(&worker->waiting);
    worker->n_waiting -= job != NULL && !job->urgent;
    pthread_mutex_unlock(&worker->lock);
    return job;
}

static void work(struct job *job)
{
    if (sodium_is_zero(job->key, sizeof job->key))
        job->handler(job);
    else
        once_do(job);
    if (is_ok(job->outcome) && job->log.id != NULL)
        log_info(0, job->log.id, "%s, by %s", job->log.what, job->caller.name);
}

static void *run(void *context)
{
    struct worker *worker = context;
    const uint64_t one = 1;
    for (struct job *job; (job = next_job(worker)) != NULL;) {
        job->people = worker->people;
        store_set_by(job->people->store, job->caller.name);
        work(job);
        pthread_mutex_lock(&worker->lock);
        STAILQ_INSERT_TAIL(&worker->finished, job, link);
        pthread_mutex_unlock(&worker->lock);
        must(write(worker->finished_fd, &one, sizeof one) == sizeof one);
    }
    return NULL;
}

struct worker *worker_new(const struct config *config, int most, int share)
{
    struct worker *worker = calloc(1, sizeof *worker);
    sigset_t all, before;
    must(worker != NULL);
    worker->people = people_new(config);
    worker->most = most;
    worker->share = share;
    STAILQ_INIT(&worker->waiting);
    STAILQ_INIT(&worker->finished);
    worker->finished_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    must(worker->finished_fd >= 0 && pthread_mutex_init(&worker->lock, NULL) == 0 &&
         pthread_cond_init(&worker->not_empty, NULL) == 0);
    sigfillset(&all); /* signals are for the loop's thread */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    must(pthread_create(&worker->thread, NULL, run, worker) == 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return worker;
}

void worker_free(struct worker **worker)
{
    if (*worker == NULL)
        return;
    pthread_mutex_lock(&(*worker)->lock);
    (*worker)->ending = true;
    pthread_cond_signal(&(*worker)->not_empty);
    pthread_mutex_unlock(&(*worker)->lock);
    pthread_join((*worker)->thread, NULL);
    pthread_cond_destroy(&(*worker)->not_empty);
    pthread_mutex_destroy(&(*worker)->lock);
    close((*worker)->finished_fd);
    people_free(&(*worker)->people);
    free(*worker);
    *worker = NULL;
}

static bool has_room(const struct worker *worker, const struct job *job)
{
    const struct job *other;
    int n = 0;
    if (job->urgent)
        return true;
    if (worker->n_waiting >= worker->most)
        return false;
    STAILQ_FOREACH(other, &worker->waiting, link)
    n += strcmp(other->address, job->address) == 0;
    return n < worker->share;
}

bool worker_submit(struct worker *worker, struct job *job)
{
    pthread_mutex_lock(&worker->lock);
    bool room = has_room(worker, job);
    if (room) {
        STAILQ_INSERT_TAIL(&worker->waiting, job, link);
        worker->n_waiting += !job->urgent;
        pthread_cond_signal(&worker->not_empty);
    }
    pthread_mutex_unlock(&worker->lock);
    return room;
}

int worker_fd(const struct worker *worker)
{
    return worker->finished_fd;
}

void worker_turn(struct worker *worker)
{
    uint64_t count;
    if (read(worker->finished_fd, &count, sizeof count) != sizeof count)
        return;
    for (;;) {
        pthread_mutex_lock(&worker->lock);
        struct job *job = take(&worker->finished);
        pthread_mutex_unlock(&worker->lock);
        if (job == NULL)
            return;
        job->done(job);
    }
}
