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
 * No read fails visibly. After a failed statement, which is logged once, every read of the request
 * finds nothing, and whatever the answering function returns, the caller is told UNAVAILABLE or
 * INTERNAL. So a handler treats "nothing found" as such and asks about nothing else. */
#ifndef COMMON_READER_H
#define COMMON_READER_H

#include "common/base/arena.h"
#include "common/base/config.h"
#include "common/base/status.h"
#include "common/postgres/param.h"
#include "common/rows/table.h"
#include "common/rows/turn.h"
#include "common/values/clock.h"
#include "common/wire/outcome.h"

struct pgread;

struct reader {
    struct arena *arena; /* of this request; rows and replies live here */
    void *memory;        /* what the service's open() made */
    const struct config *config;
    int16_t centre;
    int64_t now_ms;      /* business time */
    struct pgread *read; /* the connection; private, as is what follows */
    struct reader_link *link;
    enum status status; /* of the first statement that failed, else OK */
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

/* ---- the former way, until every query has left it: `types` has a letter a parameter */

struct rows_read {
    int n;        /* rows */
    void *result; /* private */
};

struct rows_read *reader_ask(struct reader *, const char *sql, const char *types, ...);

int64_t read_int(const struct rows_read *, int row,
                 int column); /* any integer or boolean type; null is 0 */
bool read_bool(const struct rows_read *, int row, int column);
const char *read_text(const struct rows_read *, int row,
                      int column); /* "" for null; lives as long as the request */
int64_t read_time(const struct rows_read *, int row,
                  int column); /* timestamptz -> ms UTC; 0 for null */
int32_t read_day(const struct rows_read *, int row,
                 int column); /* date -> days since 1970-01-01; 0 for null */
struct bytes read_bytes(struct reader *, const struct rows_read *, int row,
                        int column); /* bytea; a null pointer is null */
bool read_null(const struct rows_read *, int row, int column);

/* What a clock that has not stopped is made of, `column` being the first of its columns. */
#define CLOCK_COLUMNS                                                                              \
    "budget_min, used_min, paused_min, open_pauses, started_at, running_since, paused_since"
enum { N_CLOCK_COLUMNS = 7 };
struct clock read_clock(const struct rows_read *, int row, int column);

/* An initialised reply message in the request's arena. */
#define READER_REPLY(reader, call, type, prefix)                                                   \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((reader)->arena, type);                                           \
        prefix##__init(reply_);                                                                    \
        (call)->reply = &reply_->base;                                                             \
        reply_;                                                                                    \
    })

#endif
