/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: what intake is asked: the items, their guides, how a case stands, how many there are.
 * None of it shows personal data (RULE H21). */
#include <string.h>

#include "common/number.h"
#include "common/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/intake.h"
#include "services/intake/messages.h"
#include "services/intake/moves.h"

/* ---- items: the columns of the view item_latest, in this order */

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

/* RULE L30: everything an applicant must know. */
static struct outcome get_guide(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetGuide *get = call->message;
    struct rows_read *items = reader_ask(
        reader, "select " ITEM_COLUMNS ", offered from item_latest where centre = $1 and code = $2",
        "st", reader->centre, get->item);
    if (items->n == 0)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item");
    if (!read_bool(items, 0, 13))
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED,
                      "the item has left the hall"); /* RULE H11 */
    Onedoor__Intake__GetGuideReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetGuideReply, onedoor__intake__get_guide_reply);
    reply->item = item_message(reader, items, 0);
    add_materials(reader, reply->item, reply);
    add_windows(reader, reply);
    return OUTCOME_OK;
}

/* ---- progress */

static struct outcome check_get_progress(const void *message)
{
    const Onedoor__Intake__GetProgress *get = message;
    if (!case_number_valid(get->case_number))
        return invalid(ONEDOOR__REASON__UNKNOWN_CASE, "case_number",
                       "no case has this number: its check digit is wrong");
    return OUTCOME_OK;
}

/* RULE L32.4: what an applicant was asked to bring, less what came since. */
static void add_missing(struct reader *reader, Onedoor__Intake__GetProgressReply *reply)
{
    struct rows_read *rows = reader_ask(
        reader,
        "select seq, name_zh, name_en, asked - handed_in from material_in"
        " where centre = $1 and number = $2 and required and handed_in < asked order by seq",
        "si", reader->centre, reply->case_number);
    reply->n_missing = (size_t)rows->n;
    reply->missing = ARENA_ARRAY(reader->arena, Onedoor__Intake__Missing *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__Missing *missing = ARENA_NEW(reader->arena, Onedoor__Intake__Missing);
        onedoor__intake__missing__init(missing);
        missing->seq = (int32_t)read_int(rows, i, 0);
        missing->name_zh = (char *)read_text(rows, i, 1);
        missing->name_en = (char *)read_text(rows, i, 2);
        missing->copies = (int32_t)read_int(rows, i, 3);
        reply->missing[i] = missing;
    }
}

/* RULE L38: the reason of a refusal or denial, and the right authority where one was named; why
 * someone withdrew is nobody's business. */
static char *reason_of(struct reader *reader, const struct rows_read *rows)
{
    const char *reason = read_text(rows, 0, 10), *authority = read_text(rows, 0, 11);
    return authority[0] == '\0' ? (char *)reason
                                : arena_printf(reader->arena, "%s (%s)", reason, authority);
}

/* RULE H17: progress and result, for everyone who has the number. */
static struct outcome get_progress(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetProgress *get = call->message;
    struct rows_read *rows = reader_ask(
        reader,
        "select c.item, i.name_zh, i.department, c.state, c.received_at, c.accepted_at, "
        "c.decided_at, c.closed_at,"
        " c.delivered_at, c.decided_at is not null and not c.granted, e.reason, e.right_authority "
        "from cases c"
        " join item i on i.centre = c.centre and i.code = c.item and i.version = c.item_version"
        " left join ending e on e.centre = c.centre and e.number = c.number"
        " where c.centre = $1 and c.number = $2",
        "si", reader->centre, get->case_number);
    if (rows->n == 0)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    Onedoor__Intake__GetProgressReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetProgressReply, onedoor__intake__get_progress_reply);
    reply->case_number = get->case_number;
    reply->item = (char *)read_text(rows, 0, 0);
    reply->item_name_zh = (char *)read_text(rows, 0, 1);
    reply->department = (char *)read_text(rows, 0, 2);
    reply->state = (Onedoor__Intake__CaseState)read_int(rows, 0, 3);
    reply->received_ms = read_time(rows, 0, 4);
    reply->accepted_ms = read_time(rows, 0, 5);
    reply->decided_ms = read_time(rows, 0, 6);
    reply->closed_ms = read_time(rows, 0, 7);
    reply->delivered_ms = read_time(rows, 0, 8);
    if ((int)reply->state == CASE_CORRECTION)
        add_missing(reader, reply);
    if ((int)reply->state == CASE_REFUSED || read_bool(rows, 0, 9))
        reply->reason = reason_of(reader, rows);
    return OUTCOME_OK;
}

/* ---- counts */

static struct outcome check_count_cases(const void *message)
{
    const Onedoor__Intake__CountCases *count = message;
    if (count->from_ms < 0 || count->to_ms < 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_ms", "instants are not negative");
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

const struct query intake_queries[] = {
    {&onedoor__intake__list_items__descriptor, ANY_ROLE, check_list_items, list_items},
    {&onedoor__intake__get_guide__descriptor, ANY_ROLE, check_get_guide, get_guide},
    {&onedoor__intake__get_progress__descriptor, ANY_ROLE, check_get_progress, get_progress},
    {&onedoor__intake__count_cases__descriptor, ANY_ROLE & ~ROLE(PUBLIC), check_count_cases,
     count_cases},
    {NULL, 0, NULL, NULL},
};
