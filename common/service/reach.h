/* SPDX-License-Identifier: Apache-2.0 */
/* reach.h: how far a service has heard in each journal, and whether that is as far as a caller has
 * seen. Pure.
 *
 * A caller's own command can reach a service in two ways: by its journal, which the service
 * follows, or through others, that say something in turn. charging does not follow routing; it
 * hears of a grant when intake, which does, says so. Hence each page of a journal tells how far its
 * owner had heard by then.
 *
 *   told[intake] = routing 77    what intake said after hearing routing's event 77 is heard here */
#ifndef COMMON_REACH_H
#define COMMON_REACH_H

#include "common/wire/mark.h"

enum { FOLLOWS_MAX = MARKS_MAX - 1 };

struct reach {
    /* The end of its own journal, then the cursor of each that it follows, in their order. */
    struct marks own;
    /* How far the owner of each had heard when it wrote the last of what is heard of it; empty:
     * it has not said so yet. */
    struct marks told[FOLLOWS_MAX];
    struct marks all; /* how far it has heard itself or through others: what it tells its own
                          followers */
    uint32_t version; /* of `all`: from 2, another one each time that it changes */
    uint32_t changes; /* how often any of this was set */
};

/* The end of its journal and its cursors are these now. */
void reach_move(struct reach *, const struct marks *own);

/* The owner of the followed journal `follow` had heard so far, at the cursor or before it. */
void reach_learn(struct reach *, int follow, const struct marks *heard);

/* Has it heard, itself or through another, of each mark? Of a journal that none of them hears of
 * it never will: that counts as heard. */
bool reach_heard(const struct reach *, const struct marks *seen);

/* And has it heard what every service that it follows said after hearing of them? A refusal before
 * that may be premature. */
bool reach_settled(const struct reach *, const struct marks *seen);

#endif
