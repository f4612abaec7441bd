/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/memstore.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/declare.h"
#include "common/rows/rowset.h"

enum { SHELF_BUDGET = 1 << 30 };

struct kept {
    struct hash_link link; /* by the group */
    void *data;            /* null: removed */
};

/* One table's rows: an array for order, a hash table for finding. */
struct shelf {
    const struct table *table;
    struct kept **rows;
    size_t n, room;
    struct hash by_group; /* without those removed */
};

struct memstore {
    struct store store;
    struct arena *arena;
    struct shelf *shelves;
    size_t n_shelves;
};

static struct shelf *shelf_of(struct memstore *mem, const struct table *table)
{
    for (size_t i = 0; i < mem->n_shelves; i++)
        if (mem->shelves[i].table == table)
            return &mem->shelves[i];
    panic("%s does not keep the table %s", mem->store.service->name, table->name);
}

static uint64_t group_hash(const struct shelf *shelf, const void *row)
{
    return table_hash(shelf->table, row, shelf->table->n_group);
}

static struct kept *find(const struct shelf *shelf, const void *probe)
{
    struct kept *kept = hash_first(&shelf->by_group, group_hash(shelf, probe));
    while (kept != NULL &&
           !table_same(shelf->table, kept->data, probe, table_key_columns(shelf->table)))
        kept = hash_next(kept);
    return kept;
}

static void keep(struct memstore *mem, struct shelf *shelf, const void *row)
{
    if (shelf->n == shelf->room) {
        shelf->room = shelf->room == 0 ? 64 : shelf->room * 2;
        shelf->rows =
            arena_grow(mem->arena, shelf->rows, shelf->n, shelf->room, sizeof *shelf->rows);
    }
    struct kept *kept = ARENA_NEW(mem->arena, struct kept);
    kept->data = table_copy(shelf->table, row, mem->arena);
    shelf->rows[shelf->n++] = kept;
    hash_add(&shelf->by_group, kept, group_hash(shelf, row));
}

/* ---- the store */

static int by_key(const void *a, const void *b, void *table)
{
    return table_order(table, a, b);
}

static enum status mem_all(struct store *store, const struct table *table, struct arena *arena,
                           void **rows, size_t *n)
{
    struct shelf *shelf = shelf_of((struct memstore *)store, table);
    char *all = arena_alloc(arena, table->row_size * (shelf->by_group.n + 1));
    *n = 0;
    for (size_t i = 0; i < shelf->n; i++)
        if (shelf->rows[i]->data != NULL)
            memcpy(all + table->row_size * (*n)++, table_copy(table, shelf->rows[i]->data, arena),
                   table->row_size);
    qsort_r(all, *n, table->row_size, by_key, (void *)(uintptr_t)table);
    *rows = all;
    return STATUS_OK;
}

static int64_t due_of(const struct table *table, const void *row)
{
    return *(const int64_t *)((const char *)row + table->columns[table_due_column(table)].offset);
}

static int by_due(const void *a, const void *b, void *table)
{
    int64_t x = due_of(table, *(void *const *)a), y = due_of(table, *(void *const *)b);
    return (x > y) - (x < y);
}

/* The rows that are ever due, the earliest first. */
static size_t sort_due(const struct shelf *shelf, struct arena *arena, void ***rows)
{
    size_t n = 0;
    *rows = ARENA_ARRAY(arena, void *, shelf->by_group.n + 1);
    for (size_t i = 0; i < shelf->n; i++)
        if (shelf->rows[i]->data != NULL && due_of(shelf->table, shelf->rows[i]->data) != 0)
            (*rows)[n++] = shelf->rows[i]->data;
    qsort_r(*rows, n, sizeof **rows, by_due, (void *)(uintptr_t)shelf->table);
    return n;
}

/* At most due_limit rows that are due, and the first that is not due yet. */
static void load_due(struct turn *turn, struct rowset *set, const struct shelf *shelf)
{
    void **rows;
    size_t n = sort_due(shelf, turn->arena, &rows), i = 0;
    for (; i < n && due_of(set->table, rows[i]) <= turn->now_ms - set->late_ms; i++)
        if (i < (size_t)set->due_limit)
            rowset_bring(turn, set, table_copy(set->table, rows[i], turn->arena));
    if (i < n)
        rowset_bring(turn, set, table_copy(set->table, rows[i], turn->arena));
}

static void load_groups(struct turn *turn, struct rowset *set, const struct shelf *shelf)
{
    for (size_t i = 0; i < set->n_wants; i++)
        for (struct kept *kept = hash_first(&shelf->by_group, group_hash(shelf, set->wants[i]));
             kept != NULL; kept = hash_next(kept))
            if (table_same(set->table, kept->data, set->wants[i], set->table->n_group))
                rowset_bring(turn, set, table_copy(set->table, kept->data, turn->arena));
}

static int by_place(const void *a, const void *b, void *table)
{
    return table_order(table, *(void *const *)a, *(void *const *)b);
}

static void load_after(struct turn *turn, struct rowset *set, const struct shelf *shelf)
{
    void **rows = ARENA_ARRAY(turn->arena, void *, shelf->by_group.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < shelf->n; i++)
        if (shelf->rows[i]->data != NULL &&
            table_order(set->table, shelf->rows[i]->data, set->after) > 0)
            rows[n++] = shelf->rows[i]->data;
    qsort_r(rows, n, sizeof *rows, by_place, (void *)(uintptr_t)shelf->table);
    for (size_t i = 0; i < n && i < (size_t)set->after_limit; i++)
        rowset_bring_after(turn, set, table_copy(set->table, rows[i], turn->arena));
    set->after_limit = 0;
}

static bool is_open(const struct table *table, const char *row)
{
    const struct column *column = &table->columns[table_open_column(table)];
    bool is_set = *(const int64_t *)(const void *)(row + column->offset) != 0;
    return is_set == ((column->flags & COLUMN_OPEN) != 0);
}

/* Puts a row among the first n of at most `limit` in key order. */
static size_t put_in_order(const struct table *table, void **rows, size_t n, size_t limit,
                           void *row)
{
    if (n == limit && table_order(table, row, rows[n - 1]) > 0)
        return n;
    size_t at = n < limit ? n : n - 1;
    for (; at > 0 && table_order(table, row, rows[at - 1]) < 0; at--)
        rows[at] = rows[at - 1];
    rows[at] = row;
    return n < limit ? n + 1 : n;
}

static void load_open(struct turn *turn, struct rowset *set, const struct shelf *shelf)
{
    size_t n = 0, limit = (size_t)set->open_limit;
    void **rows = ARENA_ARRAY(turn->arena, void *, limit);
    for (size_t i = 0; i < shelf->n; i++) {
        void *row = shelf->rows[i]->data;
        if (row != NULL && is_open(set->table, row) &&
            table_order(set->table, row, set->open_after) > 0)
            n = put_in_order(set->table, rows, n, limit, row);
    }
    for (size_t i = 0; i < n; i++)
        rowset_bring_open(turn, set, table_copy(set->table, rows[i], turn->arena));
    set->open_limit = 0;
}

/* Same value of the owner's column, and not done. */
static bool is_owned(const struct table *table, const char *row, const void *probe)
{
    int owner = table_owner_column(table), done = table_done_column(table);
    const struct table one = {.name = table->name,
                              .row_size = table->row_size,
                              .columns = &table->columns[owner],
                              .n_columns = 1};
    return table_same(&one, row, probe, 1) &&
           (done < 0 || *(const int64_t *)(row + table->columns[done].offset) == 0);
}

static void load_owned(struct turn *turn, struct rowset *set, const struct shelf *shelf)
{
    for (size_t owner = 0; owner < set->n_owners; owner++)
        for (size_t i = 0; i < shelf->n; i++) {
            const char *data = shelf->rows[i]->data;
            if (data != NULL && is_owned(set->table, data, set->owners[owner]))
                rowset_bring(turn, set, table_copy(set->table, data, turn->arena));
        }
}

static enum status mem_load(struct store *store, struct turn *turn)
{
    for (struct rowset *set = turn->sets; set->table != NULL; set++) {
        const struct shelf *shelf = shelf_of((struct memstore *)store, set->table);
        load_groups(turn, set, shelf);
        if (set->due_limit > 0)
            load_due(turn, set, shelf);
        if (set->open_limit > 0)
            load_open(turn, set, shelf);
        if (set->after_limit > 0)
            load_after(turn, set, shelf);
        load_owned(turn, set, shelf);
    }
    return STATUS_OK;
}

/* Refuses what PostgreSQL would. */
static enum status can_save(const struct shelf *shelf, const struct row *row)
{
    const struct kept *kept = find(shelf, row->data);
    if (row->state == ROW_ADDED)
        return kept == NULL ? STATUS_OK : STATUS_UNSAVEABLE;
    if (row->state != ROW_CHANGED && row->state != ROW_REMOVED)
        return STATUS_OK;
    if (kept == NULL)
        panic("%s: a row that was loaded is gone", shelf->table->name);
    return row->state == ROW_REMOVED || table_guard(shelf->table, kept->data) == row->guard
               ? STATUS_OK
               : STATUS_REWOUND;
}

static void save_row(struct memstore *mem, struct shelf *shelf, const struct row *row)
{
    struct kept *kept = find(shelf, row->data);
    if (row->state == ROW_ADDED) {
        keep(mem, shelf, row->data);
    } else if (row->state == ROW_CHANGED) {
        kept->data = table_copy(shelf->table, row->data, mem->arena);
    } else if (row->state == ROW_REMOVED) {
        kept->data = NULL;
        hash_remove(&shelf->by_group, kept);
    }
}

static enum status mem_save(struct store *store, struct turn *turn)
{
    struct memstore *mem = (struct memstore *)store;
    enum status status = STATUS_OK;
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        for (size_t i = 0; i < set->n_rows && status == STATUS_OK; i++)
            status = can_save(shelf_of(mem, set->table), set->rows[i]);
    if (status != STATUS_OK)
        return status;
    for (struct rowset *set = turn->sets; set->table != NULL; set++)
        for (size_t i = 0; i < set->n_rows; i++)
            save_row(mem, shelf_of(mem, set->table), set->rows[i]);
    return STATUS_OK;
}

static enum status mem_events(struct store *store, int64_t from_seq, size_t max,
                              struct arena *arena, struct event **events, size_t *n)
{
    const struct shelf *shelf = shelf_of((struct memstore *)store, &journal_table);
    *events = ARENA_ARRAY(arena, struct event, max + 1);
    *n = 0;
    /* The journal is in order and complete: event n is row n - 1. */
    for (size_t i = (size_t)from_seq; i < shelf->n && *n < max; i++) {
        const struct journal_row *row = table_copy(&journal_table, shelf->rows[i]->data, arena);
        (*events)[(*n)++] = journal_event(row);
    }
    return STATUS_OK;
}

static enum status mem_parked(struct store *store, int64_t case_number, size_t max,
                              struct arena *arena, struct parked_row **rows, size_t *n)
{
    struct parked_row *all;
    size_t n_all;
    enum status status = mem_all(store, &parked_table, arena, (void **)&all, &n_all);
    *rows = ARENA_ARRAY(arena, struct parked_row, n_all + 1);
    *n = 0;
    for (size_t i = 0; i < n_all && *n < max; i++)
        if (all[i].centre == store->centre && all[i].case_number == case_number)
            (*rows)[(*n)++] = all[i];
    return status;
}

static enum status mem_held(struct store *store, struct arena *arena, struct held_case **cases,
                            size_t *n)
{
    struct parked_row *all; /* in order of case numbers */
    size_t n_all;
    enum status status = mem_all(store, &parked_table, arena, (void **)&all, &n_all);
    *cases = ARENA_ARRAY(arena, struct held_case, n_all + 1);
    *n = 0;
    for (size_t i = 0; i < n_all; i++) {
        if (all[i].centre != store->centre)
            continue;
        if (*n == 0 || (*cases)[*n - 1].case_number != all[i].case_number)
            (*cases)[(*n)++].case_number = all[i].case_number;
        (*cases)[*n - 1].events++;
    }
    return status;
}

static void mem_free(struct store *store)
{
    struct memstore *mem = (struct memstore *)store;
    arena_free(&mem->arena);
    free(mem);
}

static const struct store_ops mem_ops = {
    .all = mem_all,
    .load = mem_load,
    .save = mem_save,
    .events = mem_events,
    .held = mem_held,
    .parked = mem_parked,
    .free = mem_free,
};

struct memstore *memstore_new(const struct service *service, int16_t centre)
{
    struct memstore *mem = calloc(1, sizeof *mem);
    must(mem != NULL);
    mem->store = (struct store){&mem_ops, service, centre};
    mem->arena = arena_new(SHELF_BUDGET);
    const struct table *const *lists[] = {service->tables, corridor_tables};
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; lists[pass][i] != NULL; i++)
            mem->n_shelves++;
    mem->shelves = ARENA_ARRAY(mem->arena, struct shelf, mem->n_shelves);
    size_t at = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; lists[pass][i] != NULL; i++)
            mem->shelves[at++] =
                (struct shelf){.table = lists[pass][i], .by_group.arena = mem->arena};
    return mem;
}

struct store *memstore_store(struct memstore *mem)
{
    return &mem->store;
}

void memstore_free(struct memstore **mem)
{
    if (*mem != NULL)
        mem_free(&(*mem)->store);
    *mem = NULL;
}

void memstore_put(struct memstore *mem, const struct table *table, const void *row)
{
    struct shelf *shelf = shelf_of(mem, table);
    if (find(shelf, row) != NULL)
        panic("%s: put twice", table->name);
    keep(mem, shelf, row);
}

void *memstore_row(struct memstore *mem, const struct table *table, const void *probe)
{
    struct kept *kept = find(shelf_of(mem, table), probe);
    return kept == NULL ? NULL : kept->data;
}

size_t memstore_count(struct memstore *mem, const struct table *table)
{
    return shelf_of(mem, table)->by_group.n;
}

void *memstore_row_at(struct memstore *mem, const struct table *table, size_t index)
{
    const struct shelf *shelf = shelf_of(mem, table);
    for (size_t i = 0; i < shelf->n; i++)
        if (shelf->rows[i]->data != NULL && index-- == 0)
            return shelf->rows[i]->data;
    return NULL;
}
