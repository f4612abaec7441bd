/* SPDX-License-Identifier: Apache-2.0 */
/* batch_service.h: a small service on the memory store for tests of the corridor: a desk that
 * counts the visits of each case. Messages of intake serve as its commands and events:
 *
 *   Check               a visit more (its row, a CaseDelivered, a gapless ticket)
 *   Withdraw            always refused
 *   Terminate           changes something and then refuses: a bug
 *   SetWindow           writes a reference row
 *   CaseClosed (heard)  a visit more
 *   CaseDenied (heard)  refused until the case has a visit
 *
 * Case 666 is poison: the store refuses its rows. Include after cmocka.h. */
#ifndef UNIT_BATCH_SERVICE_H
#define UNIT_BATCH_SERVICE_H

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/memstore.h"
#include "common/rows/rowset.h"
#include "common/service/batch.h"
#include "common/values/case_number.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"

#include <string.h>

enum { POISON = 666, START_MS = 1000000, DUE_LIMIT = 2 };

/* ---- the service */

struct visits_row {
    int16_t centre;
    int64_t case_number;
    int64_t visits;
    int64_t ticket;
    int64_t due_ms;
};

static const struct column visits_columns[] = {
    COLUMN(visits_row, centre, I16, COLUMN_KEY),
    COLUMN(visits_row, case_number, I64, COLUMN_KEY),
    COLUMN(visits_row, visits, I64, COLUMN_GUARD),
    COLUMN(visits_row, ticket, I64, 0),
    COLUMN_AS(visits_row, due_ms, "due_at", TIME, COLUMN_DUE),
};
static const struct table visits_table = TABLE("visits", visits_row, visits_columns, 2);

struct sign_row {
    int16_t centre;
    const char *name;
};

static const struct column sign_columns[] = {
    COLUMN(sign_row, centre, I16, COLUMN_KEY),
    COLUMN(sign_row, name, TEXT, COLUMN_KEY),
};
static const struct table sign_table = REFERENCE("sign", sign_row, sign_columns, 1);

static const struct table *const desk_tables[] = {&visits_table, &sign_table, NULL};

static struct {
    int opened;        /* how often the reference tables were read */
    int64_t signs;     /* how many there were */
    int64_t heard[32]; /* cases of the events that were digested, in order */
    int n_heard;
    int64_t ticked[32]; /* cases the tick worked on, in order */
    int n_ticked, n_ticks;
} seen;

static inline enum status desk_open(struct store *store, const struct config *config,
                                    struct arena *arena, void **memory)
{
    size_t n;
    (void)config;
    enum status status = store_all(store, &sign_table, arena, memory, &n);
    seen.opened++;
    seen.signs = (int64_t)n;
    return status;
}

static inline struct visits_row *visits_of(struct turn *turn, int64_t case_number)
{
    struct visits_row probe = {.centre = turn->centre, .case_number = case_number};
    return rows_find(turn, &visits_table, &probe);
}

static inline void need_visits(struct turn *turn, int64_t case_number)
{
    rows_want(turn, &visits_table,
              &(struct visits_row){.centre = turn->centre, .case_number = case_number});
    turn_want_counter(turn, "ticket");
}

static inline void visit(struct turn *turn, int64_t case_number)
{
    Onedoor__Intake__CaseDelivered delivered = ONEDOOR__INTAKE__CASE_DELIVERED__INIT;
    struct visits_row *row = visits_of(turn, case_number);
    if (row == NULL)
        row = rows_add(turn, &visits_table,
                       &(struct visits_row){.centre = turn->centre, .case_number = case_number});
    else
        rows_touch(turn, &visits_table, row);
    row->visits++;
    row->ticket = turn_count(turn, "ticket");
    delivered.how = ONEDOOR__INTAKE__DELIVERY__POSTED;
    turn_say(turn, case_number, &delivered.base);
}

/* The desk knows a case by its serial alone. */
static inline int64_t case_of(int64_t serial)
{
    return case_number_make(22, 1, 13, serial);
}

static inline int64_t serial_of(const void *message)
{
    return ((const Onedoor__Intake__Check *)message)->case_number / 10 % 1000000;
}

static inline void need_check(struct turn *turn, const struct call *call)
{
    need_visits(turn, serial_of(call->message));
}

static inline struct outcome handle_check(struct turn *turn, struct call *call)
{
    int64_t serial = serial_of(call->message);
    visit(turn, serial);
    Onedoor__Intake__CheckReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__CheckReply, onedoor__intake__check_reply);
    reply->due_ms = visits_of(turn, serial)->ticket;
    return OUTCOME_OK;
}

static inline struct outcome handle_withdraw(struct turn *turn, struct call *call)
{
    (void)turn;
    (void)call;
    return refuse(ONEDOOR__REASON__WRONG_STATE, "nothing is withdrawn here");
}

static inline struct outcome handle_terminate(struct turn *turn, struct call *call)
{
    visit(turn, serial_of(call->message));
    return refuse(ONEDOOR__REASON__WRONG_STATE, "too late");
}

static inline struct outcome handle_set_window(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__SetWindow *set = call->message;
    rows_add(turn, &sign_table,
             &(struct sign_row){turn->centre, arena_strdup(turn->arena, set->name_zh)});
    return OUTCOME_OK;
}

static const struct route desk_routes[] = {
    {&onedoor__intake__check__descriptor, ROLE(WINDOW_CLERK), need_check, handle_check},
    {&onedoor__intake__withdraw__descriptor, ANY_ROLE, NULL, handle_withdraw},
    {&onedoor__intake__terminate__descriptor, ANY_ROLE, need_check, handle_terminate},
    {&onedoor__intake__set_window__descriptor, ANY_ROLE, NULL, handle_set_window},
    {NULL, 0, NULL, NULL},
};

static inline void need_heard(struct turn *turn, const struct heard *heard)
{
    need_visits(turn, heard->case_number);
}

static inline struct outcome hear_closed(struct turn *turn, const struct heard *heard)
{
    seen.heard[seen.n_heard++] = heard->case_number;
    visit(turn, heard->case_number);
    return OUTCOME_OK;
}

static inline struct outcome hear_denied(struct turn *turn, const struct heard *heard)
{
    if (visits_of(turn, heard->case_number) == NULL)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "never heard of this case");
    visit(turn, heard->case_number);
    return OUTCOME_OK;
}

static const struct hearing desk_hears[] = {
    {&onedoor__intake__case_closed__descriptor, need_heard, hear_closed},
    {&onedoor__intake__case_denied__descriptor, need_heard, hear_denied},
    {NULL, NULL, NULL},
};
static const struct follow desk_follows[] = {
    {"intake", desk_hears},
    {NULL, NULL},
};

static inline void desk_tick_need(struct turn *turn)
{
    rows_want_due(turn, &visits_table, DUE_LIMIT);
}

static inline void desk_tick(struct turn *turn)
{
    struct visits_row *row;
    seen.n_ticks++;
    for (size_t place = 0; (row = rows_each(turn, &visits_table, &place)) != NULL;) {
        if (row->due_ms == 0 || row->due_ms > turn->now_ms)
            continue;
        seen.ticked[seen.n_ticked++] = row->case_number;
        ((struct visits_row *)rows_touch(turn, &visits_table, row))->due_ms = 0;
    }
}

static const struct service desk_service = {
    .name = "desk",
    .tables = desk_tables,
    .routes = desk_routes,
    .follows = desk_follows,
    .open = desk_open,
    .tick_need = desk_tick_need,
    .tick = desk_tick,
};

/* ---- a memory store that refuses poison, as a database would, and can be away */

static struct {
    struct store store;
    struct store *inner;
    bool lost;
    const struct table *unreadable; /* reading all of it fails */
    bool parks_nothing;             /* parked events are refused too */
    int saves;
} spiked;

static inline enum status spiked_all(struct store *store, const struct table *table,
                                     struct arena *arena, void **rows, size_t *n)
{
    (void)store;
    if (table == spiked.unreadable)
        return STATUS_LOST;
    return spiked.inner->ops->all(spiked.inner, table, arena, rows, n);
}

static inline enum status spiked_load(struct store *store, struct turn *turn)
{
    (void)store;
    return spiked.inner->ops->load(spiked.inner, turn);
}

static inline bool has_poison(struct turn *turn)
{
    const struct rowset *set = rowset_of(turn, &visits_table);
    for (size_t i = 0; i < set->n_rows; i++)
        if (((struct visits_row *)set->rows[i]->data)->case_number == POISON &&
            set->rows[i]->state != ROW_LOADED)
            return true;
    return false;
}

static inline enum status spiked_save(struct store *store, struct turn *turn)
{
    (void)store;
    spiked.saves++;
    if (spiked.lost)
        return STATUS_LOST;
    if (has_poison(turn) || (spiked.parks_nothing && rowset_of(turn, &parked_table)->n_rows > 0))
        return STATUS_UNSAVEABLE;
    return spiked.inner->ops->save(spiked.inner, turn);
}

static inline enum status spiked_held(struct store *store, struct arena *arena,
                                      struct held_case **cases, size_t *n)
{
    (void)store;
    return spiked.unreadable == &parked_table
               ? STATUS_LOST
               : spiked.inner->ops->held(spiked.inner, arena, cases, n);
}

static inline enum status spiked_parked(struct store *store, int64_t case_number, size_t max,
                                        struct arena *arena, struct parked_row **rows, size_t *n)
{
    (void)store;
    return spiked.unreadable == &parked_table
               ? STATUS_LOST
               : spiked.inner->ops->parked(spiked.inner, case_number, max, arena, rows, n);
}

static inline enum status spiked_events(struct store *store, int64_t from_seq, size_t max,
                                        struct arena *arena, struct event **events, size_t *n)
{
    (void)store;
    return spiked.inner->ops->events(spiked.inner, from_seq, max, arena, events, n);
}

static const struct store_ops spiked_ops = {
    .all = spiked_all,
    .load = spiked_load,
    .save = spiked_save,
    .events = spiked_events,
    .held = spiked_held,
    .parked = spiked_parked,
};

#endif
