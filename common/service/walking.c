/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/walking.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/declare.h"
#include "common/values/log.h"

enum { WALKING_BYTES = 8 << 20 };

/* ---- the rows of walks */

/* Of two walks the one that was started first goes first. */
static void keep_first(struct walking *walking, const struct walk_row *row)
{
    walking->n++;
    if (walking->first.name != NULL && walking->first.no < row->no)
        return;
    const struct walk_row *kept = table_copy(&walk_table, row, walking->arena);
    walking->first = *kept;
}

static void forget(struct walking *walking)
{
    arena_reset(walking->arena);
    walking->n = 0;
    walking->first = (struct walk_row){.name = NULL};
}

enum status walking_open(struct walking *walking, struct store *store, const struct config *config)
{
    walking_close(walking);
    *walking = (struct walking){.walks = store->service->walks,
                                .rows_max = (int)config_number(config, "slice_rows"),
                                .slice_ms = config_number(config, "slice_ms"),
                                .arena = arena_new(WALKING_BYTES)};
    walking->rows = walking->rows_max;
    struct arena *arena = arena_new(WALKING_BYTES);
    struct walk_row *rows;
    size_t n;
    enum status status = store_all(store, &walk_table, arena, (void **)&rows, &n);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        if (rows[i].centre == store->centre)
            keep_first(walking, &rows[i]);
    arena_free(&arena);
    if (walking->n > 0)
        log_info(0, "walk.resumed", "%s goes on after %lld rows", walking->first.name,
                 (long long)walking->first.met);
    return status;
}

void walking_close(struct walking *walking)
{
    arena_free(&walking->arena);
}

/* ---- a slice */

static const struct walk *walk_of(const struct walking *walking)
{
    const struct walk *walk = walking->walks;
    while (walk != NULL && walk->name != NULL && strcmp(walk->name, walking->first.name) != 0)
        walk++;
    if (walk == NULL || walk->name == NULL)
        panic("no such walk: %s", walking->first.name);
    return walk;
}

/* One column of the key, as the walk's row keeps it. */
static int64_t *key_of(struct walk_row *row, int column)
{
    int64_t *const keys[WALK_KEYS] = {&row->key_1, &row->key_2, &row->key_3};
    must(column >= 1 && column <= WALK_KEYS);
    return keys[column - 1];
}

static void *probe_of(const struct walking *walking, const struct table *table, struct turn *turn)
{
    char *probe = arena_alloc(turn->arena, table->row_size);
    struct walk_row at = walking->first;
    *(int16_t *)(void *)(probe + table->columns[0].offset) = turn->centre;
    for (int c = 1; c < table_key_columns(table); c++)
        table_set_number(probe, &table->columns[c], *key_of(&at, c));
    return probe;
}

void walking_need(const struct walking *walking, struct turn *turn)
{
    if (walking->n == 0)
        return;
    const struct table *table = walk_of(walking)->table;
    walk_want(turn);
    rows_want_open(turn, table, probe_of(walking, table, turn), walking->rows);
}

bool walking_need_more(const struct walking *walking, struct turn *turn)
{
    if (walking->n == 0 || walk_of(walking)->need == NULL)
        return false;
    const struct walk *walk = walk_of(walking);
    const void *row;
    bool any = false;
    for (size_t place = 0; (row = rows_open(turn, walk->table, &place)) != NULL; any = true)
        walk->need(turn, row);
    return any;
}

static void move_on(struct walk_row *row, const struct table *table, const void *last)
{
    for (int c = 1; c < table_key_columns(table); c++)
        *key_of(row, c) = table_number(last, &table->columns[c]);
}

/* A row that a command of this batch has removed is passed over. */
static size_t step_rows(const struct walk *walk, struct turn *turn, struct walk_row *row)
{
    void *shared = walk->open == NULL ? NULL : walk->open(turn, row);
    const void *met = NULL;
    size_t n = 0;
    for (size_t place = 0; (met = rows_open(turn, walk->table, &place)) != NULL; n++) {
        void *now = rows_find(turn, walk->table, met);
        if (now != NULL)
            walk->step(turn, row, shared, now);
        move_on(row, walk->table, met);
    }
    row->met += (int64_t)n;
    return n;
}

void walking_tick(const struct walking *walking, struct turn *turn)
{
    if (walking->n == 0)
        return;
    const struct walk *walk = walk_of(walking);
    struct walk_row *row = rows_find(turn, &walk_table, &walking->first);
    must(row != NULL);
    rows_touch(turn, &walk_table, row);
    turn_wake(turn, turn->now_ms);
    if (step_rows(walk, turn, row) == (size_t)walking->rows)
        return;
    if (walk->done != NULL)
        walk->done(turn, row);
    log_info(0, "walk.done", "%s met %lld rows, %lld changed", row->name, (long long)row->met,
             (long long)row->changed);
    rows_remove(turn, &walk_table, row);
}

/* ---- between slices */

void walking_saved(struct walking *walking, struct turn *turn)
{
    const struct walk_row *row;
    if (!rows_wanted(turn, &walk_table))
        return;
    forget(walking);
    for (size_t place = 0; (row = rows_each(turn, &walk_table, &place)) != NULL;)
        keep_first(walking, row);
}

void walking_took(struct walking *walking, bool ticked, int64_t ms)
{
    if (walking->n == 0 || !ticked)
        return;
    if (ms > walking->slice_ms && walking->rows > 1)
        walking->rows /= 2;
    else if (ms < walking->slice_ms / 2 && walking->rows < walking->rows_max)
        walking->rows =
            walking->rows * 2 < walking->rows_max ? walking->rows * 2 : walking->rows_max;
}
