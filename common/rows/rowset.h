/* SPDX-License-Identifier: Apache-2.0 */
/* rowset.h: what stores need of rows.h: for each table, which groups of rows a turn wants and which
 * rows it has. */
#ifndef COMMON_ROWSET_H
#define COMMON_ROWSET_H

#include "common/base/hash.h"
#include "common/rows/table.h"

struct turn;

enum row_state {
    ROW_LOADED,
    ROW_ADDED,
    ROW_CHANGED,
    ROW_REMOVED, /* was in the store */
    ROW_DROPPED, /* added and removed in the same turn */
};

struct row {
    struct hash_link link; /* by the group */
    void *data;            /* the struct the table describes */
    enum row_state state;
    int64_t guard; /* the guarded column as it was loaded */
};

struct rowset {
    const struct table *table;
    void **wants; /* a probe for each wanted group */
    size_t n_wants, room_wants;
    struct hash wants_by_group;
    int due_limit;     /* above 0: load also so many rows that are due */
    int64_t late_ms;   /* how long after their instant they are due */
    const void *after; /* with after_limit above 0: load also so many rows after this key */
    int after_limit;   /* 0 once they were asked for */
    void *last_after;  /* the last of them, and how many came */
    size_t n_after;
    const void
        *open_after; /* with open_limit above 0: load also so many open rows after this key */
    int open_limit;  /* 0 once they were asked for: a turn may load twice */
    void **open;     /* copies of them, in key order */
    size_t n_open, room_open;
    void **owners; /* a probe for each owner whose rows are wanted */
    size_t n_owners, room_owners;
    struct row **rows; /* all rows, in order of arrival */
    size_t n_rows, room_rows;
    struct hash rows_by_group;
};

/* The set of a table, or null. */
struct rowset *rowset_of(struct turn *, const struct table *);

/* The hash of the group of `probe`, a row of the set's table. */
uint64_t rowset_hash(const struct rowset *, const void *probe);

/* The row with the full key of `probe`, in whatever state, or null. */
struct row *rowset_find(const struct rowset *, const void *probe);

/* Add a row whose key is not there; `data` is borrowed. */
struct row *rowset_append(struct turn *, struct rowset *, void *data, enum row_state);

/* A store adds a row that it has loaded; its struct lives in the turn's arena. A row that is there
 * already is skipped. */
void rowset_bring(struct turn *, struct rowset *, void *data);

/* The same of the next row after a key, in order. */
void rowset_bring_after(struct turn *, struct rowset *, void *data);

/* The same of the next open row, in order. */
void rowset_bring_open(struct turn *, struct rowset *, void *data);

/* Make the sets of a turn: the service's tables and the corridor's. */
void rowset_open(struct turn *);

#endif
