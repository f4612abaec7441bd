/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/guide.h"

#include "services/reporting/span.h"

/* A month or a day of receipt, and in how many rollups there are cases. */
struct hits_row {
    int32_t cohort;
    int64_t hits;
};

static const struct column hits_columns[] = {COLUMN(hits_row, cohort, DAY, 0),
                                             COLUMN_AS(hits_row, hits, "count(*)", I64, 0)};
static const struct shape hits_shape = SHAPE(hits_row, hits_columns);

/* What has not been gone through, the latest first. */
struct hits {
    const struct hits_row *rows;
    size_t n, next;
};

struct guide {
    struct reader *reader;
    struct guided guided;
    struct hits months, days;
};

static void read_months(struct guide *guide)
{
    const struct guided *guided = &guide->guided;
    const struct stretch all = {span_first(SPAN_MONTH, guided->from_cohort), guided->to_cohort};

    guide->months.rows = reader_select(
        guide->reader, &hits_shape,
        GUIDE_ROLLUPS("2") " and cohort >= $10 and cohort <= $11"
                           " and day >= date_trunc('month', $8::timestamp)::date and day <= $9"
                           " group by cohort order by cohort desc",
        PARAMS(GUIDE_PARAMS(guide->reader, guided, all)), &guide->months.n);
}

struct guide *guide_new(struct reader *reader, const struct guided *guided)
{
    struct guide *guide = ARENA_NEW(reader->arena, struct guide);

    *guide = (struct guide){.reader = reader, .guided = *guided};
    read_months(guide);
    return guide;
}

/* Takes so many of the latest that they have enough. */
static bool take(struct hits *hits, int64_t wanted, struct stretch *stretch)
{
    if (hits->next == hits->n)
        return false;
    stretch->last = hits->rows[hits->next].cohort;
    for (int64_t found = 0; hits->next < hits->n && found < wanted; hits->next++) {
        stretch->first = hits->rows[hits->next].cohort;
        found += hits->rows[hits->next].hits;
    }
    return true;
}

static int32_t last_of_month(int32_t first)
{
    enum { DAYS_MOST = 31 };
    return span_first(SPAN_MONTH, first + DAYS_MOST) - 1;
}

static void read_days(struct guide *guide, struct stretch months)
{
    const struct guided *guided = &guide->guided;
    int32_t last = last_of_month(months.last);
    const struct stretch days = {months.first < guided->from_cohort ? guided->from_cohort
                                                                    : months.first,
                                 last > guided->to_cohort ? guided->to_cohort : last};

    guide->days.next = 0;
    guide->days.rows =
        reader_select(guide->reader, &hits_shape,
                      "from (select guided_day as cohort from " GUIDE_DAYS
                      ") days group by cohort order by cohort desc",
                      PARAMS(GUIDE_PARAMS(guide->reader, guided, days)), &guide->days.n);
}

bool guide_next(struct guide *guide, int64_t wanted, struct stretch *stretch)
{
    struct stretch months;

    while (!take(&guide->days, wanted, stretch)) {
        if (!take(&guide->months, wanted, &months))
            return false;
        read_days(guide, months);
    }
    return true;
}
