/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/person.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/panic.h"

enum { PATIENCE_MS = 300000, REPEATS_MAX = 3, TURN_MS = 2, ERRAND_BYTES = 256 * 1024 };

/* ---- one errand */

static void answered(void *context, const struct answer *answer)
{
    struct errand *errand = context;
    struct told *told = &errand->told;
    told->answer = answer->kind;
    told->took_ms = answer->took_ms;
    if (answer->kind == ANSWER_OK) {
        errand->take(errand, answer->message);
        return;
    }
    if (answer->kind == ANSWER_UNKNOWN && errand->repeats++ < REPEATS_MAX) {
        client_ask(errand->person->client, &errand->ask);
        return;
    }
    told->reason = (int32_t)answer->reason;
    snprintf(told->detail, sizeof told->detail, "%s",
             answer->kind == ANSWER_UNKNOWN ? "no answer" : answer->detail);
    errand_end(errand);
}

void errand_ask(struct errand *errand, void (*take)(struct errand *, const void *))
{
    struct ask *ask = &errand->ask;
    ask->timeout_ms = PATIENCE_MS;
    ask->done = answered;
    ask->context = errand;
    client_new_id(ask->id);
    errand->take = take;
    errand->repeats = 0;
    client_ask(errand->person->client, ask);
}

void errand_end(struct errand *errand)
{
    /* Blocks when the driver is slow to read; it always reads. */
    if (send(errand->person->link, &errand->told, sizeof errand->told, MSG_NOSIGNAL) !=
        sizeof errand->told)
        exit(1); /* the driver is gone */
    arena_free(&errand->arena);
    free(errand);
}

static void begin(struct person *person, const struct job *job)
{
    struct errand *errand = calloc(1, sizeof *errand);
    must(errand != NULL);
    errand->person = person;
    errand->told.job = *job;
    errand->arena = arena_new(ERRAND_BYTES);
    if (job->plan >= 0)
        plan_make(&errand->plan, &person->catalogue, &person->order, job->plan);
    errand_begin(errand);
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
    struct told hello = {.job = {.kind = JOB_HELLO, .plan = -1}};
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
