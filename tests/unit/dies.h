/* SPDX-License-Identifier: Apache-2.0 */
/* dies.h: checks from outside the process that a bug makes it panic, and what it writes then. */
#ifndef UNIT_DIES_H
#define UNIT_DIES_H

#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the bug wrote to stderr before it panicked, cut to fit; null: it did not panic. */
static inline const char *panic_text(void (*bug)(void))
{
    static char words[65536];
    size_t length = 0;
    ssize_t n;
    int ends[2], status;

    assert_int_equal(0, pipe(ends));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        if (dup2(ends[1], STDERR_FILENO) < 0)
            _exit(1);
        bug();
        _exit(0);
    }
    close(ends[1]);
    while ((n = read(ends[0], words + length, sizeof words - 1 - length)) > 0)
        length += (size_t)n;
    words[length] = '\0';
    close(ends[0]);
    assert_int_equal(child, waitpid(child, &status, 0));
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? words : NULL;
}

static inline bool dies(void (*bug)(void))
{
    return panic_text(bug) != NULL;
}

#endif
