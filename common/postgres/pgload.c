/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgload.h"

#include <stdio.h>

#include "common/base/panic.h"
#include "common/postgres/pgform.h"
#include "common/postgres/pgsql.h"
#include "common/rows/rowset.h"

enum { STATEMENTS_MAX = 64, NAME_BYTES = 80 };

enum status pgload_prepare(struct pg *pg, const struct table *table)
{
    return pgsql_prepare(pg, table, PGSQL_LOAD, PGSQL_OWNED);
}

struct loading {
    struct pg *pg;
    struct turn *turn;
    struct rowset *sets[STATEMENTS_MAX]; /* of each statement */
    enum pgsql_verb verbs[STATEMENTS_MAX];
    int n;
};

static void bring(void *context, int index, PGresult *result)
{
    struct loading *loading = context;
    struct rowset *set = loading->sets[index];
    const struct table *table = set->table;
    for (int row = 0; row < PQntuples(result); row++) {
        void *data = arena_alloc(loading->turn->arena, table->row_size);
        pgform_fields(result, row, 0, table->columns, table->n_columns, data, loading->turn->arena);
        if (loading->verbs[index] == PGSQL_AFTER)
            rowset_bring_after(loading->turn, set, data);
        else if (loading->verbs[index] == PGSQL_OPEN)
            rowset_bring_open(loading->turn, set, data);
        else
            rowset_bring(loading->turn, set, data);
    }
}

static enum status send(struct loading *loading, struct rowset *set, enum pgsql_verb verb,
                        const struct pg_params *params)
{
    char name[NAME_BYTES];
    snprintf(name, sizeof name, "%s_%s", pgsql_verbs[verb], set->table->name);
    must(loading->n < STATEMENTS_MAX);
    loading->verbs[loading->n] = verb;
    loading->sets[loading->n++] = set;
    return pg_send(loading->pg, name, params);
}

static enum status send_wants(struct loading *loading, struct rowset *set)
{
    struct pg_params params = {.n = 0};
    for (int c = 0; c < set->table->n_group; c++)
        pg_param(&params, pgform_array(&set->table->columns[c], set->wants, (int)set->n_wants,
                                       loading->turn->arena));
    return send(loading, set, PGSQL_LOAD, &params);
}

static enum status send_due(struct loading *loading, struct rowset *set)
{
    const struct turn *turn = loading->turn;
    struct pg_params params = {.n = 0};
    pgform_params(
        &params,
        PARAMS(P_I16(turn->centre), P_TIME(turn->now_ms - set->late_ms), P_I32(set->due_limit)),
        turn->arena);
    return send(loading, set, PGSQL_DUE, &params);
}

/* The next rows after a key, asked for once. */
static enum status send_next(struct loading *loading, struct rowset *set, enum pgsql_verb verb,
                             const void *after, int *limit)
{
    struct pg_params params = {.n = 0};
    for (int c = 0; c < table_key_columns(set->table); c++)
        pg_param(&params, pgform_value(&set->table->columns[c], after, loading->turn->arena));
    pgform_params(&params, PARAMS(P_I32(*limit)), loading->turn->arena);
    *limit = 0;
    return send(loading, set, verb, &params);
}

static enum status send_owned(struct loading *loading, struct rowset *set, size_t i)
{
    const struct turn *turn = loading->turn;
    const struct table *table = set->table;
    struct pg_params params = {.n = 0};
    pg_param(&params, pgform_value(&table->columns[0], set->owners[i], turn->arena));
    pg_param(&params,
             pgform_value(&table->columns[table_owner_column(table)], set->owners[i], turn->arena));
    return send(loading, set, PGSQL_OWNED, &params);
}

enum status pgload_turn(struct pg *pg, struct turn *turn)
{
    struct loading loading = {.pg = pg, .turn = turn};
    enum status status = STATUS_OK;
    for (struct rowset *set = turn->sets; set->table != NULL && status == STATUS_OK; set++) {
        if (set->n_wants > 0)
            status = send_wants(&loading, set);
        if (status == STATUS_OK && set->due_limit > 0)
            status = send_due(&loading, set);
        if (status == STATUS_OK && set->open_limit > 0)
            status = send_next(&loading, set, PGSQL_OPEN, set->open_after, &set->open_limit);
        if (status == STATUS_OK && set->after_limit > 0)
            status = send_next(&loading, set, PGSQL_AFTER, set->after, &set->after_limit);
        for (size_t i = 0; status == STATUS_OK && i < set->n_owners; i++)
            status = send_owned(&loading, set, i);
    }
    return status != STATUS_OK || loading.n == 0 ? status : pg_sync(pg, bring, &loading);
}
