/* SPDX-License-Identifier: Apache-2.0 */
/* statement.h: how the files of the store ask the database. A statement is prepared when it is
 * first used and known by the address of its text, so the text must be a literal. The connection is
 * made when it is not there. Failures are logged here. */
#ifndef GATEWAY_STATEMENT_H
#define GATEWAY_STATEMENT_H

#include "common/base/arena.h"
#include "common/postgres/param.h"
#include "common/postgres/pg.h"
#include "common/postgres/pgread.h"
#include "services/gateway/caller/caller.h"

enum { STORE_CHANGES_MAX = 64, STORE_PARAMS_BYTES = 1 << 20 };

struct people_store {
    const struct config *config;
    struct pg pg; /* conn is null when not connected */
    struct pgread read;
    const char *changes[STORE_CHANGES_MAX]; /* statements prepared in this session */
    int n_changes;
    int16_t centre;
    bool in_transaction; /* between store_begin and store_end */
    const char *by;      /* who makes the changes now; "": this machine */
};

#define P_HASH(hash) P_BYTES(((struct bytes){(hash), SECRET_HASH_BYTES}))

/* Puts a change of rights on record, within the statement that makes it. `at`, `who` and `by` are
 * expressions, before and after four each: role, department, window, shut out. */
#define RIGHT_CHANGE(event, at, who, by, before, after, rows)                                      \
    "insert into right_change (centre, at, event, who, made_by, role_before, department_before,"   \
    " window_before, shut_out_before, role_after, department_after, window_after, shut_out_after)" \
    " select $1, " at ", " event ", " who ", " by ", " before ", " after " " rows
#define NO_RIGHTS "null::smallint, null::text, null::integer, null::boolean"

/* Connects when there is no connection. */
MUST_USE enum status statement_connect(struct people_store *);

/* The rows of a shape, as an array in the arena; `sql` begins with "from". */
MUST_USE enum status statement_rows(struct people_store *, const struct shape *, const char *sql,
                                    struct params, struct arena *, void **rows, size_t *n);
/* The only one, copied to `row`; NOT_FOUND when there is none. */
MUST_USE enum status statement_row(struct people_store *, const struct shape *, const char *sql,
                                   struct params, struct arena *, void *row);

/* A statement that changes rows; NOT_FOUND when it changed none. */
MUST_USE enum status statement_change(struct people_store *, const char *sql, struct params);
/* Likewise; what it returns of the first row, which must be the shape's columns, is copied to
 * `row`.
 */
MUST_USE enum status statement_change_row(struct people_store *, const struct shape *,
                                          const char *sql, struct params, struct arena *,
                                          void *row);

/* STATUS_OK also when no row was changed. */
enum status statement_allow_none(enum status);

#endif
