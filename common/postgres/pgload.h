/* SPDX-License-Identifier: Apache-2.0 */
/* pgload.h: the rows a turn wants, loaded from PostgreSQL: one statement a table and kind of want
 * (groups, due, open), all in one pipeline. */
#ifndef COMMON_PGLOAD_H
#define COMMON_PGLOAD_H

#include "common/base/status.h"
#include "common/postgres/pg.h"
#include "common/rows/turn.h"

/* Prepare a table's statements, outside a pipeline. */
MUST_USE enum status pgload_prepare(struct pg *, const struct table *);

/* Bring what the turn's sets want. */
MUST_USE enum status pgload_turn(struct pg *, struct turn *);

#endif
