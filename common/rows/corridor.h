/* SPDX-License-Identifier: Apache-2.0 */
/* corridor.h: the tables that every service has beside its own (db/common/corridor.sql): command
 * keys, approvals, journal, cursors, parked events, counters, walks (walk.h). */
#ifndef COMMON_CORRIDOR_H
#define COMMON_CORRIDOR_H

#include "common/rows/table.h"
#include "common/wire/event.h"

/* A command that was done, by its idempotency key. */
struct command_row {
    int16_t centre;
    unsigned char id[16];
    struct bytes digest; /* BLAKE2b-256 of type, actor and body */
    struct bytes reply;  /* packed onedoor.Reply */
    int64_t done_ms;
};

/* RULE H22: a command that was asked, and what a second person said to it (approval.h). */
struct approval_row {
    int16_t centre;
    int64_t case_number;
    int32_t no;        /* within the case, from 1 */
    const char *type;  /* of the command: "charging.Waive" */
    struct bytes body; /* the command, packed */
    const char *asker;
    int16_t asker_role; /* Role of the wire */
    const char *asker_department;
    int32_t asker_window;
    int64_t asked_ms;
    int32_t roles;       /* of those who may agree, a set of ROLE() */
    const char *subject; /* what the command is about, for the second person; may be "" */
    const char *detail;  /* more of what it is about; may be "" */
    const char *reason;
    int64_t fen;          /* 0: it is not about money */
    int32_t days;         /* 0: it is not about days */
    int16_t state;        /* enum approval_state */
    int64_t lapses_ms;    /* 0 once it is over */
    const char *answerer; /* null until somebody has answered, and when it lapsed */
    int64_t answered_ms;
    const char *answer;
    int64_t dismissed_ms; /* 0: the answer is still in the asker's list */
};

struct journal_head_row {
    int16_t centre;
    int32_t epoch;
    int64_t seq;
    struct bytes hash;
};

struct journal_row {
    int16_t centre;
    int64_t seq;
    int32_t epoch;
    const char *type;
    int32_t version;
    int64_t case_number;
    int64_t at_ms;
    const char *actor;
    struct bytes payload;
    struct bytes hash;
    struct bytes trace; /* TRACE_BYTES, or null */
};

struct cursor_row {
    int16_t centre;
    const char *stream;
    int32_t epoch;
    int64_t seq;
    struct bytes hash;
};

struct parked_row {
    int16_t centre;
    int64_t case_number;
    const char *stream;
    int64_t seq;
    const char *type;
    int64_t at_ms;
    const char *actor;
    struct bytes payload;
    const char *reason;
};

struct counter_row {
    int16_t centre;
    const char *name;
    int64_t value;
};

/* Work over all open rows of a table that is under way (walk.h). */
enum { WALK_KEYS = 3 };
struct walk_row {
    int16_t centre;
    int32_t no; /* the least one is walked */
    const char *name;
    struct bytes subject;           /* what it is about, as it was started */
    int64_t begun_ms;               /* of the turn that started it */
    int64_t key_1, key_2, key_3;    /* of the last row met, behind the centre; -1: none */
    int64_t met;                    /* rows so far */
    int64_t changed, changed_parts; /* of them, and of what goes with them; its steps count */
};

/* The event that a row of the journal holds. Text and bytes are borrowed from the row. */
struct event journal_event(const struct journal_row *);

extern const struct table command_table, approval_table, journal_head_table, journal_table,
    cursor_table, parked_table, counter_table, walk_table;

/* All of them; ends with null. */
extern const struct table *const corridor_tables[];

#endif
