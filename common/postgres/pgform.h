/* SPDX-License-Identifier: Apache-2.0 */
/* pgform.h: values in PostgreSQL's binary form, as its send and receive functions have it:
 * big-endian integers; instants in microseconds and dates in days since 2000-01-01; an array is
 * dimensions, a null flag, the element's type, its length and lower bound, then each element behind
 * its length. A null pointer, the instant 0 and the day 0 are SQL's null. */
#ifndef COMMON_PGFORM_H
#define COMMON_PGFORM_H

#include <libpq-fe.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/postgres/param.h"
#include "common/postgres/pg.h"
#include "common/rows/table.h"

/* What PostgreSQL calls a type: "bigint", and by number. */
const char *pgform_type(enum column_type);
int32_t pgform_oid(enum column_type);

/* A column of `n` rows as an array, and of one row as a single value: null data for null. */
struct bytes pgform_array(const struct column *, void *const *rows, int n, struct arena *);
struct bytes pgform_value(const struct column *, const void *row, struct arena *);

/* Typed parameters, behind those that are there. */
void pgform_params(struct pg_params *, struct params, struct arena *);

/* `n` columns of a row of a result, whose fields begin with `first`, into their places in a struct
 * of zeroed memory. Text and bytes are copied into the arena. */
void pgform_fields(const PGresult *, int row, int first, const struct column *, int n, void *into,
                   struct arena *);

/* ---- what composite values are made of: each is written at `to`, and gives what follows it */

/* A column of a row behind its length, and how long both are; a null has a length only. */
unsigned char *pgform_put(unsigned char *to, const struct column *, const void *row);
size_t pgform_size(const struct column *, const void *row);
unsigned char *pgform_put_int(unsigned char *to, int32_t value);
/* What an array of `n` elements of a type begins with. */
enum { PGFORM_HEAD_BYTES = 20 };
unsigned char *pgform_put_head(unsigned char *to, int32_t oid, int n);

#endif
