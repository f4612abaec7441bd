/* SPDX-License-Identifier: Apache-2.0 */
/* outcome.h: the actor of a request, and its outcome. A refusal by the rules of the hall is an
 * answer, not an error: a code, a reason (proto/onedoor/envelope.proto) and a sentence for a
 * person. */
#ifndef COMMON_OUTCOME_H
#define COMMON_OUTCOME_H

#include "onedoor/envelope.pb-c.h"

/* The person behind a request, as vouched for by the calling peer. Checked: bounded, a known role.
 */
struct actor {
    const char *id;
    Onedoor__Role role;
    const char *department; /* "" for hall staff and the public */
    int32_t window;         /* 0 when not at a window */
};

/* Roles as a set. */
#define ROLE(name) (1u << ONEDOOR__ROLE__##name)
#define ANY_ROLE   (~0u)

struct outcome {
    Onedoor__Code code;
    Onedoor__Reason reason; /* set unless OK */
    const char *detail;     /* one sentence; static or in the turn's arena */
    const char *field;      /* for a malformed input: where; else null */
};

#define OUTCOME_OK ((struct outcome){.code = ONEDOOR__CODE__OK})

static inline struct outcome refuse(Onedoor__Reason reason, const char *detail)
{
    return (struct outcome){ONEDOOR__CODE__FAILED_PRECONDITION, reason, detail, NULL};
}

static inline struct outcome not_found(Onedoor__Reason reason, const char *detail)
{
    return (struct outcome){ONEDOOR__CODE__NOT_FOUND, reason, detail, NULL};
}

static inline struct outcome deny(Onedoor__Reason reason, const char *detail)
{
    return (struct outcome){ONEDOOR__CODE__PERMISSION_DENIED, reason, detail, NULL};
}

/* The message itself is wrong, at `field`. */
static inline struct outcome invalid(Onedoor__Reason reason, const char *field, const char *detail)
{
    return (struct outcome){ONEDOOR__CODE__INVALID_ARGUMENT, reason, detail, field};
}

static inline int is_ok(struct outcome outcome)
{
    return outcome.code == ONEDOOR__CODE__OK;
}

#endif
