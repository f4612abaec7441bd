/* SPDX-License-Identifier: Apache-2.0 */
/* search.c: cases by what they are, or by the figure that counts them: the latest received first,
 * page by page; a page has no more than asked for, and than a frame holds. */
#include <string.h>

#include "common/values/day.h"
#include "common/wire/message.h"
#include "services/reporting/dossier.h"
#include "services/reporting/guide.h"
#include "services/reporting/place.h"
#include "services/reporting/queries.h"
#include "services/reporting/reporting.h"
#include "services/reporting/say.h"

enum { DAY_MS = 86400000 };
/* The ends of an open period: days before and after all cases. */
#define DAY_LEAST (day_from_ymd(2000, 1, 1).n)
#define DAY_MOST  (day_from_ymd(9998, 12, 31).n)

/* What is asked of the dossier itself: page, filters and state, from the parameter numbered first.
 */
#define WHICH(centre, from, to, at, number, item, dept, window, state, overdue, now)               \
    " where centre = " centre " and received_at >= " from " and received_at < " to                 \
    " and (received_at, case_number) < (" at ", " number ") and (" item " = '' or item = " item    \
    ") and (" dept " = '' or department = " dept ") and (" window " = -1 or window_no = " window   \
    ") and (" state " = 0 or case when state = 5 and paused then 6 else state end = " state        \
    ") and (not " overdue " or done_at > due_at"                                                   \
    " or (done_at is null and state in (4, 5) and due_at < " now "))"
#define WHICH_FIRST WHICH("$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11")
/* Behind the parameters of a guide, which has the centre. */
#define WHICH_GUIDED                                                                               \
    WHICH("$1", "$12", "$13", "$14", "$15", "$16", "$17", "$18", "$19", "$20", "$21")
#define IN_ORDER " order by received_at desc, case_number desc"

/* A search of one page, made ready. */
struct sought {
    const Onedoor__Reporting__Search *ask;
    struct place end;       /* of the page before */
    const char *department; /* of the items; "": any */
    int64_t from_ms, to_ms; /* received in [from, to) */
    int32_t window;         /* as dossiers have it, where 0 is none; -1: any */
    int32_t state;
    bool overdue;
    int32_t most; /* one more than a page holds, which tells whether there is a next one */
};

#define WHICH_PARAMS(reader, sought)                                                               \
    P_TIME((sought)->from_ms), P_TIME((sought)->to_ms), P_TIME((sought)->end.received_ms),         \
        P_I64((sought)->end.case_number), P_TEXT((sought)->ask->item),                             \
        P_TEXT((sought)->department), P_I32((sought)->window), P_I32((sought)->state),             \
        P_BOOL((sought)->overdue), P_TIME((reader)->now_ms), P_I32((sought)->most)

/* A dossier, and what it counts in the figure that was asked for; 0 when none was. */
struct found_row {
    struct dossier_row dossier;
    int64_t counted;
};

/* Rows of a page, in its order. */
struct found {
    struct found_row *rows;
    size_t n;
};

static const struct shape found_shape = {.row_size = sizeof(struct found_row),
                                         .whole = &reporting_dossier_table};
static const struct column counted_columns[] = {COLUMN(found_row, counted, I64, 0)};
static const struct shape counted_shape =
    SHAPE_WITH(&reporting_dossier_table, found_row, counted_columns);

/* ---- the figure */

#define OF(name) ONEDOOR__REPORTING__FIGURE__##name

/* The two figures, one less the other, that a figure asked for is made of. */
struct difference {
    int32_t figure;
    int32_t less; /* 0: nothing */
    bool is_money;
};

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

/* ---- led by the rollups: the cases whose tally of a figure over some days is not 0. The rollups
 * are the sum of the tally, so these are the very cases they count. A department's are the cases of
 * its items, but of money those with a fee of its own. */

/* The dossiers of the guide's days. Each has a day, an item and a window; midnight is $23 after
 * that of UTC. */
#define OF_GUIDE                                                                                   \
    "from " GUIDE_DAYS                                                                             \
    " cross join lateral (select d.* from dossier d where d.centre = $1 and d.item = guided_item"  \
    " and d.received_at >= (guided_day::timestamp at time zone 'UTC') - $23 * interval '1 ms'"     \
    " and d.received_at < ((guided_day + 1)::timestamp at time zone 'UTC')"                        \
    " - $23 * interval '1 ms' and d.window_no = guided_window offset 0) dossier"
/* Only of as many as the page needs, as they come in its order. */
#define COUNTED                                                                                    \
    " cross join lateral (select coalesce(sum(case figure when $2 then n else -n end), 0)::bigint" \
    " as counted from tally t where t.centre = $1 and t.case_number = dossier.case_number"         \
    " and t.figure in ($2, $3) and t.day >= $8 and t.day <= $9"                                    \
    " and ($6 = '' or t.department in ('', $6))) t"

static struct found read_stretch(struct reader *reader, const struct sought *sought,
                                 const struct guided *guided, struct stretch stretch, bool counted)
{
    const struct calendar *calendar = &((const struct reporting *)reader->memory)->calendar;
    int64_t midnight_ms = calendar_midnight(calendar, (struct day){stretch.last});
    const struct params params =
        PARAMS(GUIDE_PARAMS(reader, guided, stretch), WHICH_PARAMS(reader, sought),
               P_I64((int64_t)stretch.last * DAY_MS - midnight_ms));
    struct found found;

    found.rows = counted
                     ? reader_select(reader, &counted_shape,
                                     "from (select dossier.* " OF_GUIDE WHICH_GUIDED IN_ORDER
                                     " offset 0) dossier" COUNTED " where counted <> 0" IN_ORDER
                                     " limit $22",
                                     params, &found.n)
                     : reader_select(reader, &found_shape,
                                     OF_GUIDE WHICH_GUIDED IN_ORDER " limit $22", params, &found.n);
    return found;
}

static void append(struct reader *reader, struct found *found, struct found more)
{
    if (more.n == 0)
        return;
    found->rows =
        arena_grow(reader->arena, found->rows, found->n, found->n + more.n, sizeof found->rows[0]);
    memcpy(found->rows + found->n, more.rows, more.n * sizeof more.rows[0]);
    found->n += more.n;
}

/* Stretch by stretch, each wider than the one before, as what else is asked may leave few. */
static struct found search_guided(struct reader *reader, struct sought sought,
                                  const struct guided *guided, bool counted)
{
    enum { WIDER = 4 };
    struct guide *guide = guide_new(reader, guided);
    struct found found = {0};
    struct stretch stretch;

    for (int64_t wanted = sought.most; sought.most > 0 && guide_next(guide, wanted, &stretch);
         wanted *= WIDER) {
        struct found more = read_stretch(reader, &sought, guided, stretch, counted);
        append(reader, &found, more);
        sought.most -= (int32_t)more.n;
    }
    return found;
}

static int32_t day_at(const struct reader *reader, int64_t at_ms)
{
    const struct calendar *calendar = &((const struct reporting *)reader->memory)->calendar;
    return calendar_day(calendar, at_ms).n;
}

/* Nothing is counted of a case before the day on which it was received. */
static struct guided guided_by(const struct reader *reader, const struct sought *sought,
                               struct difference figure)
{
    const Onedoor__Reporting__Search *ask = sought->ask;
    int64_t before_ms =
        sought->end.received_ms < sought->to_ms ? sought->end.received_ms : sought->to_ms;
    struct guided guided = {
        .figure = figure.figure,
        .less = figure.less,
        .both = figure.is_money,
        .from_day = ask->from_day < DAY_LEAST ? DAY_LEAST : ask->from_day,
        .to_day = ask->to_day == 0 ? DAY_MOST : ask->to_day,
        .from_cohort = day_at(reader, sought->from_ms),
        .to_cohort = day_at(reader, before_ms),
        .item = ask->item,
        .department = ask->department,
        .window = sought->window,
    };

    if (guided.from_cohort < DAY_LEAST)
        guided.from_cohort = DAY_LEAST;
    if (guided.to_cohort > guided.to_day)
        guided.to_cohort = guided.to_day;
    return guided;
}

static struct found search_figure(struct reader *reader, struct sought sought,
                                  Onedoor__Reporting__Figure asked)
{
    const struct difference figure = difference_of(asked);
    const struct guided guided = guided_by(reader, &sought, figure);

    if (figure.is_money)
        sought.department = "";
    return search_guided(reader, sought, &guided, true);
}

/* All that were received, so what else is asked of them is asked of few. */
static struct found search_received(struct reader *reader, struct sought sought)
{
    const struct difference received = {OF(RECEIVED), 0, false};
    const struct guided guided = guided_by(reader, &sought, received);

    return search_guided(reader, sought, &guided, false);
}

/* ---- by state: a case that is over before it is decided is found by its figure, one that is not
 * over among those that stand. What is delivered is most cases. */

static struct found search_standing(struct reader *reader, const struct sought *sought,
                                    int32_t state, int32_t or_state)
{
    struct found found;

    found.rows = reader_select(
        reader, &found_shape,
        "from (select case_number as standing_case from standing s where s.centre = $1"
        " and s.state in ($13, $14)) s cross join lateral (select d.* from dossier d"
        " where d.centre = $1 and d.case_number = standing_case offset 0) dossier" WHICH_FIRST
            IN_ORDER " limit $12",
        PARAMS(P_I16(reader->centre), WHICH_PARAMS(reader, sought), P_I32(state), P_I32(or_state)),
        &found.n);
    return found;
}

/* ---- what is late: decided late, or open past its deadline */

static bool is_later(const struct dossier_row *a, const struct dossier_row *b)
{
    return a->received_ms != b->received_ms ? a->received_ms > b->received_ms
                                            : a->case_number > b->case_number;
}

/* Both in the order of a page; none is in both. */
static struct found merge(struct reader *reader, struct found a, struct found b)
{
    struct found all = {ARENA_ARRAY(reader->arena, struct found_row, a.n + b.n + 1), 0};

    for (size_t i = 0, k = 0; i < a.n || k < b.n;)
        all.rows[all.n++] =
            k == b.n || (i < a.n && is_later(&a.rows[i].dossier, &b.rows[k].dossier)) ? a.rows[i++]
                                                                                      : b.rows[k++];
    return all;
}

static struct found search_overdue(struct reader *reader, struct sought sought)
{
    struct found decided = search_figure(reader, sought, OF(LATE));
    struct found open = search_standing(reader, &sought, DOSSIER_ACCEPTED, DOSSIER_IN_APPROVAL);

    for (size_t i = 0; i < decided.n; i++)
        decided.rows[i].counted = 0;
    return merge(reader, decided, open);
}

/* ---- */

static struct found search(struct reader *reader, struct sought sought)
{
    if (sought.ask->figure != OF(FIGURE_UNSPECIFIED))
        return search_figure(reader, sought, sought.ask->figure);
    if (sought.overdue)
        return search_overdue(reader, sought);
    switch (sought.state) {
    case DOSSIER_REFUSED:
        return search_figure(reader, sought, OF(REFUSED));
    case DOSSIER_WITHDRAWN:
        return search_figure(reader, sought, OF(WITHDRAWN));
    case DOSSIER_TERMINATED:
        return search_figure(reader, sought, OF(TERMINATED));
    case DOSSIER_UNHEARD:
    case DOSSIER_DELIVERED:
        return search_received(reader, sought);
    case DOSSIER_SUSPENDED:
        return search_standing(reader, &sought, DOSSIER_IN_APPROVAL, DOSSIER_IN_APPROVAL);
    default:
        return search_standing(reader, &sought, sought.state, sought.state);
    }
}

static struct sought sought_by(const Onedoor__Reporting__Search *ask)
{
    struct sought sought = {
        .ask = ask,
        .department = ask->department,
        .from_ms = ask->from_ms == 0 ? 1 : ask->from_ms,
        .to_ms = ask->to_ms == 0 ? INSTANT_MAX_MS : ask->to_ms,
        .window = ask->no_window     ? 0
                  : ask->window == 0 ? -1
                                     : ask->window,
        .state = (int32_t)reporting_state_named(ask->state),
        .overdue = ask->overdue,
        .most = ask->limit + 1,
    };

    (void)reporting_place_read(ask->after, &sought.end);
    return sought;
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
    size_t most = (size_t)ask->limit;
    const struct found found = search(reader, sought_by(ask));
    Onedoor__Reporting__SearchReply *reply = READER_REPLY(
        reader, call, Onedoor__Reporting__SearchReply, onedoor__reporting__search_reply);

    reply->dossiers = ARENA_ARRAY(reader->arena, Onedoor__Reporting__Dossier *, found.n);
    reply->counted = ARENA_ARRAY(reader->arena, int64_t, found.n);
    reply->n_dossiers = fill_page(reader, found.rows, found.n < most ? found.n : most, reply);
    reply->n_counted = by_figure ? reply->n_dossiers : 0;
    if (reply->n_dossiers < found.n) {
        const struct dossier_row *last = &found.rows[reply->n_dossiers - 1].dossier;
        reply->next = reporting_place_write(last, reader->arena);
    }
    return OUTCOME_OK;
}
