/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/rows.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/declare.h"
#include "common/rows/rowset.h"
#include "common/rows/turn.h"

static struct rowset *set_of(struct turn *turn, const struct table *table)
{
    struct rowset *set = rowset_of(turn, table);
    if (set == NULL)
        panic("%s does not keep the table %s", turn->service->name, table->name);
    return set;
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
    uint64_t hash = rowset_hash(set, probe);
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
    rows_want_due_late(turn, table, limit, 0);
}

void rows_want_due_late(struct turn *turn, const struct table *table, int limit, int64_t late_ms)
{
    must(table_due_column(table) >= 0);
    set_of(turn, table)->due_limit = limit;
    set_of(turn, table)->late_ms = late_ms;
}

void rows_want_open(struct turn *turn, const struct table *table, const void *probe, int limit)
{
    struct rowset *set = set_of(turn, table);
    must(table_open_column(table) >= 0);
    set->open_after = probe;
    set->open_limit = limit;
}

const void *rows_open(struct turn *turn, const struct table *table, size_t *place)
{
    const struct rowset *set = set_of(turn, table);
    return *place < set->n_open ? set->open[(*place)++] : NULL;
}

bool rows_wanted(struct turn *turn, const struct table *table)
{
    return set_of(turn, table)->n_wants > 0;
}

/* A key before all others: numbers are from 0, and no text or bytes are empty. */
static const void *before_all(const struct table *table, struct arena *arena, int16_t centre)
{
    char *row = arena_alloc(arena, table->row_size);
    for (int i = 0; i < table_key_columns(table); i++) {
        void *field = row + table->columns[i].offset;
        if (table->columns[i].type == COLUMN_I16)
            *(int16_t *)field = -1;
        else if (table->columns[i].type == COLUMN_I32)
            *(int32_t *)field = -1;
        else if (table->columns[i].type == COLUMN_I64)
            *(int64_t *)field = -1;
        else if (table->columns[i].type == COLUMN_TEXT)
            *(const char **)field = "";
        else if (table->columns[i].type == COLUMN_BYTES)
            *(struct bytes *)field = (struct bytes){(const unsigned char *)"", 0};
    }
    *(int16_t *)(void *)(row + table->columns[0].offset) = centre;
    return row;
}

void rows_want_after(struct turn *turn, const struct table *table, const void *probe, int limit)
{
    struct rowset *set = set_of(turn, table);
    set->after = probe == NULL ? before_all(table, turn->arena, turn->centre) : probe;
    set->after_limit = limit;
}

void *rows_after(struct turn *turn, const struct table *table, size_t *n)
{
    struct rowset *set = set_of(turn, table);
    *n = set->n_after;
    return set->last_after;
}

void rows_want_owned(struct turn *turn, const struct table *table, const void *probe)
{
    struct rowset *set = set_of(turn, table);
    must(table_owner_column(table) >= 0);
    if (set->n_owners == set->room_owners) {
        set->room_owners += 4;
        set->owners =
            arena_grow(turn->arena, set->owners, set->n_owners, set->room_owners, sizeof(void *));
    }
    set->owners[set->n_owners++] =
        memcpy(arena_alloc(turn->arena, table->row_size), probe, table->row_size);
}

/* ---- rows */

static bool is_there(const struct row *row)
{
    return row->state != ROW_REMOVED && row->state != ROW_DROPPED;
}

void *rows_find(struct turn *turn, const struct table *table, const void *probe)
{
    struct row *row = rowset_find(set_of(turn, table), probe);
    return row != NULL && is_there(row) ? row->data : NULL;
}

void *rows_next(struct turn *turn, const struct table *table, const void *probe, const void *after)
{
    struct rowset *set = set_of(turn, table);
    struct row *row = hash_first(&set->rows_by_group, rowset_hash(set, probe));
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
    struct row *row = rowset_find(set, data);
    void *copy = memcpy(arena_alloc(turn->arena, table->row_size), data, table->row_size);
    turn->changes++;
    if (row == NULL)
        return rowset_append(turn, set, copy, ROW_ADDED)->data;
    if (is_there(row))
        panic("%s: a row with this key is there already", table->name);
    row->state = row->state == ROW_REMOVED ? ROW_CHANGED : ROW_ADDED;
    return row->data = copy;
}

void *rows_touch(struct turn *turn, const struct table *table, void *data)
{
    struct row *row = rowset_find(set_of(turn, table), data);
    must(row != NULL && row->data == data && is_there(row));
    if (row->state == ROW_LOADED)
        row->state = ROW_CHANGED;
    turn->changes++;
    return data;
}

void rows_remove(struct turn *turn, const struct table *table, void *data)
{
    struct row *row = rowset_find(set_of(turn, table), data);
    must(row != NULL && row->data == data && is_there(row));
    row->state = row->state == ROW_ADDED ? ROW_DROPPED : ROW_REMOVED;
    turn->changes++;
}
