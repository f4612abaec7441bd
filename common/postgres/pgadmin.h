/* SPDX-License-Identifier: Apache-2.0 */
/* pgadmin.h: the database seen by its administrator, for the programs that check a hall from
 * outside (simulate, bench, verify). Services never use it.
 *
 * The connection string is the one in HOME/keys/admin.conninfo. What goes wrong here ends the
 * program with one sentence: nothing can be checked then. */
#ifndef COMMON_PGADMIN_H
#define COMMON_PGADMIN_H

#include <libpq-fe.h>

#include "common/base/config.h"
#include "common/rows/table.h"

/* Connect; `database` replaces the name in the connection string unless it is null. */
PGconn *pgadmin_connect(const struct config *, const char *database);

/* One statement; its result, to be cleared. Nothing is put into the text: `a` and `b` are the
 * parameters $1 and $2. */
PGresult *pgadmin_ask(PGconn *, const char *sql);
PGresult *pgadmin_ask_with(PGconn *, const char *sql, int64_t a, int64_t b);

/* The one integer it gives; 0 for null. */
int64_t pgadmin_number(PGconn *, const char *sql, int64_t a);
void pgadmin_do(PGconn *, const char *sql);

/* Fields of a result. */
int64_t pgadmin_int(const PGresult *, int row, int column);

/* Rows of a long answer, page by page, so that memory is bounded: inside a transaction, one at a
 * time. `each` is called for every row, the fields in text. */
void pgadmin_each(PGconn *, const char *sql, int64_t a,
                  void (*each)(void *context, const PGresult *page, int row), void *context);

/* All rows of a service's table in key order, each as the struct its description says; the row and
 * its text live until `each` returns. */
void pgadmin_rows(PGconn *, const char *schema, const struct table *, int16_t centre,
                  void (*each)(void *context, void *row), void *context);

#endif
