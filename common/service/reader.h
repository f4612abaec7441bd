/* SPDX-License-Identifier: Apache-2.0 */
/* reader.h: how a question is answered: parameterised SQL on a read-only connection of the
 * service's own role, beside the batches, never locking.
 *
 *   struct rows_read *r = reader_ask(reader, "select state, received_at from cases where centre =
 * $1 and number = $2", "si", reader->centre, number); if (r->n == 0) return not_found(...); int64_t
 * state = read_int(r, 0, 0);
 *
 * `sql` must be a string literal (prepared once by its address). `types` has a letter a parameter:
 * s int16 (as int), i int64_t, d int32_t (as int), t const char * (may be null), b bool (as int), m
 * int64_t ms -> timestamptz (0 is null), y int32_t day -> date (0 is null). Tables need no schema:
 * the search path is the service's own. A failed statement ends the request with UNAVAILABLE or
 * INTERNAL and is logged once: reader_ask never returns then. */
#ifndef COMMON_READER_H
#define COMMON_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/config.h"
#include "common/rows/turn.h"
#include "common/values/clock.h"
#include "common/wire/outcome.h"

struct reader {
    struct arena *arena; /* of this request; results and replies live here */
    void *memory;        /* what the service's open() made */
    const struct config *config;
    int16_t centre;
    int64_t now_ms;           /* business time */
    struct reader_link *link; /* the connection; private */
};

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

#define READER_REPLY(reader, call, type, prefix)                                                   \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((reader)->arena, type);                                           \
        prefix##__init(reply_);                                                                    \
        (call)->reply = &reply_->base;                                                             \
        reply_;                                                                                    \
    })

#endif
