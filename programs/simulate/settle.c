/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/values/number.h"

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

/* ---- effects: acknowledged so often, there so often */

static void find_effect(void *context, const PGresult *page, int row)
{
    struct settlement *s = context;
    const char *type = PQgetvalue(page, row, 0);
    int64_t number = pgadmin_int(page, row, 1), times = pgadmin_int(page, row, 2);
    int32_t plan = plan_of(s, number);
    if (plan < 0) {
        doubled(s, number, type, times);
        return;
    }
    for (int effect = 0; effect < EFFECTS; effect++)
        if (strcmp(account_effects[effect], type) == 0)
            s->found[plan][effect] += (int32_t)times;
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

static void compare_state(void *context, const PGresult *page, int row)
{
    struct settlement *s = context;
    int64_t number = pgadmin_int(page, row, 0), state = pgadmin_int(page, row, 1);
    int32_t plan = plan_of(s, number);
    if (plan < 0)
        doubled(s, number, "a row in intake.cases", 1);
    else if (state != s->account->cases[plan].state)
        account_mismatch(s->account, number, "its state is %lld, expected %d", (long long)state,
                         s->account->cases[plan].state);
}

static void compare_order(void *context, const PGresult *page, int row)
{
    struct settlement *s = context;
    int64_t number = pgadmin_int(page, row, 0), paid_fen = pgadmin_int(page, row, 1),
            receipt = pgadmin_int(page, row, 2);
    int32_t plan = plan_of(s, number);
    if (plan < 0) {
        doubled(s, number, "a row in charging.payment_order", 1);
        return;
    }
    const struct account_case *c = &s->account->cases[plan];
    if (paid_fen != c->paid_fen || receipt != c->receipt)
        account_mismatch(s->account, number, "paid %lld fen on receipt %lld, expected %lld on %lld",
                         (long long)paid_fen, (long long)receipt, (long long)c->paid_fen,
                         (long long)c->receipt);
}

static void find_second_receipt(void *context, const PGresult *page, int row)
{
    doubled(context, pgadmin_int(page, row, 0), "receipt", pgadmin_int(page, row, 1) - 1);
}

struct verdict settle(struct account *account, PGconn *conn, int16_t centre, bool over)
{
    static const char *const journals[] = {
        "select type, case_number, count(*) from intake.journal where centre = $1 and case_number "
        "<> 0 group by 1, 2",
        "select type, case_number, count(*) from routing.journal where centre = $1 and case_number "
        "<> 0 group by 1, 2",
        "select type, case_number, count(*) from charging.journal where centre = $1 and "
        "case_number <> 0 group by 1, 2",
    };
    struct settlement s = {.account = account};
    index_cases(&s);
    pgadmin_do(conn, "begin isolation level repeatable read read only");
    for (size_t i = 0; i < sizeof journals / sizeof journals[0]; i++)
        pgadmin_each(conn, journals[i], centre, find_effect, &s);
    weigh_effects(&s);
    if (over)
        pgadmin_each(conn, "select number, state from intake.cases where centre = $1", centre,
                     compare_state, &s);
    pgadmin_each(
        conn, "select case_number, paid_fen, receipt from charging.payment_order where centre = $1",
        centre, compare_order, &s);
    pgadmin_each(conn,
                 "select case_number, count(*) from charging.receipt where centre = $1 group by 1 "
                 "having count(*) > 1",
                 centre, find_second_receipt, &s);
    pgadmin_do(conn, "commit");
    free(s.places);
    free(s.found);
    return s.verdict;
}
