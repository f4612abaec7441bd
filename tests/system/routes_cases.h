/* SPDX-License-Identifier: Apache-2.0 */
/* routes_cases.h: for each route of the API three requests: one that succeeds, one that is refused
 * to somebody, one that is wrong. Data alone; test_gateway_routes.c asks them. */
#ifndef TESTS_ROUTES_CASES_H
#define TESTS_ROUTES_CASES_H

/* The stage that the case for {caseNumber} must have reached. */
enum stage {
    STAGE_NONE,       /* the route has no case */
    STAGE_RECEIVED,   /* not checked yet */
    STAGE_CORRECTION, /* something is missing */
    STAGE_ACCEPTED,   /* an immediate item, known to reporting */
    STAGE_DUE,        /* granted, the bill is made */
    STAGE_CLOSED,     /* paid */
    STAGE_ASKED,      /* a waiver of the bill waits for a second person */
    STAGE_REFUSED,    /* the second person has refused it */
    STAGE_ROUTED,     /* in approval by three departments */
    STAGE_DECIDED,    /* one of them has decided */
    STAGE_PAUSED,     /* a special procedure */
    STAGE_CARDED,     /* late, with a red card */
    STAGE_SENT_ON,    /* no case yet: a question waits for its department */
    STAGE_SCAN,       /* the file of a paper has begun */
    STAGE_SCANNED,    /* and is there */
    STAGE_LOOKED,     /* and somebody looks at it */
    STAGE_TICKET,     /* no case yet: a ticket is taken */
    STAGE_CALLED,     /* and called */
    STAGES
};

/* A stage is reached from another one by a request (a null method: by forty days passing), and is
 * there when the answer to `path` says so. Members are named as in "cards.0.state". */
struct stage_row {
    enum stage from;
    const char *by, *method, *path, *body;
    struct {
        const char *by, *path, *member, *value; /* null: at once */
    } until;
};

extern const struct stage_row stage_rows[STAGES];

#define NOBODY "" /* without signing in */
#define PUBLIC 0  /* in the place of who is refused: nobody is, the route being open to all */

struct route_case {
    const char *method, *path; /* as in api_routes */
    enum stage stage;
    const char *at; /* what stands for the other name in the path */

    const char *by, *query, *body; /* succeeds */
    const char *member, *value;    /* the answer has this member (null: it says nothing), with this
                                      value (null: any) */

    const char *refused; /* who is refused the same request: NOBODY, PUBLIC, or a name */

    struct { /* is wrong, though `by` asks; what is null is as in what succeeds */
        const char *at, *query, *body;
        int status;
        const char *reason, *field;
    } bad;
};

/* Asked in this order: what one makes, a later one may name. Ends with a null method. */
extern const struct route_case route_cases[];

#endif
