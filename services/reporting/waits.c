/* SPDX-License-Identifier: Apache-2.0 */
/* waits.c: RULE H16: how long visitors waited and were at a window, by day, item, queue, window or
 * hour, and the visits behind each line. */
#include "services/reporting/queries.h"

#include "services/reporting/reporting.h"
#include "services/reporting/say.h"

enum { VISITS_MOST = 500 };

struct visit_line_row {
    const char *key;
    int64_t called, waited_ms, longest_ms, served, handled_ms, gone;
};

/* $4: enum By of the wire. */
#define KEY                                                                                        \
    "case $4 when 1 then to_char(day, 'YYYY-MM-DD') when 2 then item when 3 then queue"            \
    " when 4 then window_no::text else to_char(hour, 'FM00') end"
/* Days $2 to $3, both included; null = open. */
#define IN_DAYS                                                                                    \
    "centre = $1 and day >= coalesce($2, '-infinity'::date)"                                       \
    " and day <= coalesce($3, 'infinity'::date) and ($5 = '' or queue = $5)"

static const struct column visit_line_columns[] = {
    COLUMN_AS(visit_line_row, key, KEY " as key", TEXT, 0),
    COLUMN_AS(visit_line_row, called, "count(*) filter (where called)", I64, 0),
    COLUMN_AS(visit_line_row, waited_ms, "sum(waited_ms)::bigint", I64, 0),
    COLUMN_AS(visit_line_row, longest_ms, "max(waited_ms)", I64, 0),
    COLUMN_AS(visit_line_row, served, "count(*) filter (where served)", I64, 0),
    COLUMN_AS(visit_line_row, handled_ms, "sum(handled_ms)::bigint", I64, 0),
    COLUMN_AS(visit_line_row, gone, "count(*) filter (where gone)", I64, 0),
};
static const struct shape visit_line_shape = SHAPE(visit_line_row, visit_line_columns);

static Onedoor__Reporting__VisitLine *line_of(struct reader *reader,
                                              const struct visit_line_row *row)
{
    Onedoor__Reporting__VisitLine *line = ARENA_NEW(reader->arena, Onedoor__Reporting__VisitLine);
    onedoor__reporting__visit_line__init(line);
    line->key = (char *)row->key;
    line->called = row->called;
    line->waited_ms = row->waited_ms;
    line->longest_ms = row->longest_ms;
    line->served = row->served;
    line->handled_ms = row->handled_ms;
    line->gone = row->gone;
    return line;
}

struct outcome reporting_visits(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Visits *ask = call->message;
    Onedoor__Reporting__VisitsReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__VisitsReply, onedoor__reporting__visits_reply);
    const struct visit_line_row *rows =
        reader_select(reader, &visit_line_shape,
                      "from visit where " IN_DAYS
                      " group by key order by case $4 when 4 then min(window_no) else 0 end, key",
                      PARAMS(P_I16(reader->centre), P_DAY(ask->from_day), P_DAY(ask->to_day),
                             P_I32(ask->by), P_TEXT(ask->department)),
                      &reply->n_lines);
    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Reporting__VisitLine *, reply->n_lines);
    for (size_t i = 0; i < reply->n_lines; i++)
        reply->lines[i] = line_of(reader, &rows[i]);
    return OUTCOME_OK;
}

struct outcome reporting_list_visits(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__ListVisits *ask = call->message;
    size_t n;
    const struct visit_row *rows = reader_rows(
        reader, &reporting_visit_table,
        "where " IN_DAYS " and " KEY " = $6"
        " order by waited_ms desc, day, number limit $7",
        PARAMS(P_I16(reader->centre), P_DAY(ask->from_day), P_DAY(ask->to_day), P_I32(ask->by),
               P_TEXT(ask->department), P_TEXT(ask->key), P_I32(VISITS_MOST + 1)),
        &n);
    Onedoor__Reporting__ListVisitsReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__ListVisitsReply, onedoor__reporting__list_visits_reply);
    reply->more = n > VISITS_MOST;
    reply->n_visits = reply->more ? VISITS_MOST : n;
    reply->visits = ARENA_ARRAY(reader->arena, Onedoor__Reporting__Visit *, n + 1);
    for (size_t i = 0; i < reply->n_visits; i++)
        reply->visits[i] = reporting_visit_message(&rows[i], reader->arena);
    return OUTCOME_OK;
}
