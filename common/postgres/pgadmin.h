/* SPDX-License-Identifier: Apache-2.0 */
/* pgadmin.h: the database seen by its administrator, for the programs that check a hall from
 * outside (simulate, bench, verify, restore). Services never use it.
 *
 * The connection string is the one in HOME/keys/admin/conninfo. A failure ends the program with one
 * sentence, for nothing can be checked then. */
#ifndef COMMON_PGADMIN_H
#define COMMON_PGADMIN_H

#include <libpq-fe.h>

#include "common/base/config.h"
#include "common/postgres/param.h"
#include "common/rows/table.h"

/* Connect; `database` replaces the name in the connection string unless it is null. */
PGconn *pgadmin_connect(const struct config *, const char *database);
/* As HOME/keys/<name>.conninfo says: while a hall is restored, "restored" and "old". */
PGconn *pgadmin_connect_as(const struct config *, const char *name);

/* Unqualified names of tables mean those of this schema from now on. */
void pgadmin_look_in(PGconn *, const char *schema);

/* One statement or several, without an answer. */
void pgadmin_do(PGconn *, const char *sql);
/* The one integer that a statement gives; 0 for null. */
int64_t pgadmin_number(PGconn *, const char *sql, struct params);
/* The first column of each row that it gives, of whatever type, as text. */
void pgadmin_texts(PGconn *, const char *sql, struct params,
                   void (*each)(void *context, const char *text), void *context);

/* ---- long answers: read page by page, so that memory is bounded, inside a transaction, one at a
 * time. `each` is called for every row; the row and its text live until it returns. */

/* All rows of a service's table in key order, as its description says. */
void pgadmin_rows(PGconn *, const char *schema, const struct table *, int16_t centre,
                  void (*each)(void *context, void *row), void *context);
/* Rows of a shape; `from` is what follows the selected columns: "from ... where ...". */
void pgadmin_select(PGconn *, const struct shape *, const char *from, struct params,
                    void (*each)(void *context, void *row), void *context);

#endif
