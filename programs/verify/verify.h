/* SPDX-License-Identifier: Apache-2.0 */
/* verify.h: checks the invariants of the hall (docs/DESIGN.md) on a live database, as its
 * administrator.
 *
 * All checks look at one snapshot of the whole database, so services may go on meanwhile. Each
 * check is a function of its own that reports offenders; memory does not grow with the database:
 * what is long is read in pages, and the replay goes by slices of cases. */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include <libpq-fe.h>

#include "common/base/config.h"
#include "common/rows/table.h"
#include "common/values/calendar.h"

enum { FIRST_BYTES = 300 };

/* What a check has found. */
struct finding {
    int no; /* of the invariant, from 1; and what it says */
    const char *invariant;
    int64_t checked; /* how many things were looked at, and what they are called */
    const char *things;
    int64_t broken;          /* how many of them break the invariant */
    char first[FIRST_BYTES]; /* the first of those, in words */
};

/* A day that was corrected once it had begun (RULE L82). Work that was finished when the hall had
 * followed stands as it was counted before. */
struct correction {
    int32_t day;
    int64_t at_ms; /* when that was said; within a day of it everybody has followed */
};

enum { CORRECTIONS_MAX = 400 };

struct verify {
    PGconn *conn; /* in the snapshot's transaction */
    const struct config *config;
    int16_t centre;
    struct calendar calendar;
    struct correction corrections[CORRECTIONS_MAX];
    size_t n_corrections;
    struct finding *finding; /* of the check that runs */
};

/* corrections.c: reads them from intake's journal. */
void verify_read_corrections(struct verify *);
/* Whether minutes of a finished clock may have been counted before a correction of theirs. */
bool verify_is_counted_before(const struct verify *, int64_t from_ms, int64_t to_ms);
/* Whether a card, or the level of a watch, may stand on a day that was corrected later: the replay,
 * by the calendar as it is now, may give another one, or none. */
bool verify_is_doubtful(const struct verify *, const struct table *, const void *row);

/* Checks one invariant after the other and prints what it finds on stdout: a line as soon as each
 * is checked, or one JSON object at the end. The connection is fresh, and is left in the snapshot's
 * transaction. Returns the exit code: PROGRAM_FAILED when one is broken. */
int verify_run(struct verify *, bool json);

/* Count one more that breaks the invariant; the first is kept in words. */
void verify_broken(struct verify *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A query that selects what breaks a rule, and should find nothing; its first column names the
 * offender. $1 is the centre. */
struct question {
    const char *rule; /* said of the offender when it is broken */
    const char *offenders;
};
void verify_ask(struct verify *, const struct question *, size_t n);
#define VERIFY_ASK(verify, questions)                                                              \
    verify_ask(verify, questions, sizeof(questions) / sizeof((questions)[0]))

void verify_commands(struct verify *); /* 1: what was acknowledged is there, once */
void verify_journals(struct verify *); /* 2: gapless, in order, chained */
void verify_replay(struct verify *);   /* 3: followers equal a replay */
void verify_history(struct verify *);  /* 4: every case moved by the moves table */
void verify_stages(struct verify *);   /* 5: stages and tasks */
void verify_clocks(struct verify *);   /* 6: used + paused + non-working = elapsed */
void verify_books(struct verify *);    /* 7: the ledger */
void verify_rollups(struct verify *);  /* 8: figures */
void verify_numbers(struct verify *);  /* 9: cursors and counters */
void verify_instants(struct verify *); /* 10: instants against real time */
void verify_tickets(struct verify *);  /* 11: tickets in their queues */
void verify_scans(struct verify *);    /* 12: files of papers */

/* print.c */
void print_line(const struct finding *);
void print_json(const struct finding *, int n);

#endif
