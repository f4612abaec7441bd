/* SPDX-License-Identifier: Apache-2.0 */
/* totals.h: the figures of a simulation, from four sources: the simulator's account, the services,
 * the figures of reporting, the database. */
#ifndef SIMULATE_TOTALS_H
#define SIMULATE_TOTALS_H

#include <libpq-fe.h>

#include "common/bus/client.h"
#include "common/values/day.h"
#include "programs/simulate/account.h"

enum total {
    TOTAL_RECEIVED,
    TOTAL_ACCEPTED,
    TOTAL_CORRECTED, /* once asked for a correction */
    TOTAL_REFUSED,
    TOTAL_WITHDRAWN,
    TOTAL_GRANTED,
    TOTAL_DENIED,
    TOTAL_CLOSED,
    TOTAL_TASKS, /* decided */
    TOTAL_ORDERS,
    TOTAL_PAID_FEN,
    TOTAL_RECEIPTS,
    TOTAL_YELLOW,
    TOTAL_RED,
    TOTAL_WAIVED_FEN,
    TOTAL_REFUNDED_FEN,
    TOTAL_TICKETS,
    TOTAL_SERVED, /* at a window; a ticket that is sent on, at each */
    TOTAL_GONE,
    TOTALS_REPORTED, /* the rest is compared, and not part of the result */
    TOTAL_TASKS_OPENED = TOTALS_REPORTED,
    TOTAL_CALLED, /* tickets, by how many windows */
    TOTAL_FLOWS_GRANTED,
    TOTAL_FLOWS_DENIED,
    TOTAL_FLOWS_CANCELLED,
    TOTALS
};

extern const char *const totals_names[TOTALS];

/* A number that a source does not know is TOTALS_UNKNOWN. */
#define TOTALS_UNKNOWN INT64_MIN

struct totals {
    const char *side;
    int64_t n[TOTALS];
};

void totals_of_account(struct totals *, const struct account *);
void totals_of_services(struct totals *, struct client *);

/* `first`: the year begins with it. */
void totals_of_reporting(struct totals *, struct client *, struct day first);
void totals_of_database(struct totals *, PGconn *, int16_t centre);

/* Compare the sides; every difference is a mismatch, printed. Returns how many. */
int64_t totals_compare(const struct totals *sides, int n);

#endif
