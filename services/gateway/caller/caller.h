/* SPDX-License-Identifier: Apache-2.0 */
/* caller.h: who sends a request, as a session or a token proves it. */
#ifndef GATEWAY_CALLER_H
#define GATEWAY_CALLER_H

#include <stdbool.h>
#include <stdint.h>

#include "onedoor/envelope.pb-c.h"

enum { DEVICE_DAYS = 400 }; /* how long a browser keeps the cookie of its device */
enum { NAME_SIZE = 41, DEPARTMENT_SIZE = 9, SECRET_TEXT_SIZE = 64, SECRET_HASH_BYTES = 32 };

/* A token may be named like a person, so its name carries this in journals and rights. */
#define TOKEN_PREFIX "token:"
enum { CALLER_NAME_SIZE = NAME_SIZE + sizeof TOKEN_PREFIX - 1 };

struct caller {
    char name[CALLER_NAME_SIZE]; /* "" when not signed in; "token:..." of a machine */
    Onedoor__Role role;          /* ROLE_UNSPECIFIED when not signed in */
    char department[DEPARTMENT_SIZE];
    int32_t window;
    bool must_change_password;
    bool has_second, must_enrol;           /* a second factor: has it, or must get it first */
    bool by_session;                       /* not by a token: changes must show the CSRF token */
    char csrf[SECRET_TEXT_SIZE];           /* the CSRF token, base64 */
    unsigned char hash[SECRET_HASH_BYTES]; /* of the session's or token's secret */
    int64_t ends_ms;                       /* ms UTC of the wall clock */
};

static inline bool caller_is_signed_in(const struct caller *caller)
{
    return caller->role != ONEDOOR__ROLE__ROLE_UNSPECIFIED;
}

#endif
