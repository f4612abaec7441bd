/* SPDX-License-Identifier: Apache-2.0 */
/* search.c: cases by what they are, or by the figure that counts them: the latest received first,
 * page by page; a page has no more than asked for, and than a frame holds. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "services/reporting/dossier.h"
#include "services/reporting/queries.h"

enum { PAGE_MAX = 500, WINDOW_MAX = 9999 };

/* The last instant a timestamptz is asked for here, 9999-12-31: an open end. */
#define NO_END_MS INT64_C(253402214400000)

/* The last line of a page, as its cursor: "received_ms-case_number". */
static bool read_cursor(const char *text, int64_t *received_ms, int64_t *case_number)
{
    int used = 0;

    *received_ms = NO_END_MS;
    *case_number = INT64_MAX;
    if (text[0] == '\0')
        return true;
    return strlen(text) <= 40 &&
           sscanf(text, "%18" SCNd64 "-%18" SCNd64 "%n", received_ms, case_number, &used) == 2 &&
           text[used] == '\0' && *received_ms > 0;
}

struct outcome reporting_check_search(const void *message)
{
    const Onedoor__Reporting__Search *ask = message;
    bool by_figure = ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED;
    int64_t received_ms, case_number;

    if (ask->limit < 1 || ask->limit > PAGE_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "limit", "from 1 to 500");
    if (ask->state[0] != '\0' && reporting_state_named(ask->state) == DOSSIER_UNHEARD)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "state", "there is no such state");
    if (ask->from_ms < 0 || ask->to_ms < 0 || ask->to_ms > NO_END_MS ||
        (ask->to_ms != 0 && ask->to_ms < ask->from_ms))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_ms", "a period ends after it begins");
    if (ask->window < 0 || ask->window > WINDOW_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "window", "from 1 to 9999, or 0 for any");
    if (ask->no_window && ask->window != 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "no_window", "at this window, or at none?");
    if (!by_figure && (ask->from_day != 0 || ask->to_day != 0))
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "figure", "which figure of these days?");
    if (!read_cursor(ask->after, &received_ms, &case_number))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "this is not where a page ended");
    return reporting_check_days(ask->from_day, ask->to_day);
}

/* As dossiers have it, where 0 is none; -1: any. */
static int32_t window_asked(const Onedoor__Reporting__Search *ask)
{
    return ask->no_window ? 0 : ask->window == 0 ? -1 : ask->window;
}

/* What is asked of the dossier itself, $1 to $12. One more than a page holds tells whether there is
 * a next one. */
#define WHICH                                                                                      \
    " where centre = $1"                                                                           \
    " and received_at >= $2 and received_at < $3 and (received_at, case_number) < ($4, $5)"        \
    " and ($6 = '' or item = $6) and ($7 = '' or department = $7)"                                 \
    " and ($8 = -1 or window_no = $8)"                                                             \
    " and ($9 = 0 or case when state = 5 and paused then 6 else state end = $9)"                   \
    " and (not $10 or done_at > due_at"                                                            \
    " or (done_at is null and state in (4, 5) and due_at < $11))"
#define IN_ORDER    " order by received_at desc, case_number desc limit $12"
#define WHICH_TYPES "smmmittdibmi"
#define WHICH_VALUES(reader, ask, received_ms, case_number)                                        \
    (reader)->centre, (ask)->from_ms == 0 ? INT64_C(1) : (ask)->from_ms,                           \
        (ask)->to_ms == 0 ? NO_END_MS : (ask)->to_ms, received_ms, case_number, (ask)->item,       \
        (ask)->department, window_asked(ask), (int64_t)reporting_state_named((ask)->state),        \
        (int)(ask)->overdue, (reader)->now_ms, (int64_t)(ask)->limit + 1

/* By figure: the cases whose tally of it over the days $15 to $16 is not 0, by the index on the
 * day. The rollups are the sum of the tally, so these are the very cases they count. The figure is
 * $13 less $14: what is late is what was decided less what was on time (RULE H16). */
static struct rows_read *search_figure(struct reader *reader, const Onedoor__Reporting__Search *ask)
{
    bool late = ask->figure == ONEDOOR__REPORTING__FIGURE__LATE;
    int64_t received_ms, case_number;

    (void)read_cursor(ask->after, &received_ms, &case_number);
    return reader_ask(
        reader,
        "select " DOSSIER_COLUMNS ", counted from dossier join"
        " (select case_number, sum(case figure when $13 then n else -n end)::bigint as counted"
        " from tally where centre = $1 and figure in ($13, $14)"
        " and day >= coalesce($15::date, '-infinity') and day <= coalesce($16::date, 'infinity')"
        " group by case_number) t using (case_number)" WHICH " and counted <> 0" IN_ORDER,
        WHICH_TYPES "iiyy", WHICH_VALUES(reader, ask, received_ms, case_number),
        (int64_t)(late ? ONEDOOR__REPORTING__FIGURE__DECIDED : ask->figure),
        (int64_t)(late ? ONEDOOR__REPORTING__FIGURE__ON_TIME
                       : ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED),
        ask->from_day, ask->to_day);
}

static struct rows_read *search(struct reader *reader, const Onedoor__Reporting__Search *ask)
{
    int64_t received_ms, case_number;

    if (ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED)
        return search_figure(reader, ask);
    (void)read_cursor(ask->after, &received_ms, &case_number);
    return reader_ask(reader, "select " DOSSIER_COLUMNS ", 0 from dossier" WHICH IN_ORDER,
                      WHICH_TYPES, WHICH_VALUES(reader, ask, received_ms, case_number));
}

/* As many of the rows as a frame holds; gives how many. */
static size_t fill_page(struct reader *reader, const struct rows_read *rows, size_t most,
                        Onedoor__Reporting__SearchReply *reply)
{
    size_t n = 0;

    for (size_t bytes = 0; n < most && n < (size_t)rows->n; n++) {
        const struct dossier_row row = reporting_read_dossier(rows, (int)n);
        reply->dossiers[n] = reporting_dossier_message(reader, &row);
        reply->counted[n] = read_int(rows, (int)n, DOSSIER_N_COLUMNS);
        bytes += onedoor__reporting__dossier__get_packed_size(reply->dossiers[n]);
        if (bytes > REPLY_BYTES)
            break;
    }
    return n;
}

struct outcome reporting_search(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Search *ask = call->message;
    bool by_figure = ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED;
    struct rows_read *rows = search(reader, ask);
    Onedoor__Reporting__SearchReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__SearchReply, onedoor__reporting__search_reply);

    reply->dossiers = ARENA_ARRAY(reader->arena, Onedoor__Reporting__Dossier *, rows->n);
    reply->counted = ARENA_ARRAY(reader->arena, int64_t, rows->n);
    reply->n_dossiers = fill_page(reader, rows, (size_t)ask->limit, reply);
    reply->n_counted = by_figure ? reply->n_dossiers : 0;
    if (reply->n_dossiers < (size_t)rows->n) {
        const Onedoor__Reporting__Dossier *last = reply->dossiers[reply->n_dossiers - 1];
        reply->next = arena_printf(reader->arena, "%" PRId64 "-%" PRId64, last->received_ms,
                                   last->case_number);
    }
    return OUTCOME_OK;
}
