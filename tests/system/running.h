/* SPDX-License-Identifier: Apache-2.0 */
/* running.h: one running hall for a group of tests, and the connections to it: the group's
 * fixtures. Include after cmocka.h. */
#ifndef TESTS_RUNNING_H
#define TESTS_RUNNING_H

#include "common/bus/client.h"
#include "tests/system/hall.h"

extern struct hall hall;
extern struct client *client; /* a desk's */
extern struct arena *arena;   /* until the group ends */
extern PGconn *admin;

int running_open(void **state);
int running_close(void **state);

/* For a group that starts `hall` itself: opens and closes the connections alone. */
void running_connect(void);
void running_disconnect(void);

#endif
