/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/sealing.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/declare.h"
#include "common/rows/seal_table.h"
#include "common/rows/sealed.h"
#include "common/values/log.h"

enum { SEALING_BYTES = 1 << 20, KEYS_MAX = SEAL_KEYS_MAX + 1 };

/* ---- the keys at the start */

/* The ids of the keys that there are, the secret's first. */
static int ids_of(const struct seal *seal, uint32_t ids[KEYS_MAX])
{
    ids[0] = SEAL_BRIEF;
    for (int i = 0; i < seal->n; i++)
        ids[i + 1] = seal->keys[i].id;
    return seal->n + 1;
}

static bool proves(const struct seal *seal, const struct seal_key_row *row)
{
    unsigned char proof[SEAL_PROOF_BYTES];
    seal_proof(seal, (uint32_t)row->id, proof);
    return row->proof.len == sizeof proof && memcmp(row->proof.data, proof, sizeof proof) == 0;
}

/* A key that rows are sealed with must be there, and be the same. */
static bool check_row(const struct seal *seal, const struct seal_key_row *row)
{
    bool there = seal_has_key(seal, (uint32_t)row->id);
    if (there ? proves(seal, row) : row->unused_ms != 0)
        return true;
    log_error(0, "seal.key_wrong",
              "rows are sealed with key %d (0: the secret), and the file of seal keys has %s: put "
              "its backup back",
              row->id, there ? "another" : "none");
    return false;
}

static bool is_entered(const struct seal_key_row *rows, size_t n, uint32_t id)
{
    for (size_t i = 0; i < n; i++)
        if ((uint32_t)rows[i].id == id)
            return true;
    return false;
}

static bool is_old(const struct seal *seal, const struct seal_key_row *row)
{
    return row->id != SEAL_BRIEF && (uint32_t)row->id != seal_newest(seal) && row->unused_ms == 0;
}

static enum sealing_state state_of(const struct seal *seal, const struct seal_key_row *rows,
                                   size_t n)
{
    uint32_t ids[KEYS_MAX];
    for (int i = 0, n_ids = ids_of(seal, ids); i < n_ids; i++)
        if (!is_entered(rows, n, ids[i]))
            return SEALING_TO_ENTER;
    for (size_t i = 0; i < n; i++)
        if (is_old(seal, &rows[i]))
            return SEALING_WALKS;
    return SEALING_RESTS;
}

enum status sealing_open(struct sealing *sealing, const struct seal *seal, struct store *store)
{
    sealing_close(sealing);
    if (seal == NULL)
        return STATUS_OK;
    *sealing = (struct sealing){
        .seal = seal, .tables = store->service->tables, .arena = arena_new(SEALING_BYTES)};
    struct arena *arena = arena_new(SEALING_BYTES);
    struct seal_key_row *rows;
    size_t n;
    enum status status = store_all(store, &seal_key_table, arena, (void **)&rows, &n);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        if (!check_row(seal, &rows[i]))
            status = STATUS_INVALID;
    if (status == STATUS_OK)
        sealing->state = state_of(seal, rows, n);
    arena_free(&arena);
    return status;
}

void sealing_close(struct sealing *sealing)
{
    arena_free(&sealing->arena);
    *sealing = (struct sealing){.state = SEALING_NONE};
}

/* ---- entering keys */

static void enter(struct sealing *sealing, struct turn *turn)
{
    uint32_t ids[KEYS_MAX];
    for (int i = 0, n = ids_of(sealing->seal, ids); i < n; i++) {
        unsigned char *proof = arena_alloc(turn->arena, SEAL_PROOF_BYTES);
        seal_proof(sealing->seal, ids[i], proof);
        const struct seal_key_row row = {.centre = turn->centre,
                                         .id = (int32_t)ids[i],
                                         .proof = {proof, SEAL_PROOF_BYTES},
                                         .since_ms = turn->now_ms};
        if (rows_find(turn, &seal_key_table, &row) == NULL)
            rows_add(turn, &seal_key_table, &row);
    }
    sealing->next.state = SEALING_RESTS;
    struct seal_key_row *row;
    for (size_t place = 0; (row = rows_each(turn, &seal_key_table, &place)) != NULL;)
        if (is_old(sealing->seal, row))
            sealing->next.state = SEALING_WALKS;
}

/* ---- the walk */

static bool has_sealed(const struct table *table)
{
    for (int c = 0; c < table->n_columns; c++)
        if ((table->columns[c].flags & COLUMN_SEALED) != 0)
            return true;
    return false;
}

static const struct table *walked(const struct sealing *sealing)
{
    return sealing->tables[sealing->table];
}

/* The table at this index, or the next one behind it that has sealed columns. */
static int table_from(const struct sealing *sealing, int index)
{
    while (sealing->tables[index] != NULL && !has_sealed(sealing->tables[index]))
        index++;
    return index;
}

void sealing_need(const struct sealing *sealing, struct turn *turn)
{
    if (sealing->state == SEALING_TO_ENTER || sealing->state == SEALING_WALKS)
        rows_want(turn, &seal_key_table, &(struct seal_key_row){.centre = turn->centre});
    if (sealing->state != SEALING_WALKS)
        return;
    const struct table *table = sealing->tables[table_from(sealing, sealing->table)];
    if (table != NULL)
        rows_want_after(turn, table, sealing->last, SEALING_SLICE);
}

/* One column of a row; the text is opened and sealed again. */
static void reseal(struct sealing *sealing, struct turn *turn, const struct table *table, void *row,
                   const struct column *column)
{
    struct bytes *sealed = (void *)((char *)row + column->offset), text;
    if (sealed->data == NULL || seal_id(*sealed) == seal_newest(sealing->seal))
        return;
    if (!sealed_open(sealing->seal, table, row, *sealed, turn->arena, &text)) {
        sealing->next.broken++;
        return;
    }
    rows_touch(turn, table, row);
    *sealed = sealed_close(sealing->seal, table, row, text, turn->arena);
    sealing->next.resealed++;
}

static void reseal_rows(struct sealing *sealing, struct turn *turn)
{
    const struct table *table = walked(sealing);
    void *row;
    for (size_t place = 0; (row = rows_each(turn, table, &place)) != NULL;)
        for (int c = 0; c < table->n_columns; c++)
            if ((table->columns[c].flags & COLUMN_SEALED) != 0)
                reseal(sealing, turn, table, row, &table->columns[c]);
}

/* What does not open may have been sealed with any of the keys. */
static void finish(struct sealing *sealing, struct turn *turn)
{
    struct seal_key_row *row;
    sealing->next.state = SEALING_RESTS;
    for (size_t place = 0; (row = rows_each(turn, &seal_key_table, &place)) != NULL;)
        if (is_old(sealing->seal, row) && sealing->next.broken == 0) {
            rows_touch(turn, &seal_key_table, row);
            row->unused_ms = turn->now_ms;
        }
}

static void walk(struct sealing *sealing, struct turn *turn)
{
    sealing->table = table_from(sealing, sealing->table);
    sealing->next.table = sealing->table;
    if (walked(sealing) == NULL) {
        finish(sealing, turn);
        return;
    }
    reseal_rows(sealing, turn);
    size_t n;
    sealing->next.last = rows_after(turn, walked(sealing), &n);
    if (n < SEALING_SLICE) {
        sealing->next.table++;
        sealing->next.last = NULL;
    }
    turn_wake(turn, turn->now_ms + SEALING_PAUSE_MS);
}

void sealing_tick(struct sealing *sealing, struct turn *turn)
{
    sealing->next.state = sealing->state;
    sealing->next.table = sealing->table;
    sealing->next.last = sealing->last;
    sealing->next.resealed = sealing->resealed;
    sealing->next.broken = sealing->broken;
    if (sealing->state == SEALING_WALKS) {
        walk(sealing, turn);
    } else if (sealing->state == SEALING_TO_ENTER) {
        enter(sealing, turn);
        turn_wake(turn, turn->now_ms + SEALING_PAUSE_MS);
    }
}

static void log_end(const struct sealing *sealing)
{
    if (sealing->broken > 0)
        log_error(0, "seal.keys_kept", "%lld sealed columns do not open: every key is kept in use",
                  (long long)sealing->broken);
    else
        log_info(0, "seal.keys_unused",
                 "%lld columns were sealed anew: nothing is sealed with a key before %u any more",
                 (long long)sealing->resealed, seal_newest(sealing->seal));
}

void sealing_saved(struct sealing *sealing)
{
    bool walked_on = sealing->state == SEALING_WALKS;
    if (!walked_on && sealing->state != SEALING_TO_ENTER)
        return;
    arena_reset(sealing->arena);
    sealing->state = sealing->next.state;
    sealing->table = sealing->next.table;
    sealing->resealed = sealing->next.resealed;
    sealing->broken = sealing->next.broken;
    sealing->last = sealing->next.last == NULL
                        ? NULL
                        : table_copy(walked(sealing), sealing->next.last, sealing->arena);
    if (walked_on && sealing->state == SEALING_RESTS)
        log_end(sealing);
}
