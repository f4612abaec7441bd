/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/person.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/panic.h"
#include "programs/simulate/work.h"

enum { TURN_MS = 2, WORK_BYTES = 256 * 1024 };

static void begin(struct person *person, const struct job *job)
{
    struct work *work = calloc(1, sizeof *work);
    must(work != NULL);
    work->person = person;
    work->result.job = *job;
    if (job->seen.stream[0] != '\0')
        marks_advance(&work->seen, &job->seen);
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
    struct result hello = {.job = {.kind = JOB_HELLO, .plan = -1, .desk = NO_DESK}};
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
