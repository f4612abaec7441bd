/* SPDX-License-Identifier: Apache-2.0 */
/* store.h: the interface of a store of rows. Two implementations: PostgreSQL (pgstore.h), and
 * memory for tests (memstore.h). No SQL above it. */
#ifndef COMMON_STORE_H
#define COMMON_STORE_H

#include "common/base/status.h"
#include "common/rows/table.h"
#include "common/rows/turn.h"
#include "common/wire/event.h"

struct store;

/* A case (0: events of no case) with parked events, and how many. */
struct held_case {
    int64_t case_number, events;
};

struct parked_row;

struct store_ops {
    /* Every row of a table, in key order, in the arena. */
    enum status (*all)(struct store *, const struct table *, struct arena *, void **rows,
                       size_t *n);
    /* Loads the rows that the turn wants. */
    enum status (*load)(struct store *, struct turn *);
    /* Saves what the turn changed, all or nothing, durably. STATUS_LOST: it is unknown whether it
     * was saved; look the keys up after reconnecting. */
    enum status (*save)(struct store *, struct turn *);
    /* Events of the service's own journal after `from_seq`, at most `max`, in order. */
    enum status (*events)(struct store *, int64_t from_seq, size_t max, struct arena *,
                          struct event **events, size_t *n);
    /* The cases with parked events, in order. */
    enum status (*held)(struct store *, struct arena *, struct held_case **cases, size_t *n);
    /* The parked events of a case, at most `max`, in the order of their streams. */
    enum status (*parked)(struct store *, int64_t case_number, size_t max, struct arena *,
                          struct parked_row **rows, size_t *n);
    void (*free)(struct store *);
};

struct store {
    const struct store_ops *ops;
    const struct service *service;
    int16_t centre;
};

/* Every row of a table. `*rows` is an array of the table's row struct. */
MUST_USE static inline enum status store_all(struct store *store, const struct table *table,
                                             struct arena *arena, void **rows, size_t *n)
{
    return store->ops->all(store, table, arena, rows, n);
}

#endif
