/* SPDX-License-Identifier: Apache-2.0 */
/* mark.h: marks in journals: what a reply names, what a caller has seen, how far a service has
 * heard. Pure. */
#ifndef COMMON_MARK_H
#define COMMON_MARK_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "onedoor/envelope.pb-c.h"

enum { STREAM_SIZE = 16, MARKS_MAX = 8 };

struct mark {
    char stream[STREAM_SIZE]; /* the owner's name; "" for no mark */
    int32_t epoch;            /* the journal's; greater after each rewind */
    int64_t seq;              /* of its last event there; 0: none was written */
};

/* One mark a journal, in no order. */
struct marks {
    int n;
    struct mark at[MARKS_MAX];
};

/* A stream's name longer than STREAM_SIZE - 1 is cut. */
struct mark mark_of(const char *stream, int32_t epoch, int64_t seq);

/* Does who has heard up to `at` know of this mark of the same journal? What stood in an older epoch
 * was rewound and is gone; a newer epoch that has no event so far begins where the older one ends.
 */
bool mark_reaches(const struct mark *at, const struct mark *wanted);

/* The mark in this journal; null when there is none. */
const struct mark *marks_find(const struct marks *, const char *stream);

/* Moves on to a later mark of its journal, and takes in one of another journal while there is
 * room. True when that changed anything. */
bool marks_advance(struct marks *, const struct mark *);

/* As a repeated field of a message: the array and its messages live in the arena. */
Onedoor__Mark **marks_pack(const struct marks *, struct arena *);

/* A packed Place; false when it is malformed or its values are out of range. */
bool mark_read(struct mark *, struct bytes packed);

#endif
