/* SPDX-License-Identifier: Apache-2.0 */
/* crowd.h: thousands of connections to a hall's gateway at once, each with one request on it that
 * is kept open. What cannot be done fails the test. Include after cmocka.h. */
#ifndef TESTS_CROWD_H
#define TESTS_CROWD_H

#include <poll.h>

#include "tests/system/web.h"

enum { HEARD_MOST = 4096 };

struct crowd {
    int n;
    struct pollfd *connections;
    char (*heard)[HEARD_MOST]; /* what came on each, cut to fit */
};

/* As many connections as are asked for, or fewer where this process may not have so many. */
int crowd_size(int wanted);

/* Open `n` connections and send the request on each. */
void crowd_open(struct crowd *, const struct web *, int n, const char *request);
void crowd_close(struct crowd *);
/* Close them as a machine does whose program was killed: with a reset. */
void crowd_break_off(struct crowd *);

/* Read until the text has come on every connection. */
void crowd_hear(struct crowd *, const char *until);
/* Has anything come on any of them since? */
bool crowd_has_heard(struct crowd *);
/* From here on nothing has been heard. */
void crowd_forget(struct crowd *);

#endif
