/* SPDX-License-Identifier: Apache-2.0 */
#include "common/postgres/pgsql.h"

#include "common/base/panic.h"
#include "common/postgres/pg.h"
#include "common/postgres/pgform.h"
#include "common/rows/corridor.h"

enum { STATEMENT_BYTES = 1 << 20 };

const char *const pgsql_verbs[] = {"all",   "load",   "due",    "open",  "after",
                                   "owned", "insert", "update", "delete"};

/* `each`, in which @ stands for a column's name, for each of n columns. */
static const char *list_of(const struct column *columns, int n, const char *each,
                           const char *between, struct arena *arena)
{
    const char *text = "";
    for (int c = 0; c < n; c++) {
        const struct column *column = &columns[c];
        const char *one = arena_printf(arena, "%s", "");
        for (const char *p = each; *p != '\0'; p++)
            one = *p == '@' ? arena_printf(arena, "%s%s", one, column->name)
                            : arena_printf(arena, "%s%c", one, *p);
        text = arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : between, one);
    }
    return text;
}

static const char *list(const struct table *table, int n, const char *each, const char *between,
                        struct arena *arena)
{
    return list_of(table->columns, n, each, between, arena);
}

/* unnest($1::type[], ...) as u(name, ...) over the first n columns. */
static const char *unnest(const struct table *table, int n, struct arena *arena)
{
    const char *arrays = "";
    for (int c = 0; c < n; c++)
        arrays = arena_printf(arena, "%s%s$%d::%s[]", arrays, c == 0 ? "" : ", ", c + 1,
                              pgform_type(table->columns[c].type));
    return arena_printf(arena, "unnest(%s) as u(%s)", arrays, list(table, n, "@", ", ", arena));
}

static const char *all(const struct table *table, struct arena *arena)
{
    return arena_printf(arena, "select %s from %s where centre = $1::smallint order by %s",
                        list(table, table->n_columns, "@", ", ", arena), table->name,
                        list(table, table_key_columns(table), "@", ", ", arena));
}

static const char *load(const struct table *table, struct arena *arena)
{
    return arena_printf(arena, "select %s from %s join %s t on %s",
                        list(table, table->n_columns, "t.@", ", ", arena),
                        unnest(table, table->n_group, arena), table->name,
                        list(table, table->n_group, "t.@ = u.@", " and ", arena));
}

/* What is due, and the first row that is not due yet, which says when to tick next. */
static const char *due(const struct table *table, struct arena *arena)
{
    int c = table_due_column(table);
    if (c < 0)
        return NULL;
    const char *columns = list(table, table->n_columns, "@", ", ", arena),
               *name = table->columns[c].name;
    return arena_printf(arena,
                        "(select %s from %s where centre = $1::smallint and %s <= $2::timestamptz "
                        "order by %s limit $3::integer) union all "
                        "(select %s from %s where centre = $1::smallint and %s > $2::timestamptz "
                        "order by %s limit 1)",
                        columns, table->name, name, name, columns, table->name, name, name);
}

/* The next rows in key order: the first key column is the centre, and stays. */
static const char *next(const struct table *table, const char *only, struct arena *arena)
{
    int n_key = table_key_columns(table);
    const char *places = "";
    for (int c = 1; c < n_key; c++)
        places = arena_printf(arena, "%s%s$%d::%s", places, c == 1 ? "" : ", ", c + 1,
                              pgform_type(table->columns[c].type));
    return arena_printf(arena,
                        "select %s from %s where centre = $1::smallint and %s(%s) > (%s) order by "
                        "%s limit $%d::integer",
                        list(table, table->n_columns, "@", ", ", arena), table->name, only,
                        list_of(table->columns + 1, n_key - 1, "@", ", ", arena), places,
                        list(table, n_key, "@", ", ", arena), n_key + 1);
}

static const char *open(const struct table *table, struct arena *arena)
{
    int c = table_open_column(table);
    if (c < 0)
        return NULL;
    const struct column *column = &table->columns[c];
    return next(table,
                arena_printf(arena, "%s is %s and ", column->name,
                             (column->flags & COLUMN_OPEN) != 0 ? "not null" : "null"),
                arena);
}

/* Of tables with sealed columns, which are walked when keys change, and of those with an owner. */
static const char *after(const struct table *table, struct arena *arena)
{
    int sealed = 0;
    for (int c = 0; c < table->n_columns; c++)
        sealed += (table->columns[c].flags & COLUMN_SEALED) != 0;
    return sealed == 0 && table_owner_column(table) < 0 ? NULL : next(table, "", arena);
}

static const char *owned(const struct table *table, struct arena *arena)
{
    int owner = table_owner_column(table), done = table_done_column(table);
    if (owner < 0)
        return NULL;
    return arena_printf(
        arena, "select %s from %s where centre = $1::smallint and %s = $2::%s%s%s%s",
        list(table, table->n_columns, "@", ", ", arena), table->name, table->columns[owner].name,
        pgform_type(table->columns[owner].type), done < 0 ? "" : " and ",
        done < 0 ? "" : table->columns[done].name, done < 0 ? "" : " is null");
}

static const char *insert(const struct table *table, struct arena *arena)
{
    return arena_printf(arena, "insert into %s (%s) select %s from unnest($1::%s[]) u", table->name,
                        list(table, table->n_columns, "@", ", ", arena),
                        list(table, table->n_columns, "u.@", ", ", arena), table->name);
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
                        sets, table->name, list(table, n_key, "t.@ = u.@", " and ", arena));
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

/* One row at a time, because such tables have few. If the guard does not hold what was loaded, the
 * statement divides by zero and the whole batch fails. */
static const char *update_guarded(const struct table *table, struct arena *arena)
{
    int n_key = table_key_columns(table), guard = table_guard_column(table), at = 0;
    const char *sets = "", *keys = "";
    for (int c = 0; c < table->n_columns; c++) {
        const char *name = table->columns[c].name, *type = pgform_type(table->columns[c].type);
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
                        list(table, n_key, "t.@ = u.@", " and ", arena));
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
    case PGSQL_OPEN:
        return open(table, arena);
    case PGSQL_AFTER:
        return after(table, arena);
    case PGSQL_OWNED:
        return owned(table, arena);
    case PGSQL_INSERT:
        return insert(table, arena);
    case PGSQL_UPDATE:
        return table_guard_column(table) >= 0 ? update_guarded(table, arena) : update(table, arena);
    case PGSQL_DELETE:
        return delete (table, arena);
    }
    panic("no such verb");
}

enum status pgsql_prepare(struct pg *pg, const struct table *table, enum pgsql_verb from,
                          enum pgsql_verb to)
{
    struct arena *arena = arena_new(STATEMENT_BYTES);
    enum status status = STATUS_OK;
    for (enum pgsql_verb verb = from; verb <= to && status == STATUS_OK; verb++) {
        const char *sql = pgsql_statement(verb, table, arena);
        const char *name = arena_printf(arena, "%s_%s", pgsql_verbs[verb], table->name);
        if (sql != NULL)
            status = pg_prepare(pg, name, sql, NULL, 0);
    }
    arena_free(&arena);
    return status;
}

const char *pgsql_every(const struct table *table, struct arena *arena)
{
    return all(table, arena);
}

const char *pgsql_rows(const struct table *table, const char *where, struct arena *arena)
{
    return arena_printf(arena, "select %s from %s %s",
                        list(table, table->n_columns, "@", ", ", arena), table->name, where);
}

const char *pgsql_select(const struct shape *shape, const char *from, struct arena *arena)
{
    const char *whole = "", *own = list_of(shape->columns, shape->n_columns, "@", ", ", arena);
    if (shape->whole != NULL)
        whole = list(shape->whole, shape->whole->n_columns, "@", ", ", arena);
    return arena_printf(arena, "select %s%s%s %s", whole,
                        whole[0] == '\0' || own[0] == '\0' ? "" : ", ", own, from);
}
