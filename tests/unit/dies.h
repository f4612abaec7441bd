/* SPDX-License-Identifier: Apache-2.0 */
/* dies.h: checks from outside the process that a bug makes it panic. */
#ifndef UNIT_DIES_H
#define UNIT_DIES_H

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static inline bool dies(void (*bug)(void))
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        bug();
        _exit(0);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

#endif
