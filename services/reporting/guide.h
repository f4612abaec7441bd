/* SPDX-License-Identifier: Apache-2.0 */
/* guide.h: on which days the cases of a search came in. The rollups tell it: those of months in
 * which months there are any and of which items, those of days on which days. So a search reads
 * cases near the ones it finds, however many the hall has and however few it looks for. */
#ifndef REPORTING_GUIDE_H
#define REPORTING_GUIDE_H

#include "common/service/reader.h"

/* What is looked for. Of the figure, less another, something was counted on a day of the period. */
struct guided {
    int32_t figure; /* as on the wire and in the tally: 1 to 20 */
    int32_t less;   /* 0: nothing */
    bool both;      /* a rollup counts also where the two are alike, as money given back is */
    int32_t from_day, to_day;       /* of the events, both included */
    int32_t from_cohort, to_cohort; /* of the receipt, both included */
    const char *item, *department;  /* "": any */
    int32_t window;                 /* -1: any */
};

/* Days of receipt, both included. */
struct stretch {
    int32_t first, last;
};

struct guide;

/* In the arena of the request. */
struct guide *guide_new(struct reader *, const struct guided *);

/* The next stretch, going back in time: it has as many cases as are wanted, or all that are left.
 * False: there are no more. */
bool guide_next(struct guide *, int64_t wanted, struct stretch *);

/* clang-format off */
#define GUIDE_VALUE(figure) \
    "case " figure " when 1 then received when 2 then accepted when 3 then corrected" \
    " when 4 then refused when 5 then withdrawn when 6 then terminated when 7 then granted" \
    " when 8 then denied when 9 then decided when 10 then on_time when 11 then closed" \
    " when 12 then delivered when 13 then tasks when 14 then orders when 15 then fee_fen" \
    " when 16 then paid_fen when 17 then yellow when 18 then red when 19 then waived_fen" \
    " when 20 then refunded_fen else 0 end"
/* Rollups of months (span 2) or by receipt (4) with such cases, by the parameters $1 to $7 of
 * GUIDE_PARAMS. Where something was taken back, cases may come to 0 together. */
#define GUIDE_ROLLUPS(span) \
    "from rollup where centre = $1 and span = " span \
    " and ((taken_back & ((1 << $2) | (1 << $3))) <> 0 or " GUIDE_VALUE("$2") " <> " GUIDE_VALUE("$3") \
    " or ($4 and " GUIDE_VALUE("$3") " <> 0))" \
    " and ($5 = '' or item = $5) and ($6 = '' or department = $6)" \
    " and ($7 = -1 or window_no = $7)"
/* The days of receipt between $10 and $11 with such cases, each with item and window (guided_*): by
 * the months' rollups to those by receipt. The events are of the days $8 to $9, or near. */
#define GUIDE_DAYS \
    "(select distinct cohort, item, window_no from" \
    " (select distinct cohort as month, item as of_item, window_no as of_window " \
    GUIDE_ROLLUPS("2") \
    " and cohort >= date_trunc('month', $10::timestamp)::date and cohort <= $11" \
    " and day >= date_trunc('month', $8::timestamp)::date and day <= $9 offset 0) months" \
    " cross join generate_series(0, 30) n" \
    " cross join lateral (select cohort, item, window_no " \
    GUIDE_ROLLUPS("4") \
    " and cohort = month + n and item = of_item and window_no = of_window" \
    " and day >= date_trunc('year', $8::timestamp)::date and day <= $9 limit 1) days" \
    " where month + n >= $10 and month + n <= $11" \
    " and month + n < (month + interval '1 month')::date)" \
    " guide (guided_day, guided_item, guided_window)"
/* clang-format on */

/* $1 to $11, for the days of a stretch. */
#define GUIDE_PARAMS(reader, guided, stretch)                                                      \
    P_I16((reader)->centre), P_I32((guided)->figure), P_I32((guided)->less),                       \
        P_BOOL((guided)->both), P_TEXT((guided)->item), P_TEXT((guided)->department),              \
        P_I32((guided)->window), P_DAY((guided)->from_day), P_DAY((guided)->to_day),               \
        P_DAY((stretch).first), P_DAY((stretch).last)

#endif
