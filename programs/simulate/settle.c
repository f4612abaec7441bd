/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/values/case_number.h"

enum { SHOWN = 40 };

/* Which plan a case number belongs to. */
struct place {
    int64_t number;
    int32_t plan;
};

struct settlement {
    struct account *account;
    struct verdict verdict;
    struct place *places; /* by number */
    int32_t n_places;
    int32_t (*found)[EFFECTS]; /* events in the journals, a row a plan */
    int64_t shown;
};

/* ---- who is who */

static int by_number(const void *a, const void *b)
{
    int64_t x = ((const struct place *)a)->number, y = ((const struct place *)b)->number;
    return (x > y) - (x < y);
}

static void index_cases(struct settlement *s)
{
    int32_t n = s->account->order->cases;
    s->places = calloc((size_t)n + 1, sizeof *s->places);
    s->found = calloc((size_t)n + 1, sizeof *s->found);
    must(s->places != NULL && s->found != NULL);
    for (int32_t i = 0; i < n; i++)
        if (s->account->cases[i].number != 0)
            s->places[s->n_places++] = (struct place){s->account->cases[i].number, i};
    qsort(s->places, (size_t)s->n_places, sizeof *s->places, by_number);
}

static int32_t plan_of(const struct settlement *s, int64_t number)
{
    const struct place *place = bsearch(&(struct place){.number = number}, s->places,
                                        (size_t)s->n_places, sizeof *place, by_number);
    return place == NULL ? -1 : place->plan;
}

static void show(struct settlement *s, const char *what, int64_t number, const char *effect,
                 int64_t times)
{
    char text[CASE_NUMBER_TEXT_SIZE];
    if (s->shown++ < SHOWN)
        fprintf(stderr, "%s: %s %s, %lld times\n", what, case_number_format(number, text), effect,
                (long long)times);
}

static void doubled(struct settlement *s, int64_t number, const char *effect, int64_t times)
{
    s->verdict.doubled += times;
    show(s, "doubled", number, effect, times);
}

/* ---- effects: in the journals as often as they were acknowledged */

/* How often a journal says something of a case. */
struct effect_row {
    const char *type;
    int64_t case_number;
    int64_t times;
};

static const struct column effect_columns[] = {
    COLUMN(effect_row, type, TEXT, 0),
    COLUMN(effect_row, case_number, I64, 0),
    COLUMN_AS(effect_row, times, "count(*)", I64, 0),
};
static const struct shape effect_shape = SHAPE(effect_row, effect_columns);

static void find_effect(void *context, void *data)
{
    struct settlement *s = context;
    const struct effect_row *row = data;
    int32_t plan = plan_of(s, row->case_number);
    if (plan < 0) {
        doubled(s, row->case_number, row->type, row->times);
        return;
    }
    for (int effect = 0; effect < EFFECTS; effect++)
        if (strcmp(account_effects[effect], row->type) == 0)
            s->found[plan][effect] += (int32_t)row->times;
}

static void weigh_effects(struct settlement *s)
{
    for (int32_t plan = 0; plan < s->account->order->cases; plan++) {
        const struct account_case *c = &s->account->cases[plan];
        for (int effect = 0; effect < EFFECTS; effect++) {
            int32_t more = s->found[plan][effect] - c->effects[effect];
            if (more > 0)
                doubled(s, c->number, account_effects[effect], more);
            s->verdict.lost += more < 0 ? -more : 0;
            if (more < 0)
                show(s, "lost", c->number, account_effects[effect], -more);
        }
    }
}

/* ---- rows */

struct state_row {
    int64_t number;
    int16_t state;
};

static const struct column state_columns[] = {
    COLUMN(state_row, number, I64, 0),
    COLUMN(state_row, state, I16, 0),
};
static const struct shape state_shape = SHAPE(state_row, state_columns);

static void compare_state(void *context, void *data)
{
    struct settlement *s = context;
    const struct state_row *row = data;
    int32_t plan = plan_of(s, row->number);
    if (plan < 0)
        doubled(s, row->number, "a row in intake.cases", 1);
    else if (row->state != s->account->cases[plan].state)
        account_mismatch(s->account, row->number, "its state is %d, expected %d", row->state,
                         s->account->cases[plan].state);
}

/* The bills of a case, those that were cancelled among them. */
struct paid_row {
    int64_t case_number;
    int64_t paid_fen, refunded_fen;
    int64_t receipt; /* the last */
};

static const struct column paid_columns[] = {
    COLUMN(paid_row, case_number, I64, 0),
    COLUMN_AS(paid_row, paid_fen, "sum(paid_fen)::bigint", I64, 0),
    COLUMN_AS(paid_row, refunded_fen, "sum(refunded_fen)::bigint", I64, 0),
    COLUMN_AS(paid_row, receipt, "max(receipt)", I64, 0),
};
static const struct shape paid_shape = SHAPE(paid_row, paid_columns);

static void compare_order(void *context, void *data)
{
    struct settlement *s = context;
    const struct paid_row *row = data;
    int32_t plan = plan_of(s, row->case_number);
    if (plan < 0) {
        doubled(s, row->case_number, "a row in charging.payment_order", 1);
        return;
    }
    const struct account_case *c = &s->account->cases[plan];
    if (row->paid_fen != c->paid_fen || row->refunded_fen != c->refunded_fen ||
        row->receipt != c->receipt)
        account_mismatch(s->account, row->case_number,
                         "paid %lld fen on receipt %lld, %lld of it given back; expected %lld on "
                         "%lld, %lld",
                         (long long)row->paid_fen, (long long)row->receipt,
                         (long long)row->refunded_fen, (long long)c->paid_fen,
                         (long long)c->receipt, (long long)c->refunded_fen);
}

struct receipts_row {
    int64_t case_number;
    int64_t n;
};

static const struct column receipts_columns[] = {
    COLUMN(receipts_row, case_number, I64, 0),
    COLUMN_AS(receipts_row, n, "count(*)", I64, 0),
};
static const struct shape receipts_shape = SHAPE(receipts_row, receipts_columns);

/* One for each payment. */
static void compare_receipts(void *context, void *data)
{
    struct settlement *s = context;
    const struct receipts_row *row = data;
    int32_t plan = plan_of(s, row->case_number);
    int64_t more = row->n - (plan < 0 ? 0 : s->account->cases[plan].effects[EFFECT_PAYMENT]);
    if (more > 0)
        doubled(s, row->case_number, "receipt", more);
}

static void compare_rows(struct settlement *s, PGconn *conn, struct params centre, bool over)
{
    if (over)
        pgadmin_select(conn, &state_shape, "from intake.cases where centre = $1", centre,
                       compare_state, s);
    pgadmin_select(conn, &paid_shape, "from charging.payment_order where centre = $1 group by 1",
                   centre, compare_order, s);
    pgadmin_select(conn, &receipts_shape, "from charging.receipt where centre = $1 group by 1",
                   centre, compare_receipts, s);
}

struct verdict settle(struct account *account, PGconn *conn, int16_t centre, bool over)
{
    static const char *const journals[] = {
        "from intake.journal where centre = $1 and case_number <> 0 group by 1, 2",
        "from routing.journal where centre = $1 and case_number <> 0 group by 1, 2",
        "from charging.journal where centre = $1 and case_number <> 0 group by 1, 2",
    };
    const struct params of_centre = PARAMS(P_I16(centre));
    struct settlement s = {.account = account};
    index_cases(&s);
    pgadmin_do(conn, "begin isolation level repeatable read read only");
    for (size_t i = 0; i < sizeof journals / sizeof journals[0]; i++)
        pgadmin_select(conn, &effect_shape, journals[i], of_centre, find_effect, &s);
    weigh_effects(&s);
    compare_rows(&s, conn, of_centre, over);
    pgadmin_do(conn, "commit");
    free(s.places);
    free(s.found);
    return s.verdict;
}
