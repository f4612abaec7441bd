/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: answers to questions about the items, their guides, the windows, how a case stands,
 * and how many cases there are. None shows personal data (RULE H21). */
#include <string.h>

#include "common/rows/year_days.h"
#include "common/service/approval_list.h"
#include "common/service/reader.h"
#include "common/values/day.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/catalogue.h"
#include "services/intake/intake.h"
#include "services/intake/queries.h"
#include "services/intake/say.h"

enum { DAY_AFTER_ALL = 2932896 }; /* 9999-12-31 */

/* ---- items */

/* RULE H11: the version whose date of effect has come by the day $2; with a day past all others the
 * last one. */
#define IN_FORCE                                                                                   \
    " and version = (select max(v.version) from item v where v.centre = item.centre"               \
    " and v.code = item.code and v.valid_from <= date '1970-01-01' + $2)"

static int32_t today(const struct reader *reader)
{
    return intake_today(reader->memory, reader->now_ms);
}

/* RULE L30, H17: published to everyone. */
static struct outcome list_items(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__ListItems *list = call->message;
    Onedoor__Intake__ListItemsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__ListItemsReply, onedoor__intake__list_items_reply);
    const struct item_row *items = reader_rows(
        reader, &intake_item_table,
        "where centre = $1" IN_FORCE " and ($3 or offered) and ($4 = '' or department = $4)"
        " and strpos(lower(code || ' ' || name_zh || ' ' || name_en), lower($5)) > 0 order by code",
        PARAMS(P_I16(reader->centre), P_I32(list->all ? DAY_AFTER_ALL : today(reader)),
               P_BOOL(list->all), P_TEXT(list->department), P_TEXT(list->search)),
        &reply->n_items);
    reply->items = ARENA_ARRAY(reader->arena, Onedoor__Intake__Item *, reply->n_items);
    for (size_t i = 0; i < reply->n_items; i++)
        reply->items[i] = intake_item_message(&items[i], reader->arena);
    return OUTCOME_OK;
}

/* ---- guide */

static void add_materials(struct reader *reader, const struct item_row *item,
                          Onedoor__Intake__GetGuideReply *reply)
{
    size_t n;
    const struct material_row *materials =
        reader_rows(reader, &intake_material_table,
                    "where centre = $1 and item = $2 and version = $3 order by seq",
                    PARAMS(P_I16(reader->centre), P_TEXT(item->code), P_I16(item->version)), &n);
    const struct item_version list = {.materials = materials, .n_materials = (int)n};
    reply->n_materials = intake_materials_message(&list, reader->arena, &reply->materials);
}

/* A department with one of its open windows. */
struct open_window_row {
    const char *department_zh;
    int16_t number; /* 0: it has none */
};

static const struct column open_window_columns[] = {
    COLUMN_AS(open_window_row, department_zh, "d.name_zh", TEXT, 0),
    COLUMN_AS(open_window_row, number, "w.number", I16, 0),
};
static const struct shape open_window_shape = SHAPE(open_window_row, open_window_columns);

/* RULE H1: any window of the department that is open. */
static void add_windows(struct reader *reader, const struct item_row *item,
                        Onedoor__Intake__GetGuideReply *reply)
{
    size_t n;
    const struct open_window_row *rows =
        reader_select(reader, &open_window_shape,
                      "from department d left join windows w on w.centre = d.centre"
                      " and w.department = d.code and w.status = 'open'"
                      " where d.centre = $1 and d.code = $2 order by w.number",
                      PARAMS(P_I16(reader->centre), P_TEXT(item->department)), &n);
    reply->windows = ARENA_ARRAY(reader->arena, int32_t, n);
    for (size_t i = 0; i < n; i++)
        if (rows[i].number != 0)
            reply->windows[reply->n_windows++] = rows[i].number;
    if (n > 0)
        reply->department_zh = (char *)rows[0].department_zh;
}

/* RULE H11: the version asked for, as a case may have begun under it; or the one in force, which
 * may have left the hall. */
static const struct item_row *read_item(struct reader *reader, const Onedoor__Intake__GetGuide *get)
{
    if (get->version != 0)
        return reader_row(reader, &intake_item_table,
                          "where centre = $1 and code = $2 and version = $3",
                          PARAMS(P_I16(reader->centre), P_TEXT(get->item), P_I32(get->version)));
    return reader_row(reader, &intake_item_table, "where centre = $1" IN_FORCE " and code = $3",
                      PARAMS(P_I16(reader->centre), P_I32(today(reader)), P_TEXT(get->item)));
}

/* RULE L30: everything an applicant must know. */
static struct outcome get_guide(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetGuide *get = call->message;
    const struct item_row *item = read_item(reader, get);
    if (item == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item, or version");
    if (get->version == 0 && !item->offered)
        return refuse(ONEDOOR__REASON__ITEM_NOT_OFFERED,
                      "the item has left the hall"); /* RULE H11 */
    Onedoor__Intake__GetGuideReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetGuideReply, onedoor__intake__get_guide_reply);
    reply->item = intake_item_message(item, reader->arena);
    reply->conditions = (char *)(item->conditions == NULL ? "" : item->conditions);
    reply->basis = (char *)(item->basis == NULL ? "" : item->basis);
    reply->text = intake_text_message(item, reader->arena);
    reply->decision = (char *)(item->decision == NULL ? "" : item->decision);
    reply->decision_day = item->decision_day;
    add_materials(reader, item, reply);
    add_windows(reader, item, reply);
    return OUTCOME_OK;
}

/* ---- versions */

/* RULE H11 */
static struct outcome list_item_versions(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__ListItemVersions *list = call->message;
    size_t n;
    const struct item_row *items = reader_rows(
        reader, &intake_item_table, "where centre = $1 and code = $2 order by version desc",
        PARAMS(P_I16(reader->centre), P_TEXT(list->item)), &n);
    if (n == 0)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item");
    Onedoor__Intake__ListItemVersionsReply *reply =
        READER_REPLY(reader, call, Onedoor__Intake__ListItemVersionsReply,
                     onedoor__intake__list_item_versions_reply);
    reply->n_versions = n;
    reply->versions = ARENA_ARRAY(reader->arena, Onedoor__Intake__ItemVersion *, n);
    for (size_t i = 0; i < n; i++)
        reply->versions[i] = intake_version_message(&items[i], reader->arena);
    return OUTCOME_OK;
}

/* ---- windows */

/* RULE H1 */
static struct outcome list_windows(struct reader *reader, struct call *call)
{
    Onedoor__Intake__ListWindowsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__ListWindowsReply, onedoor__intake__list_windows_reply);
    const struct window_row *windows =
        reader_rows(reader, &intake_window_table, "where centre = $1 order by number",
                    PARAMS(P_I16(reader->centre)), &reply->n_windows);
    reply->windows = ARENA_ARRAY(reader->arena, Onedoor__Intake__Window *, reply->n_windows);
    for (size_t i = 0; i < reply->n_windows; i++)
        reply->windows[i] = intake_window_message(&windows[i], reader->arena);
    return OUTCOME_OK;
}

/* A case is open until it is closed, refused or called off (windows.c counts the same). */
#define OPEN_AT_WINDOW                                                                             \
    "where centre = $1 and window_no = $2 and closed_at is null and state in (1, 2, 4, 5, 6, 9)"

static struct outcome list_window_cases(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__ListWindowCases *list = call->message;
    Onedoor__Intake__ListWindowCasesReply *reply =
        READER_REPLY(reader, call, Onedoor__Intake__ListWindowCasesReply,
                     onedoor__intake__list_window_cases_reply);
    const struct case_row *rows =
        reader_rows(reader, &intake_case_table, OPEN_AT_WINDOW " order by number desc limit 50",
                    PARAMS(P_I16(reader->centre), P_I32(list->window)), &reply->n_cases);
    reply->count = (int32_t)reader_count(reader, "from cases " OPEN_AT_WINDOW,
                                         PARAMS(P_I16(reader->centre), P_I32(list->window)));
    reply->cases = ARENA_ARRAY(reader->arena, Onedoor__Intake__WindowCase *, reply->n_cases);
    for (size_t i = 0; i < reply->n_cases; i++)
        reply->cases[i] = intake_window_case_message(&rows[i], reader->arena);
    return OUTCOME_OK;
}

/* ---- counts */

struct state_row {
    int16_t state;
    int64_t cases;
};

static const struct column state_columns[] = {
    COLUMN(state_row, state, I16, 0),
    COLUMN_AS(state_row, cases, "count(*)", I64, 0),
};
static const struct shape state_shape = SHAPE(state_row, state_columns);

static Onedoor__Intake__StateCount *count_message(struct reader *reader,
                                                  const struct state_row *row)
{
    Onedoor__Intake__StateCount *count = ARENA_NEW(reader->arena, Onedoor__Intake__StateCount);
    onedoor__intake__state_count__init(count);
    count->state = (Onedoor__Intake__CaseState)row->state;
    count->cases = row->cases;
    return count;
}

static struct outcome count_cases(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__CountCases *count = call->message;
    Onedoor__Intake__CountCasesReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__CountCasesReply, onedoor__intake__count_cases_reply);
    const struct state_row *rows =
        reader_select(reader, &state_shape,
                      "from cases where centre = $1 and ($2 is null or received_at >= $2)"
                      " and ($3 is null or received_at < $3) group by state order by state",
                      PARAMS(P_I16(reader->centre), P_TIME(count->from_ms), P_TIME(count->to_ms)),
                      &reply->n_counts);
    reply->counts = ARENA_ARRAY(reader->arena, Onedoor__Intake__StateCount *, reply->n_counts);
    for (size_t i = 0; i < reply->n_counts; i++)
        reply->counts[i] = count_message(reader, &rows[i]);
    return OUTCOME_OK;
}

/* ---- departments, calendar */

static struct outcome list_departments(struct reader *reader, struct call *call)
{
    Onedoor__Intake__ListDepartmentsReply *reply =
        READER_REPLY(reader, call, Onedoor__Intake__ListDepartmentsReply,
                     onedoor__intake__list_departments_reply);
    const struct department_row *rows =
        reader_rows(reader, &intake_department_table, "where centre = $1 order by code",
                    PARAMS(P_I16(reader->centre)), &reply->n_departments);
    reply->departments =
        ARENA_ARRAY(reader->arena, Onedoor__Intake__Department *, reply->n_departments);
    for (size_t i = 0; i < reply->n_departments; i++)
        reply->departments[i] = intake_department_message(&rows[i], reader->arena);
    return OUTCOME_OK;
}

static struct outcome get_calendar(struct reader *reader, struct call *call)
{
    int32_t year = ((const Onedoor__Intake__GetCalendar *)call->message)->year;
    Onedoor__Intake__GetCalendarReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetCalendarReply, onedoor__intake__get_calendar_reply);
    const struct calendar_day_row *rows = reader_rows(
        reader, &calendar_table, "where centre = $1 and day >= $2 and day < $3 order by day",
        PARAMS(P_I16(reader->centre), P_DAY(day_from_ymd(year, 1, 1).n),
               P_DAY(day_from_ymd(year + 1, 1, 1).n)),
        &reply->n_days);
    reply->year = year;
    reply->published = reply->n_days > 0;
    reply->days = ARENA_ARRAY(reader->arena, Onedoor__CalendarDay *, reply->n_days);
    for (size_t i = 0; i < reply->n_days; i++)
        reply->days[i] = intake_day_message(&rows[i], reader->arena);
    reply->revision = year_days_revision(reply->days, reply->n_days, reader->arena);
    return OUTCOME_OK;
}

#define STAFF (ANY_ROLE & ~ROLE(PUBLIC))

/* RULE H6: whoever may be asked. */
#define ANSWERERS (STAFF & ~(ROLE(REPORT_READER) | ROLE(GOVERNMENT_HEAD) | ROLE(ADMINISTRATOR)))

const struct query intake_queries[] = {
    {&onedoor__intake__list_items__descriptor, ANY_ROLE, list_items},
    {&onedoor__intake__get_guide__descriptor, ANY_ROLE, get_guide},
    {&onedoor__intake__list_item_versions__descriptor, ANY_ROLE, list_item_versions},
    {&onedoor__intake__get_calendar__descriptor, ANY_ROLE, get_calendar},
    {&onedoor__intake__list_windows__descriptor, ANY_ROLE, list_windows},
    {&onedoor__intake__list_window_cases__descriptor, ROLE(BUSINESS_MANAGER), list_window_cases},
    {&onedoor__intake__list_departments__descriptor, ANY_ROLE, list_departments},
    {&onedoor__intake__get_materials__descriptor, STAFF, intake_get_materials},
    {&onedoor__intake__get_piece__descriptor,
     ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD), intake_get_piece},
    {&onedoor__intake__get_progress__descriptor, STAFF, intake_get_progress},
    {&onedoor__intake__ask_progress__descriptor, ANY_ROLE, intake_ask_progress},
    {&onedoor__intake__ask_progress_by_code__descriptor, ANY_ROLE, intake_ask_progress_by_code},
    {&onedoor__intake__get_search__descriptor,
     ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CASHIER),
     intake_get_search},
    {&onedoor__intake__list_waiting__descriptor, ROLE(WINDOW_CLERK) | ROLE(CASHIER),
     intake_list_waiting},
    {&onedoor__intake__get_calls__descriptor, ANY_ROLE, intake_get_calls},
    {&onedoor__intake__get_ticket__descriptor, ANY_ROLE, intake_get_ticket},
    {&onedoor__intake__list_questions__descriptor, ANSWERERS, intake_list_questions},
    {&onedoor__intake__find_answers__descriptor, ANSWERERS, intake_find_answers},
    {&onedoor__intake__get_question__descriptor, ANSWERERS, intake_get_question},
    {&onedoor__intake__get_looks__descriptor, ROLE(WINDOW_CLERK), intake_get_looks},
    {&onedoor__intake__get_retention__descriptor, ROLE(BUSINESS_MANAGER) | ROLE(ADMINISTRATOR),
     intake_get_retention},
    APPROVAL_QUERY,
    {&onedoor__intake__count_cases__descriptor, STAFF, count_cases},
    {NULL, 0, NULL},
};
