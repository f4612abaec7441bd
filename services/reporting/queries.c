/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: what reporting is asked: a case's dossier, and the figures, which are sums over rollup
 * rows alone: what they cost does not grow with the number of cases. The search stands in search.c,
 * the board in board.c. */
#include <string.h>

#include "services/reporting/queries.h"

#include "services/reporting/dossier.h"
#include "services/reporting/entry.h"
#include "services/reporting/figures.h"
#include "services/reporting/reporting.h"

enum { LAST_DAY = 2932896 }; /* 9999-12-31 */

struct dossier_row reporting_read_dossier(const struct rows_read *rows, int row)
{
    return (struct dossier_row){
        .case_number = read_int(rows, row, 0),
        .item = read_text(rows, row, 1),
        .department = read_text(rows, row, 2),
        .window = (int32_t)read_int(rows, row, 3),
        .state = (int16_t)read_int(rows, row, 4),
        .paused = read_bool(rows, row, 5),
        .fast_lane = read_bool(rows, row, 6),
        .received_ms = read_time(rows, row, 7),
        .accepted_ms = read_time(rows, row, 8),
        .decided_ms = read_time(rows, row, 9),
        .closed_ms = read_time(rows, row, 10),
        .delivered_ms = read_time(rows, row, 11),
        .due_ms = read_time(rows, row, 12),
        .done_ms = read_time(rows, row, 13),
        .fee_fen = read_int(rows, row, 14),
        .paid_fen = read_int(rows, row, 15),
        .yellow = (int16_t)read_int(rows, row, 16),
        .red = (int16_t)read_int(rows, row, 17),
        .corrections = (int16_t)read_int(rows, row, 18),
        .summary = read_text(rows, row, 19),
        .involved = read_text(rows, row, 20),
    };
}

Onedoor__Reporting__Dossier *reporting_dossier_message(struct reader *reader,
                                                       const struct dossier_row *row)
{
    Onedoor__Reporting__Dossier *dossier = ARENA_NEW(reader->arena, Onedoor__Reporting__Dossier);

    onedoor__reporting__dossier__init(dossier);
    dossier->case_number = row->case_number;
    dossier->item = (char *)row->item;
    dossier->department = (char *)row->department;
    dossier->window = row->window;
    dossier->state = (char *)reporting_state_name(row);
    dossier->fast_lane = row->fast_lane;
    dossier->received_ms = row->received_ms;
    dossier->accepted_ms = row->accepted_ms;
    dossier->decided_ms = row->decided_ms;
    dossier->closed_ms = row->closed_ms;
    dossier->delivered_ms = row->delivered_ms;
    dossier->due_ms = row->due_ms;
    dossier->overdue = reporting_is_overdue(row, reader->now_ms);
    dossier->fee_fen = row->fee_fen;
    dossier->paid_fen = row->paid_fen;
    dossier->yellow = row->yellow;
    dossier->red = row->red;
    dossier->corrections = row->corrections;
    dossier->summary = (char *)row->summary;
    return dossier;
}

/* ---- GetDossier */

static struct outcome check_get_dossier(const void *message)
{
    const Onedoor__Reporting__GetDossier *ask = message;

    if (ask->case_number <= 0)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "which case?");
    return OUTCOME_OK;
}

static Onedoor__Reporting__TimelineEntry *timeline_entry(struct reader *reader,
                                                         const struct rows_read *rows, int row)
{
    Onedoor__Reporting__TimelineEntry *entry =
        ARENA_NEW(reader->arena, Onedoor__Reporting__TimelineEntry);
    const char *stream = reporting_stream_name((int16_t)read_int(rows, row, 1));

    onedoor__reporting__timeline_entry__init(entry);
    entry->at_ms = read_time(rows, row, 0);
    entry->stream = (char *)stream;
    entry->seq = read_int(rows, row, 2);
    entry->type = arena_printf(reader->arena, "%s.%s", stream, read_text(rows, row, 3));
    entry->actor = (char *)read_text(rows, row, 4);
    entry->department = (char *)read_text(rows, row, 5);
    entry->text = (char *)read_text(rows, row, 6);
    return entry;
}

/* Should a case have more to tell than a frame holds, its beginning is left out. */
static void fill_timeline(struct reader *reader, const struct rows_read *lines,
                          Onedoor__Reporting__GetDossierReply *reply)
{
    Onedoor__Reporting__TimelineEntry **all =
        ARENA_ARRAY(reader->arena, Onedoor__Reporting__TimelineEntry *, lines->n);
    size_t first = (size_t)lines->n, bytes = 0;

    while (first > 0) {
        all[first - 1] = timeline_entry(reader, lines, (int)first - 1);
        bytes += onedoor__reporting__timeline_entry__get_packed_size(all[first - 1]);
        if (bytes > REPLY_BYTES)
            break;
        first--;
    }
    reply->n_timeline = (size_t)lines->n - first;
    reply->timeline = all + first;
}

/* RULE H21: by these the gateway knows whose case it is. */
static void fill_involved(struct reader *reader, const char *codes,
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
    struct rows_read *rows =
        reader_ask(reader,
                   "select " DOSSIER_COLUMNS
                   " from dossier where centre = $1 and case_number = $2 and item is not null",
                   "si", reader->centre, ask->case_number);

    if (rows->n == 0)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    struct rows_read *lines =
        reader_ask(reader,
                   "select at, stream, seq, type, actor, department, text from timeline"
                   " where centre = $1 and case_number = $2 order by at, stream, seq",
                   "si", reader->centre, ask->case_number);
    const struct dossier_row dossier = reporting_read_dossier(rows, 0);
    Onedoor__Reporting__GetDossierReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__GetDossierReply, onedoor__reporting__get_dossier_reply);

    reply->dossier = reporting_dossier_message(reader, &dossier);
    fill_involved(reader, dossier.involved, reply);
    fill_timeline(reader, lines, reply);
    return OUTCOME_OK;
}

/* In the order of enum figure; over no rows a sum is null, which reads as 0. */
#define FIGURE_SUMS                                                                                \
    "sum(received)::bigint, sum(accepted)::bigint, sum(corrected)::bigint, "                       \
    "sum(refused)::bigint, sum(withdrawn)::bigint, sum(terminated)::bigint, "                      \
    "sum(granted)::bigint, sum(denied)::bigint, sum(decided)::bigint, "                            \
    "sum(on_time)::bigint, sum(closed)::bigint, sum(delivered)::bigint, "                          \
    "sum(tasks)::bigint, sum(orders)::bigint, sum(fee_fen)::bigint, "                              \
    "sum(paid_fen)::bigint, sum(yellow)::bigint, sum(red)::bigint"

/* Days $2 to $3, both included; null = open. */
#define IN_DAYS "day >= coalesce($2::date, '-infinity') and day <= coalesce($3::date, 'infinity')"

static Onedoor__Reporting__Figures *read_figures(struct reader *reader,
                                                 const struct rows_read *rows, int row, int column)
{
    Onedoor__Reporting__Figures *figures = ARENA_NEW(reader->arena, Onedoor__Reporting__Figures);
    int64_t n[FIGURES];

    for (int i = 0; i < FIGURES; i++)
        n[i] = read_int(rows, row, column + i);
    onedoor__reporting__figures__init(figures);
    figures->received = n[FIGURE_RECEIVED];
    figures->accepted = n[FIGURE_ACCEPTED];
    figures->corrected = n[FIGURE_CORRECTED];
    figures->refused = n[FIGURE_REFUSED];
    figures->withdrawn = n[FIGURE_WITHDRAWN];
    figures->terminated = n[FIGURE_TERMINATED];
    figures->granted = n[FIGURE_GRANTED];
    figures->denied = n[FIGURE_DENIED];
    figures->decided = n[FIGURE_DECIDED];
    figures->on_time = n[FIGURE_ON_TIME];
    figures->closed = n[FIGURE_CLOSED];
    figures->delivered = n[FIGURE_DELIVERED];
    figures->tasks = n[FIGURE_TASKS];
    figures->orders = n[FIGURE_ORDERS];
    figures->fee_fen = n[FIGURE_FEE_FEN];
    figures->paid_fen = n[FIGURE_PAID_FEN];
    figures->yellow = n[FIGURE_YELLOW];
    figures->red = n[FIGURE_RED];
    return figures;
}

struct outcome reporting_check_days(int32_t from_day, int32_t to_day)
{
    if (from_day < 0 || to_day < 0 || from_day > LAST_DAY || to_day > LAST_DAY ||
        (to_day != 0 && to_day < from_day))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_day", "a period ends after it begins");
    return OUTCOME_OK;
}

/* ---- Overview: the hall at a glance (RULE H16) */

static struct outcome check_overview(const void *message)
{
    const Onedoor__Reporting__Overview *ask = message;

    return reporting_check_days(ask->from_day, ask->to_day);
}

/* RULE H19: every window of the hall has its line, also when it had no business; and every other at
 * which cases came in. */
static struct rows_read *ask_windows(struct reader *reader, const Onedoor__Reporting__Overview *ask)
{
    return reader_ask(
        reader,
        "select coalesce(w.number, r.number), coalesce(w.department, r.department), w.name_zh,"
        " r.received, r.closed"
        " from (select number, department, name_zh from hall_window where centre = $1) w"
        " full join (select window_no as number, min(department) as department,"
        " sum(received)::bigint as received, sum(closed)::bigint as closed"
        " from rollup where centre = $1 and " IN_DAYS " and window_no > 0 group by window_no) r"
        " on w.number = r.number order by 1",
        "syy", reader->centre, ask->from_day, ask->to_day);
}

static Onedoor__Reporting__WindowLine *window_line(struct reader *reader,
                                                   const struct rows_read *rows, int row)
{
    Onedoor__Reporting__WindowLine *line = ARENA_NEW(reader->arena, Onedoor__Reporting__WindowLine);

    onedoor__reporting__window_line__init(line);
    line->window = (int32_t)read_int(rows, row, 0);
    line->department = (char *)read_text(rows, row, 1);
    line->name_zh = (char *)read_text(rows, row, 2);
    line->received = read_int(rows, row, 3);
    line->closed = read_int(rows, row, 4);
    return line;
}

static struct outcome answer_overview(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Overview *ask = call->message;
    struct rows_read *total =
        reader_ask(reader, "select " FIGURE_SUMS " from rollup where centre = $1 and " IN_DAYS,
                   "syy", reader->centre, ask->from_day, ask->to_day);
    struct rows_read *windows = ask_windows(reader, ask);
    Onedoor__Reporting__OverviewReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__OverviewReply, onedoor__reporting__overview_reply);

    reply->total = read_figures(reader, total, 0, 0);
    reply->n_windows = (size_t)windows->n;
    reply->windows = ARENA_ARRAY(reader->arena, Onedoor__Reporting__WindowLine *, windows->n);
    for (int row = 0; row < windows->n; row++)
        reply->windows[row] = window_line(reader, windows, row);
    return OUTCOME_OK;
}

/* ---- Rollup: by day, month, item, department or window */

static struct outcome check_rollup(const void *message)
{
    const Onedoor__Reporting__Rollup *ask = message;

    if (ask->by == ONEDOOR__REPORTING__BY__BY_UNSPECIFIED)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "by",
                       "by day, month, item, department or window?");
    return reporting_check_days(ask->from_day, ask->to_day);
}

static struct outcome answer_rollup(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Rollup *ask = call->message;
    struct rows_read *rows =
        reader_ask(reader,
                   "select case $4::int when 1 then to_char(day, 'YYYY-MM-DD') when 2 then item"
                   " when 3 then department when 4 then window_no::text"
                   " else to_char(day, 'YYYY-MM') end as key, " FIGURE_SUMS
                   " from rollup where centre = $1 and " IN_DAYS
                   " and ($5 = '' or department = $5) and ($6 = '' or item = $6)"
                   " group by key order by case $4::int when 4 then min(window_no) else 0 end, key",
                   "syyitt", reader->centre, ask->from_day, ask->to_day, (int64_t)ask->by,
                   ask->department, ask->item);
    Onedoor__Reporting__RollupReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__RollupReply, onedoor__reporting__rollup_reply);

    reply->n_lines = (size_t)rows->n;
    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Reporting__RollupLine *, rows->n);
    for (int row = 0; row < rows->n; row++) {
        reply->lines[row] = ARENA_NEW(reader->arena, Onedoor__Reporting__RollupLine);
        onedoor__reporting__rollup_line__init(reply->lines[row]);
        reply->lines[row]->key = (char *)read_text(rows, row, 0);
        reply->lines[row]->figures = read_figures(reader, rows, row, 1);
    }
    if (onedoor__reporting__rollup_reply__get_packed_size(reply) > REPLY_BYTES) {
        call->reply = NULL;
        return invalid(ONEDOOR__REASON__TOO_LARGE, "to_day",
                       "more lines than an answer holds: ask for a shorter period, or by month");
    }
    return OUTCOME_OK;
}

/* ---- */

#define STAFF (ANY_ROLE & ~ROLE(PUBLIC))

const struct query reporting_queries[] = {
    {&onedoor__reporting__get_dossier__descriptor, STAFF, check_get_dossier, answer_get_dossier},
    {&onedoor__reporting__search__descriptor, STAFF, reporting_check_search, reporting_search},
    {&onedoor__reporting__board__descriptor, ANY_ROLE, NULL, reporting_board},
    {&onedoor__reporting__overview__descriptor, STAFF, check_overview, answer_overview},
    {&onedoor__reporting__rollup__descriptor, STAFF, check_rollup, answer_rollup},
    {NULL, 0, NULL, NULL},
};
