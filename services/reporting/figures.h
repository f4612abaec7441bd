/* SPDX-License-Identifier: Apache-2.0 */
/* figures.h: what the hall counts, one number a measure. */
#ifndef REPORTING_FIGURES_H
#define REPORTING_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

/* In the order of the wire's Figure, which is stored (and 1 more): never to be renumbered. */
enum figure {
    FIGURE_RECEIVED,
    FIGURE_ACCEPTED,
    FIGURE_CORRECTED,
    FIGURE_REFUSED,
    FIGURE_WITHDRAWN,
    FIGURE_TERMINATED,
    FIGURE_GRANTED,
    FIGURE_DENIED,
    FIGURE_DECIDED,
    FIGURE_ON_TIME,
    FIGURE_CLOSED,
    FIGURE_DELIVERED,
    FIGURE_TASKS,
    FIGURE_ORDERS,
    FIGURE_FEE_FEN,
    FIGURE_PAID_FEN,
    FIGURE_YELLOW,
    FIGURE_RED,
    FIGURE_WAIVED_FEN,
    FIGURE_REFUNDED_FEN,
    FIGURES
};

struct figures {
    int64_t n[FIGURES];
};

/* A measure, as it is defined: what one unit of it is, and which event counts it, on the day of
 * that event. Cases are counted for the department of their item, money for the department whose
 * fee it is (RULE L59). */
struct measure {
    const char *name; /* of the column, and in Figures on the wire */
    const char *counts;
    const char *on;
};

extern const struct measure reporting_measures[FIGURES];

struct figures reporting_difference(const struct figures *after, const struct figures *before);
void reporting_add(struct figures *sum, const struct figures *more);
bool reporting_is_zero(const struct figures *);

#endif
