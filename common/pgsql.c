/* SPDX-License-Identifier: Apache-2.0 */
#include "common/pgsql.h"

#include "common/corridor.h"
#include "common/panic.h"
#include "common/pg.h"

const char *const pgsql_verbs[] = {"all", "load", "due", "timed", "insert", "update", "delete"};

int pgsql_guard(const struct table *table)
{
    for (int c = 0; c < table->n_columns; c++)
        if ((table->columns[c].flags & COLUMN_GUARD) != 0)
            return c;
    return -1;
}

/* `each` (with one %s, the column's name) for the first n columns that have none of the flags in
 * `without` unless they are keys. */
static const char *list(const struct table *table, int n, unsigned without, const char *each,
                        const char *between, struct arena *arena)
{
    const char *text = "";
    for (int c = 0; c < n; c++) {
        const struct column *column = &table->columns[c];
        if ((column->flags & without) != 0 && (column->flags & COLUMN_KEY) == 0)
            continue;
        const char *one = arena_printf(arena, "%s", "");
        for (const char *p = each; *p != '\0'; p++)
            one = *p == '@' ? arena_printf(arena, "%s%s", one, column->name)
                            : arena_printf(arena, "%s%c", one, *p);
        text = arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : between, one);
    }
    return text;
}

/* unnest($1::type[], ...) as u(name, ...) over the same columns. */
static const char *unnest(const struct table *table, int n, unsigned without, bool guarded,
                          struct arena *arena)
{
    const char *arrays = "", *names = list(table, n, without, "@", ", ", arena);
    int at = 0;
    for (int c = 0; c < n; c++) {
        if ((table->columns[c].flags & without) != 0 && (table->columns[c].flags & COLUMN_KEY) == 0)
            continue;
        at++;
        arrays = arena_printf(arena, "%s%s$%d::%s[]", arrays, at == 1 ? "" : ", ", at,
                              pg_type(table->columns[c].type));
    }
    if (guarded) {
        arrays = arena_printf(arena, "%s, $%d::bigint[]", arrays, at + 1);
        names = arena_printf(arena, "%s, guard_", names);
    }
    return arena_printf(arena, "unnest(%s) as u(%s)", arrays, names);
}

static const char *all(const struct table *table, struct arena *arena)
{
    return arena_printf(arena, "select %s from %s where centre = $1::smallint order by %s",
                        list(table, table->n_columns, 0, "@", ", ", arena), table->name,
                        list(table, table_key_columns(table), 0, "@", ", ", arena));
}

static const char *load(const struct table *table, struct arena *arena)
{
    return arena_printf(arena, "select %s from %s join %s t on %s",
                        list(table, table->n_columns, 0, "t.@", ", ", arena),
                        unnest(table, table->n_group, 0, false, arena), table->name,
                        list(table, table->n_group, 0, "t.@ = u.@", " and ", arena));
}

/* What is due, and the first that is not yet: so the next tick is known without asking again. */
static const char *due(const struct table *table, struct arena *arena)
{
    int c = table_due_column(table);
    if (c < 0)
        return NULL;
    const char *columns = list(table, table->n_columns, 0, "@", ", ", arena),
               *name = table->columns[c].name;
    return arena_printf(arena,
                        "(select %s from %s where centre = $1::smallint and %s <= $2::timestamptz "
                        "order by %s limit $3::integer) union all "
                        "(select %s from %s where centre = $1::smallint and %s > $2::timestamptz "
                        "order by %s limit 1)",
                        columns, table->name, name, name, columns, table->name, name, name);
}

static const char *timed(const struct table *table, struct arena *arena)
{
    int c = table_timed_column(table);
    if (c < 0)
        return NULL;
    return arena_printf(arena, "select %s from %s where centre = $1::smallint and %s is not null",
                        list(table, table->n_columns, 0, "@", ", ", arena), table->name,
                        table->columns[c].name);
}

static const char *insert(const struct table *table, struct arena *arena)
{
    return arena_printf(arena, "insert into %s (%s) select %s from unnest($1::%s[]) u", table->name,
                        list(table, table->n_columns, 0, "@", ", ", arena),
                        list(table, table->n_columns, 0, "u.@", ", ", arena), table->name);
}

/* A guard that does not find what was loaded divides by zero: the whole batch fails. */
static const char *update(const struct table *table, struct arena *arena)
{
    const char *sets = "";
    int n_key = table_key_columns(table), guard = pgsql_guard(table);
    for (int c = n_key; c < table->n_columns; c++) {
        const char *name = table->columns[c].name;
        if ((table->columns[c].flags & COLUMN_FIXED) != 0)
            continue;
        const char *value =
            c == guard ? arena_printf(arena, "u.%s + 0 / (t.%s = u.guard_)::int", name, name)
                       : arena_printf(arena, "u.%s", name);
        sets = arena_printf(arena, "%s%s%s = %s", sets, sets[0] == '\0' ? "" : ", ", name, value);
    }
    if (sets[0] == '\0')
        return NULL;
    const char *from = guard >= 0 ? unnest(table, table->n_columns, COLUMN_FIXED, true, arena)
                                  : arena_printf(arena, "unnest($1::%s[]) u", table->name);
    return arena_printf(arena, "update %s t set %s from %s where %s", table->name, sets, from,
                        list(table, n_key, 0, "t.@ = u.@", " and ", arena));
}

static const char *delete (const struct table *table, struct arena *arena)
{
    int n_key = table_key_columns(table);
    return arena_printf(arena, "delete from %s t using %s where %s", table->name,
                        unnest(table, n_key, 0, false, arena),
                        list(table, n_key, 0, "t.@ = u.@", " and ", arena));
}

const char *pgsql_statement(enum pgsql_verb verb, const struct table *table, struct arena *arena)
{
    switch (verb) {
    case PGSQL_ALL: /* a journal is read by pages, and keys only by key */
        return table == &journal_table || table == &command_table ? NULL : all(table, arena);
    case PGSQL_LOAD:
        return load(table, arena);
    case PGSQL_DUE:
        return due(table, arena);
    case PGSQL_TIMED:
        return timed(table, arena);
    case PGSQL_INSERT:
        return insert(table, arena);
    case PGSQL_UPDATE:
        return update(table, arena);
    case PGSQL_DELETE:
        return delete (table, arena);
    }
    panic("no such verb");
}

const char *pgsql_every(const struct table *table, struct arena *arena)
{
    return all(table, arena);
}

const char *pgsql_journal_page(struct arena *arena)
{
    return arena_printf(arena,
                        "select %s from journal where centre = $1::smallint and seq > $2::bigint "
                        "order by seq limit $3::integer",
                        list(&journal_table, journal_table.n_columns, 0, "@", ", ", arena));
}
