/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/crew.h"

#include <errno.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/panic.h"

enum { WORDS_MAX = 32, LINK_FD = 3 };

/* ---- start, dismiss */

/* The person finds its end of the pair at descriptor 3. */
static int spawn(char **argv, int link)
{
    static char person[] = "--person=yes";
    char *words[WORDS_MAX + 2];
    int n = 0, pid;
    posix_spawn_file_actions_t actions;
    for (; argv[n] != NULL && n < WORDS_MAX; n++)
        words[n] = argv[n];
    words[n++] = person;
    words[n] = NULL;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, link, LINK_FD);
    int error = posix_spawn(&pid, "/proc/self/exe", &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        panic("a person cannot be started: %s", strerror(error));
    return pid;
}

void crew_start(struct crew *crew, char **argv, int windows, int approvers)
{
    *crew = (struct crew){.windows = windows, .approvers = approvers, .n = windows + approvers + 2};
    must(crew->n <= CREW_MAX);
    for (int i = 0; i < crew->n; i++) {
        int pair[2];
        must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
        crew->members[i].link = pair[0];
        crew->members[i].pid = spawn(argv, pair[1]);
        close(pair[1]);
    }
}

void crew_dismiss(struct crew *crew)
{
    for (int i = 0; i < crew->n; i++)
        close(crew->members[i].link);
    for (int i = 0; i < crew->n; i++) {
        waitpid(crew->members[i].pid, NULL, 0);
        free(crew->members[i].queue);
    }
    *crew = (struct crew){0};
}

/* ---- jobs out */

static struct crew_member *member_for(struct crew *crew, const struct job *job, bool city)
{
    int cashier = crew->windows + crew->approvers;
    if (city)
        return &crew->members[cashier + 1];
    if (job->kind == JOB_PAY || job->kind == JOB_WAIVE || job->kind == JOB_REFUND ||
        job->desk == CHARGING_DESK)
        return &crew->members[cashier];
    if (job->plan < 0 && job->desk != NO_DESK)
        return &crew->members[job->desk % crew->windows];
    if (job->kind == JOB_DECIDE || job->kind == JOB_LIST) /* approvers share the departments */
        return &crew->members[crew->windows + (job->plan + job->line + 1) % crew->approvers];
    return &crew->members[job->plan % crew->windows];
}

void crew_give(struct crew *crew, const struct job *job, bool city)
{
    struct crew_member *member = member_for(crew, job, city);
    if (member->n == member->room) {
        member->room = member->room == 0 ? 64 : member->room * 2;
        member->queue = reallocarray(member->queue, (size_t)member->room, sizeof *member->queue);
        must(member->queue != NULL);
    }
    member->queue[member->n++] = *job;
    crew->under_way++;
}

static void hand_over(struct crew_member *member)
{
    while (member->first < member->n &&
           send(member->link, &member->queue[member->first], sizeof member->queue[0],
                MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
        member->first++;
    if (member->first == member->n)
        member->first = member->n = 0;
}

/* ---- results in */

static bool listen_to(struct crew *crew, struct crew_member *member,
                      void (*take)(void *, const struct result *), void *context)
{
    struct result result;
    for (;;) {
        ssize_t n = recv(member->link, &result, sizeof result, MSG_DONTWAIT);
        if (n != sizeof result)
            return n < 0 && (errno == EAGAIN || errno == EINTR);
        crew->under_way -= result.job.kind != JOB_HELLO;
        take(context, &result);
    }
}

bool crew_turn(struct crew *crew, int wait_ms, void (*take)(void *, const struct result *),
               void *context)
{
    struct pollfd links[CREW_MAX];
    for (int i = 0; i < crew->n; i++) {
        hand_over(&crew->members[i]);
        links[i] = (struct pollfd){crew->members[i].link,
                                   (short)(POLLIN | (crew->members[i].n > 0 ? POLLOUT : 0)), 0};
    }
    if (poll(links, (nfds_t)crew->n, wait_ms) < 0)
        return errno == EINTR;
    for (int i = 0; i < crew->n; i++)
        if ((links[i].revents & (POLLIN | POLLHUP)) != 0 &&
            !listen_to(crew, &crew->members[i], take, context))
            return false;
    return true;
}

static void count_hello(void *context, const struct result *result)
{
    *(int *)context += result->job.kind == JOB_HELLO;
}

bool crew_ready(struct crew *crew)
{
    int hellos = 0;
    while (hellos < crew->n)
        if (!crew_turn(crew, -1, count_hello, &hellos))
            return false;
    return true;
}
