/* SPDX-License-Identifier: Apache-2.0 */
/* setup.h: makes a hall's first administrator, and lets in again who has lost the password. */
#ifndef GATEWAY_SETUP_H
#define GATEWAY_SETUP_H

#include "services/gateway/caller/caller.h"
#include "services/gateway/people/people.h"

/* The first administrator, with a one-time password; STATUS_NOT_FOUND when there are accounts
 * already. */
MUST_USE enum status setup_admin(struct people *, char password[SECRET_TEXT_SIZE]);

/* A new one-time password for somebody, without his second factor, recorded in the history of
 * sign-ins; STATUS_NOT_FOUND when nobody has the name. */
MUST_USE enum status setup_password(struct people *, const char *name,
                                    char password[SECRET_TEXT_SIZE]);

#endif
