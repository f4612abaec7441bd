/* SPDX-License-Identifier: Apache-2.0 */
/* reader.h: how a query is answered: rows are read into the structs of their descriptions
 * (common/rows/table.h), on a read-only connection of the service's own role, beside the batches
 * and without locks.
 *
 *   const struct order_row *order =
 *       reader_row(reader, &charging_order_table, "where centre = $1 and case_number = $2",
 *                  PARAMS(P_I16(reader->centre), P_I64(case_number)));
 *   if (order == NULL)
 *       return not_found(...);
 *
 * What is selected follows from the description. The text is what comes after it, and must be a
 * literal: it is prepared once. Tables need no schema: the search path is the service's own. Rows,
 * their text and their bytes live as long as the request; null text is a null pointer, any other
 * null is 0.
 *
 * A failed statement is logged once and remembered. Every later read of the request finds nothing,
 * and the caller is told UNAVAILABLE or INTERNAL, whatever the answering function returns. So that
 * function treats a failed read like an empty one, and looks at no status. */
#ifndef COMMON_READER_H
#define COMMON_READER_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/postgres/param.h"
#include "common/rows/table.h"
#include "common/rows/turn.h"
#include "common/wire/outcome.h"

struct pgread;

struct reader {
    struct arena *arena;     /* of this request; rows and replies live here */
    void *memory;            /* what the service's open() made */
    const struct seal *seal; /* the hall's keys (sealed.h); null: the service seals nothing */
    int16_t centre;
    int64_t now_ms;      /* business time */
    struct pgread *read; /* the connection; private */
    enum status status;  /* of the first statement that failed, else OK; private */
};

/* Rows of a table, by what follows its name: "where ... order by ... limit ...". The array, and how
 * many. */
void *reader_rows(struct reader *, const struct table *, const char *where, struct params,
                  size_t *n);
/* The first of them, or null. */
void *reader_row(struct reader *, const struct table *, const char *where, struct params);

/* Rows of a shape, by what follows the selected columns: "from ... where ...". */
void *reader_select(struct reader *, const struct shape *, const char *from, struct params,
                    size_t *n);
/* The one row of an aggregate: never null. */
void *reader_total(struct reader *, const struct shape *, const char *from, struct params);
/* How many rows there are. */
int64_t reader_count(struct reader *, const char *from, struct params);

/* An initialised reply message in the request's arena. */
#define READER_REPLY(reader, call, type, prefix)                                                   \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((reader)->arena, type);                                           \
        prefix##__init(reply_);                                                                    \
        (call)->reply = &reply_->base;                                                             \
        reply_;                                                                                    \
    })

#endif
