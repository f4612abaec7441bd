/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgsql.h"

#include "common/base/panic.h"
#include "common/postgres/pg.h"
#include "common/rows/corridor.h"

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

/* unnest($1::type[], ...) as u(name, ...) over the first n columns. */
static const char *unnest(const struct table *table, int n, struct arena *arena)
{
    const char *arrays = "";
    for (int c = 0; c < n; c++)
        arrays = arena_printf(arena, "%s%s$%d::%s[]", arrays, c == 0 ? "" : ", ", c + 1,
                              pg_type(table->columns[c].type));
    return arena_printf(arena, "unnest(%s) as u(%s)", arrays, list(table, n, 0, "@", ", ", arena));
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
                        unnest(table, table->n_group, arena), table->name,
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

static const char *update(const struct table *table, struct arena *arena)
{
    int n_key = table_key_columns(table);
    const char *sets = "";
    for (int c = n_key; c < table->n_columns; c++) {
        const char *name = table->columns[c].name;
        if ((table->columns[c].flags & COLUMN_FIXED) == 0)
            sets =
                arena_printf(arena, "%s%s%s = u.%s", sets, sets[0] == '\0' ? "" : ", ", name, name);
    }
    if (sets[0] == '\0')
        return NULL;
    return arena_printf(arena, "update %s t set %s from unnest($1::%s[]) u where %s", table->name,
                        sets, table->name, list(table, n_key, 0, "t.@ = u.@", " and ", arena));
}

/* Keys, and what may change. */
static int guarded_columns(const struct table *table)
{
    int n = 0;
    for (int c = 0; c < table->n_columns; c++)
        n += (table->columns[c].flags & COLUMN_KEY) != 0 ||
             (table->columns[c].flags & COLUMN_FIXED) == 0;
    return n;
}

/* One row at a time, for such tables have few. A guard that does not find what was loaded divides
 * by zero: the whole batch fails. */
static const char *update_guarded(const struct table *table, struct arena *arena)
{
    int n_key = table_key_columns(table), guard = pgsql_guard(table), at = 0;
    const char *sets = "", *keys = "";
    for (int c = 0; c < table->n_columns; c++) {
        const char *name = table->columns[c].name, *type = pg_type(table->columns[c].type);
        if (c >= n_key && (table->columns[c].flags & COLUMN_FIXED) != 0)
            continue;
        const char **text = c < n_key ? &keys : &sets;
        const char *between = *text[0] == '\0' ? "" : c < n_key ? " and " : ", ";
        *text = arena_printf(arena, "%s%s%s = $%d::%s", *text, between, name, ++at, type);
        if (c == guard)
            *text = arena_printf(arena, "%s + 0 / (%s = $%d::bigint)::int", *text, name,
                                 1 + guarded_columns(table));
    }
    return arena_printf(arena, "update %s set %s where %s", table->name, sets, keys);
}

static const char *delete (const struct table *table, struct arena *arena)
{
    int n_key = table_key_columns(table);
    return arena_printf(arena, "delete from %s t using %s where %s", table->name,
                        unnest(table, n_key, arena),
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
        return pgsql_guard(table) >= 0 ? update_guarded(table, arena) : update(table, arena);
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
