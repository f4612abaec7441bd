/* SPDX-License-Identifier: Apache-2.0 */
/* corrections.c: the days that were corrected. What was finished by then is not counted again, so
 * it is not held to the calendar as it is now. */
#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "programs/verify/verify.h"
#include "services/supervision/rows.h"

enum { FOLLOWED_MS = 24 * 60 * 60 * 1000, EVENT_BYTES = 1 << 20 };

struct published_row {
    int64_t at_ms;
    struct bytes payload;
};

static const struct column published_columns[] = {
    COLUMN_AS(published_row, at_ms, "at", TIME, 0),
    COLUMN_AS(published_row, payload, "payload", BYTES, 0),
};
static const struct shape published_shape = SHAPE(published_row, published_columns);

static void take(void *context, void *data)
{
    struct verify *verify = context;
    const struct published_row *row = data;
    struct arena *arena = arena_new(EVENT_BYTES);
    const Onedoor__Intake__CalendarPublished *published =
        message_unpack(&onedoor__intake__calendar_published__descriptor, row->payload, arena);
    must(published != NULL);
    if (published->correction != NULL && verify->n_corrections < CORRECTIONS_MAX)
        verify->corrections[verify->n_corrections++] =
            (struct correction){published->correction->day, row->at_ms};
    arena_free(&arena);
}

void verify_read_corrections(struct verify *verify)
{
    pgadmin_select(verify->conn, &published_shape,
                   "from intake.journal where centre = $1 and type = 'intake.CalendarPublished'"
                   " order by seq desc",
                   PARAMS(P_I16(verify->centre)), take, verify);
}

bool verify_is_counted_before(const struct verify *verify, int64_t from_ms, int64_t to_ms)
{
    for (size_t i = 0; i < verify->n_corrections; i++) {
        const struct correction *correction = &verify->corrections[i];
        if (calendar_day(&verify->calendar, from_ms).n <= correction->day &&
            calendar_day(&verify->calendar, to_ms).n >= correction->day &&
            to_ms <= correction->at_ms + FOLLOWED_MS)
            return true;
    }
    return false;
}

/* Whether something of then may have been measured against a day, up to `until_ms`, that was
 * corrected later. */
static bool is_before(const struct verify *verify, int64_t at_ms, int64_t until_ms)
{
    for (size_t i = 0; i < verify->n_corrections; i++) {
        const struct correction *correction = &verify->corrections[i];
        if (calendar_day(&verify->calendar, until_ms).n >= correction->day &&
            at_ms <= correction->at_ms + FOLLOWED_MS)
            return true;
    }
    return false;
}

bool verify_is_doubtful(const struct verify *verify, const struct table *table, const void *row)
{
    if (table == &supervision_card_table) {
        const struct card_row *card = row;
        return card->withdrawn != 0 || is_before(verify, card->issued_ms, card->due_ms);
    }
    if (table == &supervision_watch_table) {
        const struct watch_row *watch = row;
        return watch->level_ms != 0 && is_before(verify, watch->level_ms, watch->level_ms);
    }
    return false;
}
