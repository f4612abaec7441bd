/* SPDX-License-Identifier: Apache-2.0 */
/* credentials.h: is this the person's password, and may it be tried now? Every attempt is recorded
 * (RULE H21), also by names that nobody has, and takes the same time whether or not somebody has
 * the name. */
#ifndef GATEWAY_CREDENTIALS_H
#define GATEWAY_CREDENTIALS_H

#include "services/gateway/people/job.h"
#include "services/gateway/people/store.h"

/* What came of an attempt. SECOND_ASKED: the password is right, and a code is missing. With
 * SIGNED_IN the person is filled; with LOCKED the password was not
 * looked at, and job->wait_ms says how long to wait. A device known for the name counts its own
 * failures; `device_known` tells whether it is. */
struct attempt {
    const char *name, *password;
    const char *code; /* of the second factor; "": not given; null: none is asked for */
    Onedoor__Gateway__SignInResult result;
    struct person_row person;
    bool device_known;
};

MUST_USE enum status credentials_check(struct job *, struct attempt *, int64_t now_ms);

/* What the person is told of an attempt that failed. */
struct outcome credentials_refusal(const struct attempt *);

#endif
