/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/rowset.h"

#include <string.h>

#include "common/rows/corridor.h"
#include "common/rows/declare.h"
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

uint64_t rowset_hash(const struct rowset *set, const void *probe)
{
    return table_hash(set->table, probe, set->table->n_group);
}

struct row *rowset_find(const struct rowset *set, const void *probe)
{
    struct row *row = hash_first(&set->rows_by_group, rowset_hash(set, probe));
    while (row != NULL && !table_same(set->table, row->data, probe, table_key_columns(set->table)))
        row = hash_next(row);
    return row;
}

struct row *rowset_append(struct turn *turn, struct rowset *set, void *data, enum row_state state)
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
    hash_add(&set->rows_by_group, row, rowset_hash(set, data));
    return row;
}

void rowset_bring(struct turn *turn, struct rowset *set, void *data)
{
    if (rowset_find(set, data) == NULL)
        rowset_append(turn, set, data, ROW_LOADED)->guard = table_guard(set->table, data);
}

void rowset_bring_open(struct turn *turn, struct rowset *set, void *data)
{
    if (set->n_open == set->room_open) {
        set->room_open = set->room_open == 0 ? 64 : set->room_open * 2;
        set->open = arena_grow(turn->arena, set->open, set->n_open, set->room_open, sizeof(void *));
    }
    set->open[set->n_open++] =
        memcpy(arena_alloc(turn->arena, set->table->row_size), data, set->table->row_size);
    rowset_bring(turn, set, data);
}

void rowset_bring_after(struct turn *turn, struct rowset *set, void *data)
{
    set->last_after = data;
    set->n_after++;
    rowset_bring(turn, set, data);
}
