/* SPDX-License-Identifier: Apache-2.0 */
/* memstore.h: the store of tests and simulation: rows in memory, the same rules as PostgreSQL (a
 * key is there once, a guard must hold, all or nothing). */
#ifndef COMMON_MEMSTORE_H
#define COMMON_MEMSTORE_H

#include "common/rows/store.h"

struct memstore; /* begins with a struct store */

struct memstore *memstore_new(const struct service *, int16_t centre);
struct store *memstore_store(struct memstore *);
void memstore_free(struct memstore **);

/* Put a row there before the hall opens (reference tables). Copied. */
void memstore_put(struct memstore *, const struct table *, const void *row);

/* What is stored: the row with the key of `probe`, or null; how many; the i-th in key order of
 * nothing in particular. */
void *memstore_row(struct memstore *, const struct table *, const void *probe);
size_t memstore_count(struct memstore *, const struct table *);
void *memstore_row_at(struct memstore *, const struct table *, size_t index);

#endif
