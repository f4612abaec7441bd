/* SPDX-License-Identifier: Apache-2.0 */
/* web.h: an HTTP client of a hall's gateway, as a browser is one: a cookie, a CSRF token, one
 * request after the other. Anything that fails fails the test. Include after cmocka.h. */
#ifndef TESTS_WEB_H
#define TESTS_WEB_H

#include <jansson.h>
#include <stddef.h>

#include "tests/system/hall.h"

struct web {
    int port;
    const char *from; /* the loopback address it comes from; null: 127.0.0.1 */
    char cookie[200]; /* "" before signing in */
    char csrf[100];
    char bearer[100];  /* of a machine; "" for none */
    char headers[300]; /* more of them, each ending with \r\n */
};

struct said {
    int status;
    char *head;   /* status line and headers */
    json_t *body; /* null when it is no JSON */
};

/* The gateway of a hall that runs. */
struct web web_of(const struct hall *);

/* Ask and read the answer; `body` may be null. `path` is below /api/v1 when it does not begin with
 * "//". */
struct said web_ask(struct web *, const char *method, const char *path, const char *body);
void said_free(struct said *);

/* It is answered with this status; with a refusal, for this reason (null: any). Gives the body, to
 * be let go with json_decref. */
json_t *web_expect(struct web *, const char *method, const char *path, const char *body, int status,
                   const char *reason);

/* Sign in; the cookie and the token are kept. */
void web_sign_in(struct web *, const char *name, const char *password);

/* A connection, on which nothing has been sent yet. */
int web_connect(const struct web *);
void web_send(int connection, const char *bytes, size_t size);
/* These very bytes on a connection of their own; the answer as text, to be freed: up to its end, or
 * up to where it contains `until`. */
char *web_raw(const struct web *, const char *bytes, size_t size, const char *until);
int web_raw_status(const struct web *, const char *bytes, size_t size);

/* A connection on which live events come. */
int web_listen(struct web *, const char *last_event_id);
/* Read from it until the text has come, or to its end (null); everything read, to be freed. */
char *web_hear(int stream, const char *until);
/* Read from it until an event that contains the text has come whole; likewise. */
char *web_hear_event(int stream, const char *text);

/* A member of an object as text; fails when it is not there. */
const char *web_text(const json_t *, const char *name);

#endif
