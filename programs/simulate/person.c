/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/person.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/panic.h"

enum { TIMEOUT_MS = 300000, REPEATS_MAX = 3, TURN_MS = 2, WORK_BYTES = 256 * 1024 };

/* ---- one job */

static void answered(void *context, const struct answer *answer)
{
    struct work *work = context;
    struct result *result = &work->result;
    result->answer = answer->kind;
    result->took_ms = answer->took_ms;
    if (answer->kind == ANSWER_OK) {
        work->take(work, answer->message);
        return;
    }
    if (answer->kind == ANSWER_UNKNOWN && work->repeats++ < REPEATS_MAX) {
        client_ask(work->person->client, &work->ask);
        return;
    }
    result->reason = (int32_t)answer->reason;
    snprintf(result->detail, sizeof result->detail, "%s",
             answer->kind == ANSWER_UNKNOWN ? "no answer" : answer->detail);
    work_end(work);
}

void work_ask(struct work *work, void (*take)(struct work *, const void *))
{
    struct ask *ask = &work->ask;
    ask->timeout_ms = TIMEOUT_MS;
    ask->done = answered;
    ask->context = work;
    client_new_id(ask->id);
    work->take = take;
    work->repeats = 0;
    client_ask(work->person->client, ask);
}

void work_end(struct work *work)
{
    /* Blocks when the driver is slow to read; it always reads. */
    if (send(work->person->link, &work->result, sizeof work->result, MSG_NOSIGNAL) !=
        sizeof work->result)
        exit(1); /* the driver is gone */
    arena_free(&work->arena);
    free(work);
}

static void begin(struct person *person, const struct job *job)
{
    struct work *work = calloc(1, sizeof *work);
    must(work != NULL);
    work->person = person;
    work->result.job = *job;
    work->arena = arena_new(WORK_BYTES);
    if (job->plan >= 0)
        plan_make(&work->plan, &person->catalogue, &person->order, job->plan);
    work_begin(work);
}

/* ---- the day's work */

/* Take the jobs that are there; wait for one when nothing is under way. False when the driver has
 * hung up. */
static bool take_jobs(struct person *person)
{
    struct job job;
    struct pollfd link = {person->link, POLLIN, 0};
    if (client_outstanding(person->client) == 0)
        poll(&link, 1, -1);
    for (;;) {
        ssize_t n = recv(person->link, &job, sizeof job, MSG_DONTWAIT);
        if (n == sizeof job)
            begin(person, &job);
        else
            return n < 0 && (errno == EAGAIN || errno == EINTR);
    }
}

static void say_hello(struct person *person)
{
    struct result hello = {.job = {.kind = JOB_HELLO, .plan = -1}};
    must(send(person->link, &hello, sizeof hello, MSG_NOSIGNAL) == sizeof hello);
}

int person_run(const struct config *config, int link, const struct plan_order *order)
{
    struct person *person = calloc(1, sizeof *person);
    must(person != NULL);
    person->link = link;
    person->order = *order;
    if (client_new(&person->client, config, "desk") != STATUS_OK)
        return 1;
    catalogue_ask(&person->catalogue, person->client);
    say_hello(person);
    while (take_jobs(person))
        client_turn(person->client, client_outstanding(person->client) > 0 ? TURN_MS : 0);
    client_free(&person->client);
    free(person);
    return 0;
}
