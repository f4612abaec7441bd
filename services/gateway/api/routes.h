/* SPDX-License-Identifier: Apache-2.0 */
/* routes.h: the API as one table, from which the dispatcher, the OpenAPI document and the tests are
 * made. Nothing else answers under /api.
 *
 * A path is made of words and {fieldName}; such a field of the request is filled from the path, the
 * others from the query (GET, DELETE) or from the JSON body (POST, PUT). */
#ifndef GATEWAY_ROUTES_H
#define GATEWAY_ROUTES_H

#include <protobuf-c/protobuf-c.h>

#include "common/bus/bus.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/job.h"

/* Who answers. */
enum asked {
    ASKED_COMMAND,  /* a service */
    ASKED_QUERY,    /* a service */
    ASKED_PEOPLE,   /* the register (people.h) */
    ASKED_PASSWORD, /* the register, where it hashes a password */
    ASKED_EVENTS,   /* the live stream */
    ASKED_OPENAPI,  /* this table, described */
};

/* A department sees only its own (RULE H21). */
enum own {
    OWN_NOTHING,    /* of no case, or public */
    OWN_SERVICE,    /* the service refuses a case of another department */
    OWN_DEPARTMENT, /* the request's `department` becomes the caller's; another is refused */
    OWN_CASE,       /* the reply must name the caller's department */
};

struct api_route {
    const char *method;
    const char *path;                          /* below API_ROOT: "/cases/{caseNumber}/check" */
    const ProtobufCMessageDescriptor *request; /* null: it has none */
    const ProtobufCMessageDescriptor *reply;
    enum asked asked;
    enum permission permission;
    enum own own;
    job_handler *handler; /* of the register */
    const char *summary;  /* for the document */
};

#define API_ROOT "/api/v1"

extern const struct api_route api_routes[]; /* ends with a null method */

enum { PATH_FIELDS_MAX = 3, PATH_VALUE_SIZE = 80 };

struct path_match {
    const struct api_route *route; /* null: no such path, or not by this method */
    const char *methods[4];        /* those by which the path is known */
    int n_methods;
    int n;
    char names[PATH_FIELDS_MAX][PATH_VALUE_SIZE], values[PATH_FIELDS_MAX][PATH_VALUE_SIZE];
};

/* The route of a request; `path` is the whole path, decoded. "/items/usual" is no item: of the
 * paths that fit, those with the most words count. */
void route_match(const char *method, const char *path, struct path_match *);
/* The methods that the path takes, as "GET, POST"; null: the path is unknown. */
const char *route_allow(const struct path_match *, struct arena *);

/* Is the field of the request given by the path? */
bool route_in_path(const struct api_route *, const char *json_name);

/* Has the request a body (POST, PUT)? */
bool route_has_body(const struct api_route *);

/* Does it change anything, so that a session needs its CSRF token? */
bool route_is_unsafe(const struct api_route *);

/* Does it take an Idempotency-Key? Commands do, whose id it is, and changes of the register
 * (once.h). Those of one's own account do not: their answer is a session, which must not be kept
 * and given again, or they end one. */
bool route_takes_key(const struct api_route *);

#endif
