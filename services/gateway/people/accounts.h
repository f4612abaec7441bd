/* SPDX-License-Identifier: Apache-2.0 */
/* accounts.h: the accounts of those who work in the hall, as an administrator manages them. */
#ifndef GATEWAY_ACCOUNTS_H
#define GATEWAY_ACCOUNTS_H

#include "services/gateway/people/job.h"
#include "services/gateway/people/people.h"

struct person_row;

job_handler account_list, account_names, account_add, account_change, account_reset_password;

/* Is it well formed: the name, and the place that goes with the role? */
struct outcome account_check(const struct person_row *);

/* Adds the person with a new one-time password; sets made_ms. */
MUST_USE enum status account_create(struct people *, struct person_row *,
                                    char password[SECRET_TEXT_SIZE]);

#endif
