/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/rows.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/declare.h"
#include "common/rows/rowset.h"
#include "common/rows/turn.h"

static size_t count_tables(const struct table *const *tables)
{
    size_t n = 0;
    while (tables[n] != NULL)
        n++;
    return n;
}

static void set_init(struct rowset *set, const struct table *table, struct arena *arena)
{
    set->table = table;
    set->wants_by_group.arena = set->rows_by_group.arena = arena;
}

void rowset_open(struct turn *turn)
{
    size_t own = count_tables(turn->service->tables), shared = count_tables(corridor_tables);
    turn->sets = ARENA_ARRAY(turn->arena, struct rowset, own + shared + 1);
    for (size_t i = 0; i < own; i++)
        set_init(&turn->sets[i], turn->service->tables[i], turn->arena);
    for (size_t i = 0; i < shared; i++)
        set_init(&turn->sets[own + i], corridor_tables[i], turn->arena);
}

struct rowset *rowset_of(struct turn *turn, const struct table *table)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        if (set->table == table)
            return set;
    return NULL;
}

static struct rowset *set_of(struct turn *turn, const struct table *table)
{
    struct rowset *set = rowset_of(turn, table);
    if (set == NULL)
        panic("%s does not keep the table %s", turn->service->name, table->name);
    return set;
}

static uint64_t group_hash(const struct rowset *set, const void *probe)
{
    return table_hash(set->table, probe, set->table->n_group);
}

/* ---- wants */

struct want {
    struct hash_link link;
    void *probe;
};

static bool is_wanted(const struct rowset *set, const void *probe, uint64_t hash)
{
    for (const struct want *want = hash_first(&set->wants_by_group, hash); want != NULL;
         want = hash_next(want))
        if (table_same(set->table, want->probe, probe, set->table->n_group))
            return true;
    return false;
}

void rows_want(struct turn *turn, const struct table *table, const void *probe)
{
    struct rowset *set = set_of(turn, table);
    uint64_t hash = group_hash(set, probe);
    if (is_wanted(set, probe, hash))
        return;
    if (set->n_wants == set->room_wants) {
        set->room_wants = set->room_wants == 0 ? 16 : set->room_wants * 2;
        set->wants =
            arena_grow(turn->arena, set->wants, set->n_wants, set->room_wants, sizeof(void *));
    }
    struct want *want = ARENA_NEW(turn->arena, struct want);
    want->probe = memcpy(arena_alloc(turn->arena, table->row_size), probe, table->row_size);
    set->wants[set->n_wants++] = want->probe;
    hash_add(&set->wants_by_group, want, hash);
}

void rows_want_due(struct turn *turn, const struct table *table, int limit)
{
    must(table_due_column(table) >= 0);
    set_of(turn, table)->due_limit = limit;
}

void rows_want_timed(struct turn *turn, const struct table *table)
{
    must(table_timed_column(table) >= 0);
    set_of(turn, table)->timed = true;
}

/* ---- rows */

static bool is_there(const struct row *row)
{
    return row->state != ROW_REMOVED && row->state != ROW_DROPPED;
}

static struct row *find(const struct rowset *set, const void *probe)
{
    struct row *row = hash_first(&set->rows_by_group, group_hash(set, probe));
    while (row != NULL && !table_same(set->table, row->data, probe, table_key_columns(set->table)))
        row = hash_next(row);
    return row;
}

static struct row *append(struct turn *turn, struct rowset *set, void *data, enum row_state state)
{
    if (set->n_rows == set->room_rows) {
        set->room_rows = set->room_rows == 0 ? 16 : set->room_rows * 2;
        set->rows =
            arena_grow(turn->arena, set->rows, set->n_rows, set->room_rows, sizeof(struct row *));
    }
    struct row *row = ARENA_NEW(turn->arena, struct row);
    row->data = data;
    row->state = state;
    set->rows[set->n_rows++] = row;
    hash_add(&set->rows_by_group, row, group_hash(set, data));
    return row;
}

void rowset_bring(struct turn *turn, struct rowset *set, void *data)
{
    if (find(set, data) == NULL)
        append(turn, set, data, ROW_LOADED)->guard = table_guard(set->table, data);
}

void *rows_find(struct turn *turn, const struct table *table, const void *probe)
{
    struct row *row = find(set_of(turn, table), probe);
    return row != NULL && is_there(row) ? row->data : NULL;
}

void *rows_next(struct turn *turn, const struct table *table, const void *probe, const void *after)
{
    struct rowset *set = set_of(turn, table);
    struct row *row = hash_first(&set->rows_by_group, group_hash(set, probe));
    if (after != NULL) {
        while (row->data != after)
            row = hash_next(row);
        row = hash_next(row);
    }
    while (row != NULL && !(is_there(row) && table_same(table, row->data, probe, table->n_group)))
        row = hash_next(row);
    return row == NULL ? NULL : row->data;
}

void *rows_each(struct turn *turn, const struct table *table, size_t *place)
{
    struct rowset *set = set_of(turn, table);
    while (*place < set->n_rows) {
        struct row *row = set->rows[(*place)++];
        if (is_there(row))
            return row->data;
    }
    return NULL;
}

void *rows_add(struct turn *turn, const struct table *table, const void *data)
{
    struct rowset *set = set_of(turn, table);
    struct row *row = find(set, data);
    void *copy = memcpy(arena_alloc(turn->arena, table->row_size), data, table->row_size);
    turn->changes++;
    if (row == NULL)
        return append(turn, set, copy, ROW_ADDED)->data;
    if (is_there(row))
        panic("%s: a row with this key is there already", table->name);
    row->state = row->state == ROW_REMOVED ? ROW_CHANGED : ROW_ADDED;
    return row->data = copy;
}

void *rows_touch(struct turn *turn, const struct table *table, void *data)
{
    struct row *row = find(set_of(turn, table), data);
    must(row != NULL && row->data == data && is_there(row));
    if (row->state == ROW_LOADED)
        row->state = ROW_CHANGED;
    turn->changes++;
    return data;
}

void rows_remove(struct turn *turn, const struct table *table, void *data)
{
    struct row *row = find(set_of(turn, table), data);
    must(row != NULL && row->data == data && is_there(row));
    row->state = row->state == ROW_ADDED ? ROW_DROPPED : ROW_REMOVED;
    turn->changes++;
}
