/* SPDX-License-Identifier: Apache-2.0 */
/* settle.h: compares the account with the database, case by case.
 *
 * Lost: acknowledged, and its effect is not there. Doubled: there more often than it was
 * acknowledged, or under a case number that was never acknowledged. What is there but differs from
 * the answer is a mismatch. */
#ifndef SIMULATE_SETTLE_H
#define SIMULATE_SETTLE_H

#include <libpq-fe.h>

#include "programs/simulate/account.h"

struct verdict {
    int64_t lost, doubled;
};

/* Differences are printed. `over`: every case has ended, so that its state is known. */
struct verdict settle(struct account *, PGconn *, int16_t centre, bool over);

#endif
