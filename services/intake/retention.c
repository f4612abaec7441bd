/* SPDX-License-Identifier: Apache-2.0 */
/* retention.c: RULE H21: how long what is known of applicants is kept, what was erased, and what
 * comes next: numbers of cases, and nothing of persons. */
#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/catalogue.h"
#include "services/intake/erase.h"
#include "services/intake/queries.h"

enum { AHEAD_DAYS = 366, BEHIND_DAYS = 400, LINES_MOST = 100 };

static const int64_t day_ms = 86400000;

struct counted_row {
    int32_t day;
    int16_t years;
    int64_t n;
};

#define HALL_DAY(of, at) "date_trunc('" of "', " at " at time zone 'Asia/Shanghai')::date"

static const struct column due_columns[] = {
    COLUMN_AS(counted_row, day, HALL_DAY("month", "kept_from"), DAY, 0),
    COLUMN_AS(counted_row, n, "count(*)", I64, 0),
};
static const struct shape due_shape = SHAPE(counted_row, due_columns);

static const struct column erased_columns[] = {
    COLUMN_AS(counted_row, day, HALL_DAY("day", "at"), DAY, 0),
    COLUMN(counted_row, years, I16, 0),
    COLUMN_AS(counted_row, n, "count(*)", I64, 0),
};
static const struct shape erased_shape = SHAPE(counted_row, erased_columns);

/* The first day of the month so many years later. */
static int32_t years_later(int32_t day, int32_t years)
{
    struct ymd date = day_to_ymd((struct day){day});
    return day_from_ymd(date.year + years, date.month, date.day).n;
}

/* A case that is not over by then, or ended later, is kept longer. */
static void add_due(struct reader *reader, Onedoor__Intake__GetRetentionReply *reply)
{
    const struct catalogue *catalogue = reader->memory;
    int64_t before_ms = reader->now_ms - erase_kept_ms(catalogue, reader->now_ms);
    size_t n;
    const struct counted_row *rows = reader_select(
        reader, &due_shape,
        "from applicant where centre = $1 and kept_from < $2 group by 1 order by 1"
        " limit $3",
        PARAMS(P_I16(reader->centre), P_TIME(before_ms + AHEAD_DAYS * day_ms), P_I32(LINES_MOST)),
        &n);
    reply->due = ARENA_ARRAY(reader->arena, Onedoor__Intake__DueMonth *, n + 1);
    for (size_t i = 0; i < n; i++) {
        Onedoor__Intake__DueMonth *month = reply->due[reply->n_due++] =
            ARENA_NEW(reader->arena, Onedoor__Intake__DueMonth);
        onedoor__intake__due_month__init(month);
        month->first_day = years_later(rows[i].day, catalogue->erase_years);
        month->cases = rows[i].n;
    }
}

static void add_erased(struct reader *reader, Onedoor__Intake__GetRetentionReply *reply)
{
    size_t n;
    const struct counted_row *rows =
        reader_select(reader, &erased_shape,
                      "from erasure where centre = $1 and at >= $2 group by 1, 2"
                      " order by 1 desc, 2 limit $3",
                      PARAMS(P_I16(reader->centre), P_TIME(reader->now_ms - BEHIND_DAYS * day_ms),
                             P_I32(LINES_MOST)),
                      &n);
    reply->erased = ARENA_ARRAY(reader->arena, Onedoor__Intake__ErasedDay *, n + 1);
    for (size_t i = 0; i < n; i++) {
        Onedoor__Intake__ErasedDay *day = reply->erased[reply->n_erased++] =
            ARENA_NEW(reader->arena, Onedoor__Intake__ErasedDay);
        onedoor__intake__erased_day__init(day);
        day->day = rows[i].day;
        day->years = rows[i].years;
        day->cases = rows[i].n;
    }
}

struct outcome intake_get_retention(struct reader *reader, struct call *call)
{
    const struct catalogue *catalogue = reader->memory;
    Onedoor__Intake__GetRetentionReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetRetentionReply, onedoor__intake__get_retention_reply);
    reply->erase_years = catalogue->erase_years;
    reply->keys_kept_days = catalogue->keys_kept_days;
    add_due(reader, reply);
    add_erased(reader, reply);
    return OUTCOME_OK;
}
