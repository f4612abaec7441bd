/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue of the reference hall, as db/reference/intake.sql takes it: each item as its first
 * version. */
#include <string.h>

#include "common/rows/memstore.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/rows.h"
#include "services/intake/slip_code.h"
#include "tests/world/csv.h"
#include "tests/world/world.h"

enum { CENTRE = 1, SINCE_2000 = 10957, FILES_BUDGET = 4 << 20 };

static bool is(const struct csv *csv, size_t row, const char *column, const char *value)
{
    return strcmp(csv_text(csv, row, column), value) == 0;
}

/* RULE L58: an item has a fee when a published standard names it. */
static bool has_fee(const struct csv *fees, const char *item)
{
    for (size_t i = 0; i < fees->n; i++)
        if (is(fees, i, "item", item))
            return true;
    return false;
}

/* RULE L45 */
static int16_t survey_of(const struct csv *surveys, const char *item)
{
    for (size_t i = 0; i < surveys->n; i++)
        if (is(surveys, i, "item", item))
            return is(surveys, i, "kind", "appraisal")
                       ? ONEDOOR__INTAKE__SURVEY_KIND__BY_APPRAISAL
                       : ONEDOOR__INTAKE__SURVEY_KIND__BY_INSPECTION;
    return 0;
}

static void put_items(struct memstore *store, const struct csv *items, const struct csv *fees,
                      const struct csv *surveys)
{
    for (size_t i = 0; i < items->n; i++)
        memstore_put(
            store, &intake_item_table,
            &(struct item_row){
                .centre = CENTRE,
                .code = csv_text(items, i, "code"),
                .version = 1,
                .department = csv_text(items, i, "department"),
                .name_zh = csv_text(items, i, "name_zh"),
                .name_en = csv_text(items, i, "name_en"),
                .applicant = is(items, i, "applicant", "person")         ? FOR_PERSONS
                             : is(items, i, "applicant", "organisation") ? FOR_ORGANISATIONS
                                                                         : FOR_ANYONE,
                .immediate = is(items, i, "handling", "immediate"),
                .statutory_days = (int16_t)csv_number(items, i, "statutory_days"),
                .promised_days = (int16_t)csv_number(items, i, "promised_days"),
                .decision_level = csv_text(items, i, "decision_level"),
                .result = csv_text(items, i, "result"),
                .window_can_finish = is(items, i, "window_can_finish", "yes"),
                .has_fee = has_fee(fees, csv_text(items, i, "code")),
                .survey = survey_of(surveys, csv_text(items, i, "code")),
                .offered = true,
                .by_department = is(items, i, "begun_by", "department"),
                .source = is(items, i, "source", "assumed") ? ONEDOOR__INTAKE__SOURCE__ASSUMED
                                                            : ONEDOOR__INTAKE__SOURCE__SAMPLE,
                .seq = (int16_t)csv_number(items, i, "seq"),
                .from_day = SINCE_2000,
            });
}

static void put_materials(struct memstore *store, const struct csv *materials)
{
    for (size_t i = 0; i < materials->n; i++)
        memstore_put(store, &intake_material_table,
                     &(struct material_row){
                         .centre = CENTRE,
                         .item = csv_text(materials, i, "item"),
                         .version = 1,
                         .seq = (int16_t)csv_number(materials, i, "seq"),
                         .name_zh = csv_text(materials, i, "name_zh"),
                         .name_en = csv_text(materials, i, "name_en"),
                         .form = csv_text(materials, i, "form"),
                         .copies = (int16_t)csv_number(materials, i, "copies"),
                         .required = is(materials, i, "required", "yes"),
                     });
}

static void put_item_fees(struct memstore *store, const struct csv *fees)
{
    for (size_t i = 0; i < fees->n; i++)
        memstore_put(store, &intake_item_fee_table,
                     &(struct item_fee_row){
                         .centre = CENTRE,
                         .item = csv_text(fees, i, "item"),
                         .fee = csv_text(fees, i, "code"),
                         .from_day = SINCE_2000,
                         .counts_units = !is(fees, i, "kind", "fixed"),
                         .counts_days = is(fees, i, "kind", "area_days"),
                     });
}

static void put_departments(struct memstore *store, const struct csv *departments)
{
    for (size_t i = 0; i < departments->n; i++)
        memstore_put(store, &intake_department_table,
                     &(struct department_row){
                         .centre = CENTRE,
                         .code = csv_text(departments, i, "code"),
                         .name_zh = csv_text(departments, i, "name_zh"),
                         .name_en = csv_text(departments, i, "name_en"),
                         .presence = csv_text(departments, i, "presence"),
                         .floor = (int16_t)csv_number(departments, i, "floor"),
                         .note_zh = csv_text(departments, i, "note_zh"),
                         .note_en = csv_text(departments, i, "note_en"),
                     });
}

static void put_windows(struct memstore *store, const struct csv *windows)
{
    for (size_t i = 0; i < windows->n; i++)
        memstore_put(store, &intake_window_table,
                     &(struct window_row){
                         .centre = CENTRE,
                         .number = (int16_t)csv_number(windows, i, "number"),
                         .department = csv_text(windows, i, "department"),
                         .kind = csv_text(windows, i, "kind"),
                         .status = csv_text(windows, i, "status"),
                         .name_zh = csv_text(windows, i, "name_zh"),
                         .name_en = csv_text(windows, i, "name_en"),
                         .floor = (int16_t)csv_number(windows, i, "floor"),
                         .source = is(windows, i, "source", "assumed")
                                       ? ONEDOOR__INTAKE__SOURCE__ASSUMED
                                       : 0,
                     });
}

/* As db/hall.sql draws one. */
static void put_slip_key(struct memstore *store)
{
    static unsigned char key[SLIP_KEY_BYTES] = "the key of the hall in memory..";
    memstore_put(store, &intake_slip_key_table,
                 &(struct slip_key_row){.centre = CENTRE, .key = {key, sizeof key}});
}

void reference_intake(struct memstore *store, const char *folder)
{
    struct arena *arena = arena_new(FILES_BUDGET);
    put_items(store, csv_read(folder, "items.csv", arena),
              csv_read(folder, "fee_standards.csv", arena), csv_read(folder, "surveys.csv", arena));
    put_materials(store, csv_read(folder, "materials.csv", arena));
    put_item_fees(store, csv_read(folder, "fee_standards.csv", arena));
    put_departments(store, csv_read(folder, "departments.csv", arena));
    put_windows(store, csv_read(folder, "windows.csv", arena));
    put_slip_key(store);
    reference_calendar(store, folder);
    arena_free(&arena);
}
