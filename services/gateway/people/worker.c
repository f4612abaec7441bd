/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/values/log.h"

/* First in, first out. */
struct line {
    struct job *first, **end;
};

struct worker {
    struct people *people;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct line waiting, finished;
    int n_waiting, most; /* of those that are not urgent */
    bool ending;
    int bell;
};

static void put(struct line *line, struct job *job)
{
    job->next = NULL;
    *line->end = job;
    line->end = &job->next;
}

static struct job *take(struct line *line)
{
    struct job *job = line->first;
    if (job == NULL)
        return NULL;
    line->first = job->next;
    if (line->first == NULL)
        line->end = &line->first;
    return job;
}

static struct job *next_job(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (!worker->ending && worker->waiting.first == NULL)
        pthread_cond_wait(&worker->more, &worker->lock);
    struct job *job = worker->ending ? NULL : take(&worker->waiting);
    worker->n_waiting -= job != NULL && !job->urgent;
    pthread_mutex_unlock(&worker->lock);
    return job;
}

static void *run(void *context)
{
    struct worker *worker = context;
    const uint64_t one = 1;
    for (struct job *job; (job = next_job(worker)) != NULL;) {
        job->deed.people = worker->people;
        job->work(&job->deed);
        if (is_ok(job->deed.outcome) && job->deed.fact.id != NULL)
            log_info(0, job->deed.fact.id, "%s, by %s", job->deed.fact.what, job->deed.caller.name);
        pthread_mutex_lock(&worker->lock);
        put(&worker->finished, job);
        pthread_mutex_unlock(&worker->lock);
        must(write(worker->bell, &one, sizeof one) == sizeof one);
    }
    return NULL;
}

struct worker *worker_new(struct people *people, int most)
{
    struct worker *worker = calloc(1, sizeof *worker);
    sigset_t all, before;
    must(worker != NULL);
    worker->people = people;
    worker->most = most;
    worker->waiting.end = &worker->waiting.first;
    worker->finished.end = &worker->finished.first;
    worker->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    must(worker->bell >= 0 && pthread_mutex_init(&worker->lock, NULL) == 0 &&
         pthread_cond_init(&worker->more, NULL) == 0);
    sigfillset(&all); /* signals are the loop's */
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
    pthread_cond_signal(&(*worker)->more);
    pthread_mutex_unlock(&(*worker)->lock);
    pthread_join((*worker)->thread, NULL);
    pthread_cond_destroy(&(*worker)->more);
    pthread_mutex_destroy(&(*worker)->lock);
    close((*worker)->bell);
    free(*worker);
    *worker = NULL;
}

bool worker_give(struct worker *worker, struct job *job)
{
    pthread_mutex_lock(&worker->lock);
    bool room = job->urgent || worker->n_waiting < worker->most;
    if (room) {
        put(&worker->waiting, job);
        worker->n_waiting += !job->urgent;
        pthread_cond_signal(&worker->more);
    }
    pthread_mutex_unlock(&worker->lock);
    return room;
}

int worker_fd(const struct worker *worker)
{
    return worker->bell;
}

bool worker_turn(struct worker *worker)
{
    uint64_t rung;
    bool any = false;
    if (read(worker->bell, &rung, sizeof rung) != sizeof rung)
        return false;
    for (;;) {
        pthread_mutex_lock(&worker->lock);
        struct job *job = take(&worker->finished);
        pthread_mutex_unlock(&worker->lock);
        if (job == NULL)
            return any;
        any = true;
        job->done(job);
    }
}
