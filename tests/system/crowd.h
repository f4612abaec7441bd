/* SPDX-License-Identifier: Apache-2.0 */
/* crowd.h: thousands of open connections to a hall's gateway at once, each with one request.
 * Anything that fails fails the test. Include after cmocka.h. */
#ifndef TESTS_CROWD_H
#define TESTS_CROWD_H

#include <poll.h>

#include "tests/system/web.h"

enum { HEARD_MOST = 4096 };

struct crowd {
    int n;
    struct pollfd *connections;
    char (*heard)[HEARD_MOST]; /* what was received on each, cut to fit */
};

/* `wanted`, or as many connections as this process may have open. */
int crowd_size(int wanted);

/* Open `n` connections and send the request on each. */
void crowd_open(struct crowd *, const struct web *, int n, const char *request);
void crowd_close(struct crowd *);
/* Close them with a reset, as a system does when the program is killed. */
void crowd_break_off(struct crowd *);

/* Read until every connection has received the text. */
void crowd_hear(struct crowd *, const char *until);
/* Has any of them received anything since? */
bool crowd_has_heard(struct crowd *);
/* Forget what was received so far. */
void crowd_forget(struct crowd *);

#endif
