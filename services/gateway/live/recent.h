/* SPDX-License-Identifier: Apache-2.0 */
/* recent.h: the last events of the hall and who may see them: a ring of the events of all journals
 * in the order in which they were heard, and a cache of the departments that each case concerns,
 * both of fixed size. Pure: no socket, no clock. */
#ifndef GATEWAY_RECENT_H
#define GATEWAY_RECENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/wire/event.h"
#include "services/gateway/caller/caller.h"

enum { STREAMS = 4, RECENT_TYPE_SIZE = 40, POSITION_TEXT_SIZE = 140 };

/* The journals that are consumed, in the order of a position's numbers. */
extern const char *const recent_streams[STREAMS];

/* How far each journal has been heard. */
struct recent_position {
    int64_t seq[STREAMS];
};

struct recent_event {
    struct recent_position to; /* with this event */
    int stream;
    char type[RECENT_TYPE_SIZE]; /* "intake.CaseAccepted" */
    int64_t case_number;
    int64_t at_ms;
    uint64_t departments; /* of the case by now, a bit each */
    bool all_known;       /* no other department can be concerned */
};

struct recent;

/* Keeps `events` events and knows the departments of about `cases` cases. */
struct recent *recent_new(size_t events, size_t cases);
void recent_free(struct recent **);

/* A journal is heard from the event after this one on. */
void recent_begin(struct recent *, int stream, int64_t seq);
/* The next event of a journal. */
void recent_hear(struct recent *, int stream, const struct event *);

/* Events are numbered from 0 as they were heard; those from `first` up to but not including `end`
 * are kept. */
uint64_t recent_first(const struct recent *);
uint64_t recent_end(const struct recent *);
const struct recent_event *recent_at(const struct recent *, uint64_t n);
struct recent_position recent_position(const struct recent *);

/* How much of an event a caller may see. Hall staff see all of it, a department what concerns it,
 * the public only a sign that something happened. A department also gets the sign for a case that
 * was received before the first event heard: the case may concern it. */
enum share { SHARE_NOTHING, SHARE_SIGN, SHARE_ALL };
enum share recent_share(const struct recent *, const struct recent_event *, const struct caller *);

/* "intake:12,routing:7,charging:0,supervision:3", and back: false when it is none. */
const char *recent_position_text(const struct recent_position *, char text[POSITION_TEXT_SIZE]);
bool recent_position_parse(const char *text, struct recent_position *);

/* Is everything after a position still kept? */
bool recent_reaches(const struct recent *, const struct recent_position *);

#endif
