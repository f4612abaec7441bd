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

/* The last line of a page, which its cursor says: "received_ms-case_number". */
struct page_end {
    int64_t received_ms;
    int64_t case_number;
};

static bool read_cursor(const char *text, struct page_end *end)
{
    int used = 0;

    *end = (struct page_end){NO_END_MS, INT64_MAX};
    if (text[0] == '\0')
        return true;
    return strlen(text) <= 40 &&
           sscanf(text, "%18" SCNd64 "-%18" SCNd64 "%n", &end->received_ms, &end->case_number,
                  &used) == 2 &&
           text[used] == '\0' && end->received_ms > 0;
}

struct outcome reporting_check_search(const void *message)
{
    const Onedoor__Reporting__Search *ask = message;
    bool by_figure = ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED;
    struct page_end end;

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
    if (!read_cursor(ask->after, &end))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "this is not where a page ended");
    return reporting_check_days(ask->from_day, ask->to_day);
}

/* As dossiers have it, where 0 is none; -1: any. */
static int32_t window_asked(const Onedoor__Reporting__Search *ask)
{
    return ask->no_window ? 0 : ask->window == 0 ? -1 : ask->window;
}

/* What is asked of the dossier itself, $1 to $12. */
#define WHICH                                                                                      \
    " where centre = $1"                                                                           \
    " and received_at >= $2 and received_at < $3 and (received_at, case_number) < ($4, $5)"        \
    " and ($6 = '' or item = $6) and ($7 = '' or department = $7)"                                 \
    " and ($8 = -1 or window_no = $8)"                                                             \
    " and ($9 = 0 or case when state = 5 and paused then 6 else state end = $9)"                   \
    " and (not $10 or done_at > due_at"                                                            \
    " or (done_at is null and state in (4, 5) and due_at < $11))"
#define IN_ORDER " order by received_at desc, case_number desc limit $12"

/* After the end of the page before; one more than a page holds, which tells whether there is a next
 * one. */
#define WHICH_PARAMS(reader, ask, end)                                                             \
    P_I16((reader)->centre), P_TIME((ask)->from_ms == 0 ? 1 : (ask)->from_ms),                     \
        P_TIME((ask)->to_ms == 0 ? NO_END_MS : (ask)->to_ms), P_TIME((end).received_ms),           \
        P_I64((end).case_number), P_TEXT((ask)->item), P_TEXT((ask)->department),                  \
        P_I32(window_asked(ask)), P_I32(reporting_state_named((ask)->state)),                      \
        P_BOOL((ask)->overdue), P_TIME((reader)->now_ms), P_I32((ask)->limit + 1)

/* A dossier, and what it counts in the figure that was asked for; 0 when none was. */
struct found_row {
    struct dossier_row dossier;
    int64_t counted;
};

static const struct shape found_shape = {.row_size = sizeof(struct found_row),
                                         .whole = &reporting_dossier_table};
static const struct column counted_columns[] = {COLUMN(found_row, counted, I64, 0)};
static const struct shape counted_shape =
    SHAPE_WITH(&reporting_dossier_table, found_row, counted_columns);

/* By figure: the cases whose tally of it over the days $15 to $16 is not 0, by the index on the
 * day. The rollups are the sum of the tally, so these are the very cases they count. The figure is
 * $13 less $14: what is late is what was decided less what was on time (RULE H16). */
static const struct found_row *search_figure(struct reader *reader,
                                             const Onedoor__Reporting__Search *ask,
                                             struct page_end end, size_t *n)
{
    bool late = ask->figure == ONEDOOR__REPORTING__FIGURE__LATE;

    return reader_select(
        reader, &counted_shape,
        "from dossier join"
        " (select case_number, sum(case figure when $13 then n else -n end)::bigint as counted"
        " from tally where centre = $1 and figure in ($13, $14)"
        " and day >= coalesce($15, '-infinity'::date) and day <= coalesce($16, 'infinity'::date)"
        " group by case_number) t using (case_number)" WHICH " and counted <> 0" IN_ORDER,
        PARAMS(WHICH_PARAMS(reader, ask, end),
               P_I32(late ? ONEDOOR__REPORTING__FIGURE__DECIDED : ask->figure),
               P_I32(late ? ONEDOOR__REPORTING__FIGURE__ON_TIME
                          : ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED),
               P_DAY(ask->from_day), P_DAY(ask->to_day)),
        n);
}

static const struct found_row *search(struct reader *reader, const Onedoor__Reporting__Search *ask,
                                      size_t *n)
{
    struct page_end end;

    (void)read_cursor(ask->after, &end);
    return ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED
               ? search_figure(reader, ask, end, n)
               : reader_select(reader, &found_shape, "from dossier" WHICH IN_ORDER,
                               PARAMS(WHICH_PARAMS(reader, ask, end)), n);
}

/* As many of the `n` found as a page and a frame hold; gives how many. */
static size_t fill_page(struct reader *reader, const struct found_row *found, size_t n,
                        Onedoor__Reporting__SearchReply *reply)
{
    size_t filled = 0;

    for (size_t bytes = 0; filled < n; filled++) {
        reply->dossiers[filled] = reporting_dossier_message(reader, &found[filled].dossier);
        reply->counted[filled] = found[filled].counted;
        bytes += onedoor__reporting__dossier__get_packed_size(reply->dossiers[filled]);
        if (bytes > REPLY_BYTES)
            break;
    }
    return filled;
}

struct outcome reporting_search(struct reader *reader, struct call *call)
{
    const Onedoor__Reporting__Search *ask = call->message;
    bool by_figure = ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED;
    size_t n, most = (size_t)ask->limit;
    const struct found_row *found = search(reader, ask, &n);
    Onedoor__Reporting__SearchReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__SearchReply, onedoor__reporting__search_reply);

    reply->dossiers = ARENA_ARRAY(reader->arena, Onedoor__Reporting__Dossier *, n);
    reply->counted = ARENA_ARRAY(reader->arena, int64_t, n);
    reply->n_dossiers = fill_page(reader, found, n < most ? n : most, reply);
    reply->n_counted = by_figure ? reply->n_dossiers : 0;
    if (reply->n_dossiers < n) {
        const struct dossier_row *last = &found[reply->n_dossiers - 1].dossier;
        reply->next = arena_printf(reader->arena, "%" PRId64 "-%" PRId64, last->received_ms,
                                   last->case_number);
    }
    return OUTCOME_OK;
}
