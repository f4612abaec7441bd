/* SPDX-License-Identifier: Apache-2.0 */
/* corrections.c: the days that were corrected. What was finished by then is not counted again, so
 * it is not held to the calendar as it is now. */
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/values/term.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "programs/verify/verify.h"
#include "services/supervision/rows.h"

enum { FOLLOWED_MS = 24 * 60 * 60 * 1000, EVENT_BYTES = 1 << 20, REST_DAYS = 4 };

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

/* A case number begins with the day of receipt, YYMMDD. */
static struct day receipt_day(int64_t case_number)
{
    while (case_number > 999999)
        case_number /= 10;
    int32_t date = (int32_t)case_number;
    return day_from_ymd(2000 + date / 10000, date / 100 % 100, date % 100);
}

/* The first day on which a card's clock may have run: that of receipt, and not long before its
 * budget counted back from its end. A day that was closed meanwhile, and the days of rest beside
 * it, may lie between. */
static int32_t first_day(const struct verify *verify, const struct card_row *card)
{
    const struct calendar *calendar = &verify->calendar;
    int64_t began_ms = calendar_instant(calendar, calendar_minutes(calendar, card->due_ms) -
                                                      card->budget_min - card->paused_min);
    int32_t began = calendar_day(calendar, began_ms).n - REST_DAYS;
    int32_t received = receipt_day(card->case_number).n;
    return began > received ? began : received;
}

/* Supervision itself counts the clock of an immediate item, of a delivery and of a procedure:
 * again, once a day is corrected, and the replay has no time for that before the clock ends. */
static bool ran_on_corrected_day(const struct verify *verify, const struct card_row *card)
{
    bool own = strcmp(card->rule, "H4") == 0 || card->term == TERM_DELIVERY ||
               card->term == TERM_PROCEDURE;
    for (size_t i = 0; own && i < verify->n_corrections; i++)
        if (verify->corrections[i].day >= first_day(verify, card) &&
            verify->corrections[i].day <= calendar_day(&verify->calendar, card->due_ms).n)
            return true;
    return false;
}

bool verify_is_doubtful(const struct verify *verify, const struct table *table, const void *row)
{
    if (table == &supervision_card_table) {
        const struct card_row *card = row;
        return card->withdrawn != 0 || is_before(verify, card->issued_ms, card->due_ms) ||
               ran_on_corrected_day(verify, card);
    }
    if (table == &supervision_watch_table) {
        const struct watch_row *watch = row;
        return watch->level_ms != 0 && is_before(verify, watch->level_ms, watch->level_ms);
    }
    return false;
}
