/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: what intake is asked: the items, their guides, the windows, how a case stands, how
 * many there are. None of it shows personal data (RULE H21). */
#include <string.h>

#include "common/service/reader.h"
#include "common/values/day.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/intake.h"
#include "services/intake/queries.h"
#include "services/intake/say.h"

/* ---- items: the columns of item and its view item_latest, in this order */

#define ITEM_COLUMNS                                                                               \
    "code, version, department, name_zh, name_en, applicant, immediate, statutory_days, "          \
    "promised_days, decision_level, result, window_can_finish, has_fee"

static struct item_row read_item(const struct rows_read *items, int row)
{
    return (struct item_row){
        .code = read_text(items, row, 0),
        .version = (int16_t)read_int(items, row, 1),
        .department = read_text(items, row, 2),
        .name_zh = read_text(items, row, 3),
        .name_en = read_text(items, row, 4),
        .applicant = (int16_t)read_int(items, row, 5),
        .immediate = read_bool(items, row, 6),
        .statutory_days = (int16_t)read_int(items, row, 7),
        .promised_days = (int16_t)read_int(items, row, 8),
        .decision_level = read_text(items, row, 9),
        .result = read_text(items, row, 10),
        .window_can_finish = read_bool(items, row, 11),
        .has_fee = read_bool(items, row, 12),
    };
}

static Onedoor__Intake__Item *item_message(struct reader *reader, const struct rows_read *items,
                                           int row)
{
    Onedoor__Intake__Item *message = ARENA_NEW(reader->arena, Onedoor__Intake__Item);
    struct item_row item = read_item(items, row);
    onedoor__intake__item__init(message);
    intake_item_message(&item, message);
    return message;
}

static struct outcome check_list_items(const void *message)
{
    const Onedoor__Intake__ListItems *list = message;
    if (strlen(list->search) > 100)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "search", "is longer than 100 bytes");
    return OUTCOME_OK;
}

/* RULE L30, H17: published to everyone. */
static struct outcome list_items(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__ListItems *list = call->message;
    struct rows_read *items = reader_ask(
        reader,
        "select " ITEM_COLUMNS " from item_latest where centre = $1 and offered"
        " and ($2 = '' or department = $2)"
        " and strpos(lower(code || ' ' || name_zh || ' ' || name_en), lower($3)) > 0 order by code",
        "stt", reader->centre, list->department, list->search);
    Onedoor__Intake__ListItemsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__ListItemsReply, onedoor__intake__list_items_reply);
    reply->n_items = (size_t)items->n;
    reply->items = ARENA_ARRAY(reader->arena, Onedoor__Intake__Item *, items->n + 1);
    for (int i = 0; i < items->n; i++)
        reply->items[i] = item_message(reader, items, i);
    return OUTCOME_OK;
}

/* ---- guide */

static struct outcome check_get_guide(const void *message)
{
    const Onedoor__Intake__GetGuide *get = message;
    if (get->item[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
    if (get->version < 0 || get->version > INT16_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "version", "versions are counted from 1");
    return OUTCOME_OK;
}

static void add_materials(struct reader *reader, const Onedoor__Intake__Item *item,
                          Onedoor__Intake__GetGuideReply *reply)
{
    struct rows_read *rows =
        reader_ask(reader,
                   "select seq, name_zh, name_en, form, copies, required from material"
                   " where centre = $1 and item = $2 and version = $3 order by seq",
                   "sts", reader->centre, item->code, item->version);
    struct material_row *materials = ARENA_ARRAY(reader->arena, struct material_row, rows->n + 1);
    for (int i = 0; i < rows->n; i++)
        materials[i] = (struct material_row){
            .seq = (int16_t)read_int(rows, i, 0),
            .name_zh = read_text(rows, i, 1),
            .name_en = read_text(rows, i, 2),
            .form = read_text(rows, i, 3),
            .copies = (int16_t)read_int(rows, i, 4),
            .required = read_bool(rows, i, 5),
        };
    const struct item_version list = {.materials = materials, .n_materials = rows->n};
    reply->n_materials = intake_materials_message(&list, reader->arena, &reply->materials);
}

/* RULE H1: any window of the department that is open. */
static void add_windows(struct reader *reader, Onedoor__Intake__GetGuideReply *reply)
{
    struct rows_read *rows = reader_ask(
        reader,
        "select w.number, d.name_zh from department d left join windows w on w.centre = d.centre"
        " and w.department = d.code and w.status = 'open'"
        " where d.centre = $1 and d.code = $2 order by w.number",
        "st", reader->centre, reply->item->department);
    reply->windows = ARENA_ARRAY(reader->arena, int32_t, rows->n + 1);
    for (int i = 0; i < rows->n; i++)
        if (!read_null(rows, i, 0))
            reply->windows[reply->n_windows++] = (int32_t)read_int(rows, i, 0);
    if (rows->n > 0)
        reply->department_zh = (char *)read_text(rows, 0, 1);
}

/* RULE H11: the version asked for, as a case may have begun under it; or the latest, which may have
 * left the hall. */
static struct rows_read *ask_item(struct reader *reader, const Onedoor__Intake__GetGuide *get)
{
    return reader_ask(reader,
                      "select " ITEM_COLUMNS ", offered from item where centre = $1 and code = $2"
                      " and ($3 = 0 or version = $3) order by version desc limit 1",
                      "sti", reader->centre, get->item, (int64_t)get->version);
}

/* RULE L30: everything an applicant must know. */
static struct outcome get_guide(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetGuide *get = call->message;
    struct rows_read *items = ask_item(reader, get);
    if (items->n == 0)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item, or version");
    if (get->version == 0 && !read_bool(items, 0, 13))
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED,
                      "the item has left the hall"); /* RULE H11 */
    Onedoor__Intake__GetGuideReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetGuideReply, onedoor__intake__get_guide_reply);
    reply->item = item_message(reader, items, 0);
    add_materials(reader, reply->item, reply);
    add_windows(reader, reply);
    return OUTCOME_OK;
}

/* ---- versions */

static struct outcome check_list_item_versions(const void *message)
{
    const Onedoor__Intake__ListItemVersions *list = message;
    if (list->item[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
    return OUTCOME_OK;
}

static Onedoor__Intake__ItemVersion *version_message(struct reader *reader,
                                                     const struct rows_read *rows, int row)
{
    Onedoor__Intake__ItemVersion *version = ARENA_NEW(reader->arena, Onedoor__Intake__ItemVersion);
    onedoor__intake__item_version__init(version);
    version->version = (int32_t)read_int(rows, row, 0);
    version->name_zh = (char *)read_text(rows, row, 1);
    version->name_en = (char *)read_text(rows, row, 2);
    version->promised_days = (int32_t)read_int(rows, row, 3);
    version->statutory_days = (int32_t)read_int(rows, row, 4);
    version->offered = read_bool(rows, row, 5);
    version->from_ms = read_time(rows, row, 6);
    version->by = (char *)read_text(rows, row, 7);
    return version;
}

/* RULE H11 */
static struct outcome list_item_versions(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__ListItemVersions *list = call->message;
    struct rows_read *rows = reader_ask(
        reader,
        "select version, name_zh, name_en, promised_days, statutory_days, offered, published_at,"
        " published_by from item where centre = $1 and code = $2 order by version desc",
        "st", reader->centre, list->item);
    if (rows->n == 0)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item");
    Onedoor__Intake__ListItemVersionsReply *reply =
        READER_REPLY(reader, call, Onedoor__Intake__ListItemVersionsReply,
                     onedoor__intake__list_item_versions_reply);
    reply->n_versions = (size_t)rows->n;
    reply->versions = ARENA_ARRAY(reader->arena, Onedoor__Intake__ItemVersion *, rows->n);
    for (int i = 0; i < rows->n; i++)
        reply->versions[i] = version_message(reader, rows, i);
    return OUTCOME_OK;
}

/* ---- windows */

/* RULE H1 */
static struct outcome list_windows(struct reader *reader, struct call *call)
{
    struct rows_read *rows =
        reader_ask(reader,
                   "select number, department, name_zh, name_en, status = 'open' from windows"
                   " where centre = $1 order by number",
                   "s", reader->centre);
    Onedoor__Intake__ListWindowsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__ListWindowsReply, onedoor__intake__list_windows_reply);
    reply->n_windows = (size_t)rows->n;
    reply->windows = ARENA_ARRAY(reader->arena, Onedoor__Intake__Window *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__Window *window = ARENA_NEW(reader->arena, Onedoor__Intake__Window);
        onedoor__intake__window__init(window);
        window->window = (int32_t)read_int(rows, i, 0);
        window->department = (char *)read_text(rows, i, 1);
        window->name_zh = (char *)read_text(rows, i, 2);
        window->name_en = (char *)read_text(rows, i, 3);
        window->open = read_bool(rows, i, 4);
        reply->windows[i] = window;
    }
    return OUTCOME_OK;
}

/* ---- counts */

static struct outcome check_count_cases(const void *message)
{
    const Onedoor__Intake__CountCases *count = message;
    if (count->from_ms < 0 || count->from_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_ms", "is no instant of the calendar");
    if (count->to_ms < 0 || count->to_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_ms", "is no instant of the calendar");
    return OUTCOME_OK;
}

static struct outcome count_cases(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__CountCases *count = call->message;
    struct rows_read *rows = reader_ask(
        reader,
        "select state, count(*) from cases where centre = $1"
        " and ($2::timestamptz is null or received_at >= $2)"
        " and ($3::timestamptz is null or received_at < $3) group by state order by state",
        "smm", reader->centre, count->from_ms, count->to_ms);
    Onedoor__Intake__CountCasesReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__CountCasesReply, onedoor__intake__count_cases_reply);
    reply->n_counts = (size_t)rows->n;
    reply->counts = ARENA_ARRAY(reader->arena, Onedoor__Intake__StateCount *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__StateCount *line = ARENA_NEW(reader->arena, Onedoor__Intake__StateCount);
        onedoor__intake__state_count__init(line);
        line->state = (Onedoor__Intake__CaseState)read_int(rows, i, 0);
        line->cases = read_int(rows, i, 1);
        reply->counts[i] = line;
    }
    return OUTCOME_OK;
}

#define STAFF (ANY_ROLE & ~ROLE(PUBLIC))

const struct query intake_queries[] = {
    {&onedoor__intake__list_items__descriptor, ANY_ROLE, check_list_items, list_items},
    {&onedoor__intake__get_guide__descriptor, ANY_ROLE, check_get_guide, get_guide},
    {&onedoor__intake__list_item_versions__descriptor, ANY_ROLE, check_list_item_versions,
     list_item_versions},
    {&onedoor__intake__get_calendar__descriptor, ANY_ROLE, intake_check_get_calendar,
     intake_get_calendar},
    {&onedoor__intake__list_windows__descriptor, ANY_ROLE, NULL, list_windows},
    {&onedoor__intake__list_departments__descriptor, ANY_ROLE, NULL, intake_list_departments},
    {&onedoor__intake__get_materials__descriptor, STAFF, intake_check_get_materials,
     intake_get_materials},
    {&onedoor__intake__get_progress__descriptor, STAFF, intake_check_get_progress,
     intake_get_progress},
    {&onedoor__intake__ask_progress__descriptor, ANY_ROLE, intake_check_ask_progress,
     intake_ask_progress},
    {&onedoor__intake__count_cases__descriptor, STAFF, check_count_cases, count_cases},
    {NULL, 0, NULL, NULL},
};
