/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: answers to questions about a case's dossier, and about the figures, which are sums
 * over rollup rows alone, so that their cost does not grow with the number of cases. The search is
 * in search.c, the board in board.c. */
#include <string.h>

#include "services/reporting/queries.h"

#include "common/wire/message.h"
#include "services/reporting/dossier.h"
#include "services/reporting/entry.h"
#include "services/reporting/figures.h"
#include "services/reporting/reporting.h"
#include "services/reporting/say.h"
#include "services/reporting/span.h"

/* ---- GetDossier */

/* The beginning of a timeline is left out when the whole is larger than a frame. */
static void add_timeline(struct reader *reader, int64_t case_number,
                         Onedoor__Reporting__GetDossierReply *reply)
{
    size_t n;
    const struct timeline_row *rows =
        reader_rows(reader, &reporting_timeline_table,
                    "where centre = $1 and case_number = $2 order by at, stream, seq",
                    PARAMS(P_I16(reader->centre), P_I64(case_number)), &n);
    Onedoor__Reporting__TimelineEntry **all =
        ARENA_ARRAY(reader->arena, Onedoor__Reporting__TimelineEntry *, n);
    size_t first = n, bytes = 0;

    while (first > 0) {
        all[first - 1] = reporting_timeline_message(&rows[first - 1], reader->arena);
        bytes += onedoor__reporting__timeline_entry__get_packed_size(all[first - 1]);
        if (bytes > MESSAGE_PAGE_BYTES)
            break;
        first--;
    }
    reply->n_timeline = n - first;
    reply->timeline = all + first;
}

/* RULE H21: by these the gateway knows whose case it is. */
static void add_involved(struct reader *reader, const char *codes,
                         Onedoor__Reporting__GetDossierReply *reply)
{
    reply->involved =
        ARENA_ARRAY(reader->arena, Onedoor__Reporting__InvolvedDepartment *, strlen(codes) / 2 + 1);
    for (size_t length; *codes != '\0'; codes += length + (codes[length] == ' ')) {
        Onedoor__Reporting__InvolvedDepartment *one =
            ARENA_NEW(reader->arena, Onedoor__Reporting__InvolvedDepartment);
        length = strcspn(codes, " ");
        onedoor__reporting__involved_department__init(one);
        one->department = arena_printf(reader->arena, "%.*s", (int)length, codes);
        reply->involved[reply->n_involved++] = one;
    }
}

static struct outcome answer_get_dossier(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__GetDossier *ask = call->message;
    const struct dossier_row *dossier =
        reader_row(reader, &reporting_dossier_table,
                   "where centre = $1 and case_number = $2 and item is not null",
                   PARAMS(P_I16(reader->centre), P_I64(ask->case_number)));

    if (dossier == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    Onedoor__Reporting__GetDossierReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__GetDossierReply, onedoor__reporting__get_dossier_reply);

    reply->dossier =
        reporting_dossier_message(dossier, &((const struct reporting *)reader->memory)->calendar,
                                  reader->now_ms, reader->arena);
    add_involved(reader, dossier->involved, reply);
    add_timeline(reader, ask->case_number, reply);
    return OUTCOME_OK;
}

/* ---- figures: sums of rollup rows. Over no rows a sum is null, which is read as 0. */

#define SUM(row, figure, name) COLUMN_AS(row, figures.n[figure], "sum(" name ")::bigint", I64, 0)
#define SUMS(row)                                                                                  \
    SUM(row, FIGURE_RECEIVED, "received"), SUM(row, FIGURE_ACCEPTED, "accepted"),                  \
        SUM(row, FIGURE_CORRECTED, "corrected"), SUM(row, FIGURE_REFUSED, "refused"),              \
        SUM(row, FIGURE_WITHDRAWN, "withdrawn"), SUM(row, FIGURE_TERMINATED, "terminated"),        \
        SUM(row, FIGURE_GRANTED, "granted"), SUM(row, FIGURE_DENIED, "denied"),                    \
        SUM(row, FIGURE_DECIDED, "decided"), SUM(row, FIGURE_ON_TIME, "on_time"),                  \
        SUM(row, FIGURE_CLOSED, "closed"), SUM(row, FIGURE_DELIVERED, "delivered"),                \
        SUM(row, FIGURE_TASKS, "tasks"), SUM(row, FIGURE_ORDERS, "orders"),                        \
        SUM(row, FIGURE_FEE_FEN, "fee_fen"), SUM(row, FIGURE_PAID_FEN, "paid_fen"),                \
        SUM(row, FIGURE_YELLOW, "yellow"), SUM(row, FIGURE_RED, "red"),                            \
        SUM(row, FIGURE_WAIVED_FEN, "waived_fen"), SUM(row, FIGURE_REFUNDED_FEN, "refunded_fen")

/* The rollups of a period's pieces, $2 to $11, by the day of the events or by that of receipt. */
#define IN(day, single)                                                                            \
    "((span = 3 and " day " >= $2 and " day " < $3)"                                               \
    " or (span = 2 and (" day " >= $4 and " day " < $5 or " day " >= $6 and " day " < $7))"        \
    " or (span = " single " and (" day " >= $8 and " day " < $9 or " day " >= $10 and " day        \
    " < $11)))"
#define IN_DAYS      IN("day", "1")
#define PIECE(piece) P_DAY((piece).from), P_DAY((piece).to)
#define IN_PARAMS(pieces)                                                                          \
    PIECE((pieces).years), PIECE((pieces).months[0]), PIECE((pieces).months[1]),                   \
        PIECE((pieces).days[0]), PIECE((pieces).days[1])

/* ---- Overview: the hall at a glance (RULE H16) */

struct total_row {
    struct figures figures;
};

static const struct column total_columns[] = {SUMS(total_row)};
static const struct shape total_shape = SHAPE(total_row, total_columns);

/* A window (w) and its figures (r). */
struct window_line_row {
    int32_t number;
    const char *department;
    const char *name_zh; /* null: the hall does not know it */
    int64_t received, closed;
};

static const struct column window_line_columns[] = {
    COLUMN_AS(window_line_row, number, "coalesce(w.number, r.number) as number", I32, 0),
    COLUMN_AS(window_line_row, department, "coalesce(w.department, r.department)", TEXT, 0),
    COLUMN_AS(window_line_row, name_zh, "w.name_zh", TEXT, 0),
    COLUMN_AS(window_line_row, received, "r.received", I64, 0),
    COLUMN_AS(window_line_row, closed, "r.closed", I64, 0),
};
static const struct shape window_line_shape = SHAPE(window_line_row, window_line_columns);

static Onedoor__Reporting__WindowLine *window_line(struct reader *reader,
                                                   const struct window_line_row *row)
{
    Onedoor__Reporting__WindowLine *line = ARENA_NEW(reader->arena, Onedoor__Reporting__WindowLine);

    onedoor__reporting__window_line__init(line);
    line->window = row->number;
    line->department = (char *)row->department;
    line->name_zh = (char *)row->name_zh;
    line->received = row->received;
    line->closed = row->closed;
    return line;
}

/* RULE H19: every window of the hall has its line, also when it had no business; and every other at
 * which cases came in. */
static void add_windows(struct reader *reader, struct params days,
                        Onedoor__Reporting__OverviewReply *reply)
{
    const struct window_line_row *rows = reader_select(
        reader, &window_line_shape,
        "from (select number, department, name_zh from hall_window where centre = $1) w"
        " full join (select window_no as number,"
        " min(department) filter (where received > 0) as department,"
        " sum(received)::bigint as received, sum(closed)::bigint as closed"
        " from rollup where centre = $1 and " IN_DAYS " and window_no > 0 group by window_no) r"
        " on w.number = r.number order by number",
        days, &reply->n_windows);

    reply->windows = ARENA_ARRAY(reader->arena, Onedoor__Reporting__WindowLine *, reply->n_windows);
    for (size_t i = 0; i < reply->n_windows; i++)
        reply->windows[i] = window_line(reader, &rows[i]);
}

static struct outcome answer_overview(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Overview *ask = call->message;
    const struct pieces pieces = span_pieces(ask->from_day, ask->to_day, SPAN_YEAR);
    const struct params days = PARAMS(P_I16(reader->centre), IN_PARAMS(pieces));
    const struct total_row *total =
        reader_total(reader, &total_shape, "from rollup where centre = $1 and " IN_DAYS, days);
    Onedoor__Reporting__OverviewReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__OverviewReply, onedoor__reporting__overview_reply);

    reply->total = reporting_figures_message(&total->figures, reader->arena);
    add_windows(reader, days, reply);
    return OUTCOME_OK;
}

/* ---- Rollup: by day, month, item, department or window */

struct rolled_row {
    const char *key;
    struct figures figures;
};

/* $12: enum By of the wire. A rollup is by the day of the events, or by the day of receipt. */
#define KEY(day)                                                                                   \
    COLUMN_AS(rolled_row, key,                                                                     \
              "case $12 when 1 then to_char(" day ", 'YYYY-MM-DD') when 2 then item when 3 then"   \
              " department when 4 then window_no::text else to_char(" day ", 'YYYY-MM') end as"    \
              " key",                                                                              \
              TEXT, 0)
#define ROLLED(day, single)                                                                        \
    "from rollup where centre = $1 and " IN(                                                       \
        day, single) " and ($13 = '' or department = $13) and ($14 = '' or item = $14)"            \
                     " group by key order by case $12 when 4 then min(window_no) else 0 end, key"

static const struct column rolled_columns[] = {KEY("day"), SUMS(rolled_row)};
static const struct shape rolled_shape = SHAPE(rolled_row, rolled_columns);
static const struct column received_columns[] = {KEY("cohort"), SUMS(rolled_row)};
static const struct shape received_shape = SHAPE(rolled_row, received_columns);

/* The longest span that lies in one line. */
static enum span longest(Onedoor__Reporting__By by)
{
    return by == ONEDOOR__REPORTING__BY__BY_DAY     ? SPAN_DAY
           : by == ONEDOOR__REPORTING__BY__BY_MONTH ? SPAN_MONTH
                                                    : SPAN_YEAR;
}

static const struct rolled_row *roll_up(struct reader *reader,
                                        const Onedoor__Reporting__Rollup *ask, size_t *n)
{
    const struct pieces pieces = span_pieces(ask->from_day, ask->to_day, longest(ask->by));
    const struct params params = PARAMS(P_I16(reader->centre), IN_PARAMS(pieces), P_I32(ask->by),
                                        P_TEXT(ask->department), P_TEXT(ask->item));

    return ask->of_received
               ? reader_select(reader, &received_shape, ROLLED("cohort", "4"), params, n)
               : reader_select(reader, &rolled_shape, ROLLED("day", "1"), params, n);
}

static Onedoor__Reporting__RollupLine *rollup_line(struct reader *reader,
                                                   const struct rolled_row *row)
{
    Onedoor__Reporting__RollupLine *line = ARENA_NEW(reader->arena, Onedoor__Reporting__RollupLine);

    onedoor__reporting__rollup_line__init(line);
    line->key = (char *)row->key;
    line->figures = reporting_figures_message(&row->figures, reader->arena);
    return line;
}

static struct outcome answer_rollup(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Rollup *ask = call->message;
    Onedoor__Reporting__RollupReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__RollupReply, onedoor__reporting__rollup_reply);
    const struct rolled_row *rows = roll_up(reader, ask, &reply->n_lines);

    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Reporting__RollupLine *, reply->n_lines);
    for (size_t i = 0; i < reply->n_lines; i++)
        reply->lines[i] = rollup_line(reader, &rows[i]);
    if (onedoor__reporting__rollup_reply__get_packed_size(reply) > MESSAGE_PAGE_BYTES) {
        call->reply = NULL;
        return invalid(ONEDOOR__REASON__TOO_LARGE, "to_day",
                       "more lines than an answer holds: ask for a shorter period, or by month");
    }
    return OUTCOME_OK;
}

/* ---- */

#define STAFF (ANY_ROLE & ~ROLE(PUBLIC))

const struct query reporting_queries[] = {
    {&onedoor__reporting__get_dossier__descriptor, STAFF, answer_get_dossier},
    {&onedoor__reporting__search__descriptor, STAFF, reporting_search},
    {&onedoor__reporting__board__descriptor, ANY_ROLE, reporting_board},
    {&onedoor__reporting__list_usual__descriptor, ANY_ROLE, reporting_usual},
    {&onedoor__reporting__overview__descriptor, STAFF, answer_overview},
    {&onedoor__reporting__rollup__descriptor, STAFF, answer_rollup},
    {&onedoor__reporting__visits__descriptor, STAFF, reporting_visits},
    {&onedoor__reporting__list_visits__descriptor, STAFF, reporting_list_visits},
    {NULL, 0, NULL},
};
