/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/crowd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { OTHER_FILES = 100, POLL_MS = 100 };

int crowd_size(int wanted)
{
    struct rlimit limit;
    assert_int_equal(0, getrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(0, setrlimit(RLIMIT_NOFILE, &limit));
    rlim_t room = limit.rlim_cur - OTHER_FILES;
    return room < (rlim_t)wanted ? (int)room : wanted;
}

void crowd_open(struct crowd *crowd, const struct web *web, int n, const char *request)
{
    size_t size = strlen(request);
    *crowd = (struct crowd){n, calloc((size_t)n, sizeof *crowd->connections),
                            calloc((size_t)n, sizeof *crowd->heard)};
    assert_non_null(crowd->connections);
    assert_non_null(crowd->heard);
    for (int i = 0; i < n; i++) {
        crowd->connections[i] = (struct pollfd){web_connect(web), POLLIN, 0};
        assert_int_equal(size, send(crowd->connections[i].fd, request, size, MSG_NOSIGNAL));
    }
}

void crowd_close(struct crowd *crowd)
{
    for (int i = 0; i < crowd->n; i++)
        close(crowd->connections[i].fd);
    free(crowd->connections);
    free(crowd->heard);
    *crowd = (struct crowd){0};
}

void crowd_break_off(struct crowd *crowd)
{
    const struct linger at_once = {1, 0};
    for (int i = 0; i < crowd->n; i++)
        assert_int_equal(0, setsockopt(crowd->connections[i].fd, SOL_SOCKET, SO_LINGER, &at_once,
                                       sizeof at_once));
    crowd_close(crowd);
}

/* Read what one connection received; false when it was closed. */
static bool hear(struct crowd *crowd, int i)
{
    size_t used = strlen(crowd->heard[i]);
    ssize_t n =
        recv(crowd->connections[i].fd, crowd->heard[i] + used, HEARD_MOST - 1 - used, MSG_DONTWAIT);
    if (n > 0)
        crowd->heard[i][used + (size_t)n] = '\0';
    return n > 0;
}

static int still_waiting(const struct crowd *crowd, const char *until)
{
    int waiting = 0;
    for (int i = 0; i < crowd->n; i++)
        waiting += strstr(crowd->heard[i], until) == NULL;
    return waiting;
}

void crowd_hear(struct crowd *crowd, const char *until)
{
    struct retry retry = retry_begin();
    while (still_waiting(crowd, until) > 0) {
        assert_true(poll(crowd->connections, (nfds_t)crowd->n, POLL_MS) >= 0);
        for (int i = 0; i < crowd->n; i++)
            if (crowd->connections[i].revents != 0 && !hear(crowd, i))
                fail_msg("connection %d was ended: '%s'", i, crowd->heard[i]);
        retry_or_fail(&retry, until);
    }
}

bool crowd_has_heard(struct crowd *crowd)
{
    return poll(crowd->connections, (nfds_t)crowd->n, 0) != 0;
}

void crowd_forget(struct crowd *crowd)
{
    memset(crowd->heard, 0, (size_t)crowd->n * sizeof *crowd->heard);
}
