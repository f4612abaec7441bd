/* SPDX-License-Identifier: Apache-2.0 */
/* timekeeper.h: whether a service can trust its clock. A clock that is set wrongly, even for
 * seconds, would put that time into journals and deadlines for ever. So it is compared with what it
 * must be by now (what it was, and how long the machine has counted since), with the end of the
 * journal, and with PostgreSQL's clock. What is off by more than a bound is doubted, until it is
 * right again or an operator accepts it. Pure: the times are given, in ms. */
#ifndef COMMON_TIMEKEEPER_H
#define COMMON_TIMEKEEPER_H

#include <stddef.h>
#include <stdint.h>

enum clock_doubt {
    CLOCK_TRUSTED,
    CLOCK_STEPPED, /* it was set since it was last trusted */
    CLOCK_GAP,     /* at the start: nothing was said for so long that it may be wrong */
    CLOCK_BEHIND,  /* the journal ends later than its now */
    CLOCK_APART    /* PostgreSQL's clock says something else */
};

struct timekeeper {
    int64_t step_max_ms; /* bound; 0: every clock is trusted */
    int64_t gap_max_ms;
    int64_t trusted_ms, counted_ms; /* both clocks when it was last trusted; 0: never yet */
    int64_t apart_ms;               /* by how much it was ahead of PostgreSQL's, when last asked */
    int64_t apart_accepted_ms; /* of that, what an operator accepted; 0 once they agree again */
    enum clock_doubt doubt;
    int64_t off_ms; /* by how much it is ahead of what it is compared with */
};

/* `now_ms`: what the clock says; `counted_ms`: a clock that nobody sets; `last_ms`: of the last
 * event of the journal, 0: there is none. */
enum clock_doubt timekeeper_look(struct timekeeper *, int64_t now_ms, int64_t counted_ms,
                                 int64_t last_ms);

/* PostgreSQL's clock was asked: it is so much behind. */
void timekeeper_compare(struct timekeeper *, int64_t ahead_ms);

/* An operator accepts the clock as it is, and by how much it is apart from PostgreSQL's, which was
 * asked just before. Both hold until the process ends. */
void timekeeper_accept(struct timekeeper *, int64_t now_ms, int64_t counted_ms);

/* What is doubted, as the end of a sentence: "the clock was set 86400 s ahead". */
enum { TIMEKEEPER_TEXT = 100 };
void timekeeper_text(const struct timekeeper *, char text[TIMEKEEPER_TEXT]);

#endif
