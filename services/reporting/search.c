/* SPDX-License-Identifier: Apache-2.0 */
/* search.c: cases by what they are, or by the figure that counts them: the latest received first,
 * page by page; a page has no more than asked for, and than a frame holds. */
#include "common/values/day.h"
#include "common/wire/message.h"
#include "services/reporting/dossier.h"
#include "services/reporting/place.h"
#include "services/reporting/queries.h"
#include "services/reporting/reporting.h"
#include "services/reporting/say.h"

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
#define WHICH_PARAMS(reader, ask, of_department, end)                                              \
    P_I16((reader)->centre), P_TIME((ask)->from_ms == 0 ? 1 : (ask)->from_ms),                     \
        P_TIME((ask)->to_ms == 0 ? INSTANT_MAX_MS : (ask)->to_ms), P_TIME((end).received_ms),      \
        P_I64((end).case_number), P_TEXT((ask)->item), P_TEXT(of_department),                      \
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

/* The two figures, one less the other, that a figure asked for is made of. */
struct difference {
    int32_t figure;
    int32_t less; /* 0: nothing */
    bool is_money;
};

#define OF(name) ONEDOOR__REPORTING__FIGURE__##name

static struct difference difference_of(Onedoor__Reporting__Figure figure)
{
    switch (figure) {
    case OF(LATE): /* RULE H16 */
        return (struct difference){OF(DECIDED), OF(ON_TIME), false};
    case OF(NET):
        return (struct difference){OF(PAID), OF(REFUNDED), true};
    case OF(FEE):
    case OF(PAID):
    case OF(WAIVED):
    case OF(REFUNDED):
        return (struct difference){(int32_t)figure, 0, true};
    default:
        return (struct difference){(int32_t)figure, 0, false};
    }
}

/* ---- by figure: the cases whose tally of it over the days $15 to $16 is not 0. The rollups are
 * the sum of the tally, so these are the very cases they count. The figure is $13 less $14. A
 * department's ($17) are the cases of its items, but of money those with a fee of its own. */

#define COUNTED "sum(case figure when $13 then n else -n end)"
#define OF_DAYS                                                                                    \
    " day >= coalesce($15, '-infinity'::date) and day <= coalesce($16, 'infinity'::date)"          \
    " and ($17 = '' or t.department in ('', $17))"

/* From the tally to the dossiers, by their key: for few rows of the tally. */
#define FROM_TALLY(which)                                                                          \
    "from (select case_number as counted_case, " COUNTED "::bigint as counted from tally t"        \
    " where centre = $1 and figure in ($13, $14) and " which OF_DAYS " group by case_number) c"    \
    " cross join lateral (select * from dossier d where d.centre = $1"                             \
    " and d.case_number = counted_case offset 0) dossier" WHICH " and counted <> 0" IN_ORDER
#define IS_RARE "figure in (3, 4, 5, 6, 8, 17, 18, 19, 20)"

/* From the dossiers, the latest first, each with its tally, until a page is full: for a figure that
 * many cases have. */
#define FROM_DOSSIERS                                                                              \
    "from dossier cross join lateral (select coalesce(" COUNTED ", 0)::bigint as counted"          \
    " from tally t where t.centre = dossier.centre and t.case_number = dossier.case_number"        \
    " and t.figure in ($13, $14) and " OF_DAYS ") t" WHICH " and counted <> 0" IN_ORDER

/* So many rows are read from the tally's side; and so many days are few. */
enum { TALLY_MAX = 15000, DAYS_FEW = 3 };

static bool is_rare(struct reader *reader, const Onedoor__Reporting__Search *ask, int32_t figure)
{
    static const int32_t rare[] = {OF(CORRECTED),  OF(REFUSED), OF(WITHDRAWN),
                                   OF(TERMINATED), OF(DENIED),  OF(YELLOW),
                                   OF(RED),        OF(WAIVED),  OF(REFUNDED)};
    bool listed = false;

    for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++)
        listed = listed || rare[i] == figure;
    return listed &&
           reader_count(reader,
                        "from (select from tally where centre = $1 and figure = $2 and " IS_RARE
                        " and day >= coalesce($3, '-infinity'::date)"
                        " and day <= coalesce($4, 'infinity'::date) limit $5) t",
                        PARAMS(P_I16(reader->centre), P_I32(figure), P_DAY(ask->from_day),
                               P_DAY(ask->to_day), P_I32(TALLY_MAX))) < TALLY_MAX;
}

static bool has_few_days(const Onedoor__Reporting__Search *ask)
{
    return ask->from_day != 0 && ask->to_day != 0 && ask->to_day - ask->from_day < DAYS_FEW;
}

/* Nothing is counted of a case before the day on which it was received. */
static Onedoor__Reporting__Search up_to_day(const struct reader *reader,
                                            const Onedoor__Reporting__Search *ask)
{
    const struct reporting *reporting = reader->memory;
    Onedoor__Reporting__Search bounded = *ask;
    int64_t end_ms = calendar_midnight(&reporting->calendar, (struct day){ask->to_day + 1});

    if (ask->to_day != 0 && (ask->to_ms == 0 || ask->to_ms > end_ms))
        bounded.to_ms = end_ms;
    return bounded;
}

static const struct found_row *search_figure(struct reader *reader,
                                             const Onedoor__Reporting__Search *ask,
                                             struct place end, size_t *n)
{
    const struct difference figure = difference_of(ask->figure);
    const Onedoor__Reporting__Search bounded = up_to_day(reader, ask);
    const struct params params =
        PARAMS(WHICH_PARAMS(reader, &bounded, figure.is_money ? "" : ask->department, end),
               P_I32(figure.figure), P_I32(figure.less), P_DAY(ask->from_day), P_DAY(ask->to_day),
               P_TEXT(ask->department));

    if (figure.less == 0 && is_rare(reader, ask, figure.figure))
        return reader_select(reader, &counted_shape, FROM_TALLY(IS_RARE " and "), params, n);
    return has_few_days(ask) ? reader_select(reader, &counted_shape, FROM_TALLY(""), params, n)
                             : reader_select(reader, &counted_shape, FROM_DOSSIERS, params, n);
}

/* ---- by state: a case that is over before it is decided is found by its tally, one that is not
 * over among those that stand. What is delivered is most cases. */

static const struct found_row *search_over(struct reader *reader,
                                           const Onedoor__Reporting__Search *ask,
                                           Onedoor__Reporting__Figure figure, size_t *n)
{
    struct place end;
    Onedoor__Reporting__Search by_figure = *ask;

    (void)reporting_place_read(ask->after, &end);
    by_figure.figure = figure;
    return search_figure(reader, &by_figure, end, n);
}

static const struct found_row *search_standing(struct reader *reader,
                                               const Onedoor__Reporting__Search *ask,
                                               struct place end, size_t *n)
{
    int32_t state = reporting_state_named(ask->state);

    return reader_select(reader, &found_shape,
                         "from dossier" WHICH " and exists (select from standing s"
                         " where s.centre = $1 and s.case_number = dossier.case_number"
                         " and s.state = $13)" IN_ORDER,
                         PARAMS(WHICH_PARAMS(reader, ask, ask->department, end),
                                P_I32(state == DOSSIER_SUSPENDED ? DOSSIER_IN_APPROVAL : state)),
                         n);
}

static const struct found_row *search(struct reader *reader, const Onedoor__Reporting__Search *ask,
                                      size_t *n)
{
    struct place end;

    (void)reporting_place_read(ask->after, &end);
    if (ask->figure != ONEDOOR__REPORTING__FIGURE__FIGURE_UNSPECIFIED)
        return search_figure(reader, ask, end, n);
    switch (reporting_state_named(ask->state)) {
    case DOSSIER_REFUSED:
        return search_over(reader, ask, OF(REFUSED), n);
    case DOSSIER_WITHDRAWN:
        return search_over(reader, ask, OF(WITHDRAWN), n);
    case DOSSIER_TERMINATED:
        return search_over(reader, ask, OF(TERMINATED), n);
    case 0:
    case DOSSIER_DELIVERED:
        return reader_select(reader, &found_shape, "from dossier" WHICH IN_ORDER,
                             PARAMS(WHICH_PARAMS(reader, ask, ask->department, end)), n);
    default:
        return search_standing(reader, ask, end, n);
    }
}

/* As many of the `n` found as a page and a frame hold; gives how many. */
static size_t fill_page(struct reader *reader, const struct found_row *found, size_t n,
                        Onedoor__Reporting__SearchReply *reply)
{
    size_t filled = 0;

    for (size_t bytes = 0; filled < n; filled++) {
        reply->dossiers[filled] = reporting_dossier_message(
            &found[filled].dossier, &((const struct reporting *)reader->memory)->calendar,
            reader->now_ms, reader->arena);
        reply->counted[filled] = found[filled].counted;
        bytes += onedoor__reporting__dossier__get_packed_size(reply->dossiers[filled]);
        if (bytes > MESSAGE_PAGE_BYTES)
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
        reply->next = reporting_place_write(last, reader->arena);
    }
    return OUTCOME_OK;
}
