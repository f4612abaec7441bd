/* SPDX-License-Identifier: Apache-2.0 */
/* memstore.h: the store of tests: rows in memory, with PostgreSQL's rules (keys are unique, guards
 * must hold, all or nothing). */
#ifndef COMMON_MEMSTORE_H
#define COMMON_MEMSTORE_H

#include "common/rows/store.h"

struct memstore; /* begins with a struct store */

struct memstore *memstore_new(const struct service *, int16_t centre);
struct store *memstore_store(struct memstore *);
void memstore_free(struct memstore **);

/* Adds a copy of a row, for reference tables: call it before the service opens. */
void memstore_put(struct memstore *, const struct table *, const void *row);

/* The row with the key of `probe`, or null. */
void *memstore_row(struct memstore *, const struct table *, const void *probe);
size_t memstore_count(struct memstore *, const struct table *);
/* The row at this index, in the order in which rows were added; null past the end. */
void *memstore_row_at(struct memstore *, const struct table *, size_t index);

#endif
