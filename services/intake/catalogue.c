/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "common/rows/calendar_table.h"
#include "common/values/clock.h"
#include "common/values/log.h"

/* ---- open */

static int compare_items(const void *left, const void *right)
{
    const struct item_version *a = left, *b = right;
    int codes = strcmp(a->row.code, b->row.code);
    return codes != 0 ? codes : a->row.version - b->row.version;
}

static int compare_materials(const void *left, const void *right)
{
    const struct material_row *a = left, *b = right;
    int items = strcmp(a->item, b->item);
    if (items != 0)
        return items;
    return a->version != b->version ? a->version - b->version : a->seq - b->seq;
}

/* Both lists are in the same order, so the materials of each item are the next ones. */
static void join_materials(struct catalogue *catalogue, const struct material_row *materials,
                           size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < catalogue->n_items; i++) {
        struct item_version *item = &catalogue->items[i];
        struct material_row first = {.item = item->row.code, .version = item->row.version};
        while (at < n && compare_materials(&materials[at], &first) < 0)
            at++;
        item->materials = &materials[at];
        while (at < n && materials[at].version == first.version &&
               strcmp(materials[at].item, first.item) == 0)
            at++;
        item->n_materials = (int)(&materials[at] - item->materials);
    }
}

static enum status read_items(struct catalogue *catalogue, struct store *store, struct arena *arena)
{
    struct item_row *items;
    struct material_row *materials;
    size_t n_materials;
    enum status status =
        store_all(store, &intake_item_table, arena, (void **)&items, &catalogue->n_items);
    if (status == STATUS_OK)
        status = store_all(store, &intake_material_table, arena, (void **)&materials, &n_materials);
    if (status != STATUS_OK)
        return status;
    catalogue->items = ARENA_ARRAY(arena, struct item_version, catalogue->n_items + 1);
    for (size_t i = 0; i < catalogue->n_items; i++)
        catalogue->items[i].row = items[i];
    qsort(catalogue->items, catalogue->n_items, sizeof catalogue->items[0], compare_items);
    qsort(materials, n_materials, sizeof materials[0], compare_materials);
    join_materials(catalogue, materials, n_materials);
    return STATUS_OK;
}

static enum status read_slip_key(struct catalogue *catalogue, struct store *store,
                                 struct arena *arena)
{
    struct slip_key_row *keys;
    size_t n;
    enum status status = store_all(store, &intake_slip_key_table, arena, (void **)&keys, &n);
    if (status != STATUS_OK)
        return status;
    if (n != 1 || keys[0].key.len != SLIP_KEY_BYTES) {
        log_error(0, "slip.key", "the table slip_key must have one key of %d bytes",
                  SLIP_KEY_BYTES);
        return STATUS_INVALID;
    }
    memcpy(catalogue->slip_key, keys[0].key.data, SLIP_KEY_BYTES);
    return STATUS_OK;
}

static struct waiting_rules read_rules(const struct config *config)
{
    return (struct waiting_rules){
        .priority_first = config_bool(config, "tickets_priority_first"),
        .fast_first = config_bool(config, "tickets_fast_lane_first"),
        .favoured_most = (int32_t)config_number(config, "tickets_favoured"),
        .back_after = (int32_t)config_number(config, "tickets_back_after"),
        .passed_most = (int32_t)config_number(config, "tickets_passed_over"),
        .ticket_min = (int32_t)config_number(config, "ticket_min"),
    };
}

static struct ticket_limits read_limits(const struct config *config)
{
    return (struct ticket_limits){
        .queue_most = (int32_t)config_number(config, "tickets_queue_most"),
        .day_most = (int32_t)config_number(config, "tickets_day_most"),
        .in_hours = config_bool(config, "tickets_in_hours"),
    };
}

enum status intake_catalogue_open(struct store *store, const struct config *config,
                                  struct arena *arena, void **memory)
{
    struct catalogue *catalogue = ARENA_NEW(arena, struct catalogue);
    catalogue->take_back_days = (int32_t)config_number(config, "take_back_days");
    catalogue->question_days = (int32_t)config_number(config, "question_days");
    catalogue->scans = (struct scan_limits){
        .bytes = config_number(config, "scan_mib") << 20,
        .case_bytes = config_number(config, "scans_case_mib") << 20,
        .day_bytes = config_number(config, "scans_day_gib") << 30,
    };
    catalogue->correction_days = (int32_t)config_number(config, "correction_days");
    catalogue->erase_years = (int32_t)config_number(config, "erase_years");
    catalogue->keys_kept_days = (int32_t)config_number(config, "keys_kept_days");
    catalogue->waiting = read_rules(config);
    catalogue->tickets = read_limits(config);
    enum status status = read_items(catalogue, store, arena);
    if (status == STATUS_OK)
        status = store_all(store, &intake_item_fee_table, arena, (void **)&catalogue->fees,
                           &catalogue->n_fees);
    if (status == STATUS_OK)
        status = store_all(store, &intake_department_table, arena, (void **)&catalogue->departments,
                           &catalogue->n_departments);
    if (status == STATUS_OK)
        status = store_all(store, &intake_window_table, arena, (void **)&catalogue->windows,
                           &catalogue->n_windows);
    if (status == STATUS_OK)
        status = read_slip_key(catalogue, store, arena);
    if (status == STATUS_OK)
        status = calendar_table_open(store, config, arena, &catalogue->calendar);
    *memory = catalogue;
    return status;
}

/* ---- look up */

int32_t intake_today(const struct catalogue *catalogue, int64_t now_ms)
{
    return calendar_day(&catalogue->calendar, now_ms).n;
}

const struct item_version *intake_item_version(const struct catalogue *catalogue, const char *code,
                                               int16_t version)
{
    struct item_version wanted = {.row = {.code = code, .version = version}};
    return bsearch(&wanted, catalogue->items, catalogue->n_items, sizeof wanted, compare_items);
}

/* How many versions stand before those of the code that come into force after the day. */
static size_t place_after(const struct catalogue *catalogue, const char *code, struct day day)
{
    size_t low = 0, high = catalogue->n_items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct item_row *row = &catalogue->items[middle].row;
        int order = strcmp(row->code, code);
        if (order < 0 || (order == 0 && row->from_day <= day.n))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct item_version *intake_item_on(const struct catalogue *catalogue, const char *code,
                                          struct day day)
{
    size_t after = place_after(catalogue, code, day);
    const struct item_version *found = after == 0 ? NULL : &catalogue->items[after - 1];
    return found != NULL && strcmp(found->row.code, code) == 0 ? found : NULL;
}

const struct department_row *intake_department(const struct catalogue *catalogue, const char *code)
{
    for (size_t i = 0; i < catalogue->n_departments; i++)
        if (strcmp(catalogue->departments[i].code, code) == 0)
            return &catalogue->departments[i];
    return NULL;
}

const struct window_row *intake_window(const struct catalogue *catalogue, int32_t number)
{
    for (size_t i = 0; i < catalogue->n_windows; i++)
        if (catalogue->windows[i].number == number)
            return &catalogue->windows[i];
    return NULL;
}

/* ---- what follows from an item */

bool intake_item_immediate(const struct item_row *item)
{
    return item->immediate && item->window_can_finish; /* RULE H4 */
}

int32_t intake_promised_days(const struct item_row *item, bool fast_lane)
{
    return fast_lane ? (item->promised_days + 1) / 2 : item->promised_days; /* RULE H9 */
}

bool intake_item_is_for(const struct item_row *item, int kind)
{
    return item->applicant == FOR_ANYONE || item->applicant == kind;
}

const struct counted_fee *intake_counted_fees(const struct catalogue *catalogue, const char *item,
                                              struct day day, struct arena *arena, size_t *n)
{
    struct counted_fee *fees = ARENA_ARRAY(arena, struct counted_fee, catalogue->n_fees);

    *n = 0;
    for (size_t i = 0; i < catalogue->n_fees; i++) {
        const struct item_fee_row *row = &catalogue->fees[i];
        bool in_force = row->from_day <= day.n && (row->to_day == 0 || day.n < row->to_day);
        if (in_force && row->counts_units && strcmp(row->item, item) == 0)
            fees[(*n)++] = (struct counted_fee){row->fee, row->counts_days};
    }
    return fees;
}

int64_t intake_days_after(const struct catalogue *catalogue, int64_t from_ms, int32_t days)
{
    struct clock clock = {0};
    clock_start(&clock, &catalogue->calendar, from_ms, days);
    return clock_due(&clock, &catalogue->calendar);
}

char *intake_slip_code(const struct catalogue *catalogue, int64_t case_number, struct arena *arena)
{
    char code[SLIP_CODE_SIZE];
    return arena_strdup(arena, slip_code_make(catalogue->slip_key, case_number, code));
}
