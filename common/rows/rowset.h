/* SPDX-License-Identifier: Apache-2.0 */
/* rowset.h: the inside of rows.h, for stores: one table's wanted groups, and the rows present in a
 * turn. */
#ifndef COMMON_ROWSET_H
#define COMMON_ROWSET_H

#include "common/base/hash.h"
#include "common/rows/rows.h"

struct rowset {
    const struct table *table;
    void **wants; /* probes; each wanted group once */
    size_t n_wants, room_wants;
    struct hash wants_by_group;
    int due_limit;     /* > 0: also the rows that are due */
    bool timed;        /* also the rows with a running clock */
    struct row **rows; /* all rows, in order of arrival */
    size_t n_rows, room_rows;
    struct hash rows_by_group;
};

/* The set of a table, or null. */
struct rowset *rowset_of(struct turn *, const struct table *);

/* A store brings a loaded row (its struct lives in the turn's arena). One that is present already
 * is passed over. */
void rowset_bring(struct turn *, struct rowset *, void *data);

/* Sets of a service's tables and the corridor's. */
void rowset_open(struct turn *);

#endif
