/* SPDX-License-Identifier: Apache-2.0 */
/* store_inside.h: how the files of the register's store (store.c; store_answers.c) ask the
 * database.
 */
#ifndef GATEWAY_STORE_INSIDE_H
#define GATEWAY_STORE_INSIDE_H

#include "services/gateway/people/store.h"

/* Parameters by letter: t const char *, i int64_t, b int (a boolean), h a hash. The centre is
 * always the first of the statement. */
MUST_USE enum status store_ask(struct people_store *, PGresult **, const char *sql,
                               const char *types, ...);

MUST_USE enum status store_done(enum status, PGresult *); /* the result is let go */

/* A statement that changes rows, whole: NOT_FOUND when it changed none. */
MUST_USE enum status store_change(struct people_store *, const char *sql, const char *types, ...);

#endif
