/* SPDX-License-Identifier: Apache-2.0 */
/* door.h: a hall with its gateway, and the people of the demonstration, one of each role ("clerk",
 * "approver", "cashier", ...; found.c). Anything that fails fails the test. Include after cmocka.h.
 */
#ifndef TESTS_DOOR_H
#define TESTS_DOOR_H

#include "tests/system/web.h"

struct door {
    struct hall hall;
    json_t *users; /* demo-users.json */
};

/* Make the hall, start it, and make its people. The gateway hashes passwords cheaply and limits no
 * request rate: a whole test comes from one address. `lines` are further settings; `option`
 * goes to the launcher: DOOR_GATEWAY, or null when the test starts a gateway of its own. */
#define DOOR_GATEWAY "--gateway"
void door_open(struct door *, const char *lines, const char *option);
/* Likewise, in a hall that has been made. */
void door_start(struct door *, const char *lines, const char *option);
void door_close(struct door *);
/* Replace the lines, for processes that start from now on. */
void door_settings(const struct door *, const char *lines);

/* One hall with a gateway for a group of tests: the group's fixtures. */
extern struct door the_door;
int door_group_open(void **state);
int door_group_close(void **state);

const char *door_password(const struct door *, const char *name);
struct web door_sign_in(const struct door *, const char *name);

/* Somebody of a department, at a window or at none (0), made by the administrator and signed in
 * with a password of his own; an approver. */
struct web door_person(const struct door *, const char *role, const char *department, int window,
                       const char *name);
struct web door_approver(const struct door *, const char *department, const char *name);

/* An application for CUL-01 with all its materials, checked at once; and the case made from it. */
extern const char door_application[];
json_t *door_submit(struct web *clerk);

/* Repeat the request until it answers 200 and a member of the answer (`object`.`member`; object
 * null: of the answer itself) is `value`: other services consume an event a moment later. */
void door_await(struct web *, const char *path, const char *object, const char *member,
                const char *value);

#endif
