/* SPDX-License-Identifier: Apache-2.0 */
/* settle.h: the account held against the database, case by case.
 *
 * Lost: acknowledged, and its effect is not there. Doubled: there more often than it was
 * acknowledged, or under a case number that nobody was told. What is there but otherwise than told
 * is a mismatch. */
#ifndef SIMULATE_SETTLE_H
#define SIMULATE_SETTLE_H

#include <libpq-fe.h>

#include "programs/simulate/account.h"

struct verdict {
    int64_t lost, doubled;
};

/* Differences are printed. `over`: every case has come to its end, so that its state is known. */
struct verdict settle(struct account *, PGconn *, int16_t centre, bool over);

#endif
