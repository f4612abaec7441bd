/* SPDX-License-Identifier: Apache-2.0 */
/* statement.h: how the files of the store ask the database. */
#ifndef GATEWAY_STATEMENT_H
#define GATEWAY_STATEMENT_H

#include "services/gateway/people/store.h"

/* Parameters by letter: t const char *, i int64_t, b int (a boolean), h a hash. The centre is
 * always the first of the statement. The result is freed by statement_done. */
MUST_USE enum status statement_ask(struct people_store *, PGresult **, const char *sql,
                                   const char *types, ...);

/* Frees the result and returns the status. */
MUST_USE enum status statement_done(enum status, PGresult *);

/* A statement that changes rows, whole: NOT_FOUND when it changed none. */
MUST_USE enum status statement_change(struct people_store *, const char *sql, const char *types,
                                      ...);

int64_t statement_number(const PGresult *, int row, int column);
bool statement_true(const PGresult *, int row, int column);
/* A copy in the arena. */
char *statement_text(const PGresult *, int row, int column, struct arena *);

#endif
