/* SPDX-License-Identifier: Apache-2.0 */
/* found.c: the cases that a recorded search finds, without more of a person than his masked name
 * (RULE H21). */
#include <string.h>

#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/mask.h"
#include "services/intake/queries.h"
#include "services/intake/rows.h"

enum { FOUND_MAX = 50, SEARCH_MS = 10 * 60 * 1000 };

struct found_row {
    int64_t number;
    const char *item;
    int16_t state;
    int64_t received_ms;
    int16_t kind;
    const char *name;
};

static const struct column found_columns[] = {
    COLUMN_AS(found_row, number, "c.number", I64, 0),
    COLUMN_AS(found_row, item, "c.item", TEXT, 0),
    COLUMN_AS(found_row, state, "c.state", I16, 0),
    COLUMN_AS(found_row, received_ms, "c.received_at", TIME, 0),
    COLUMN_AS(found_row, kind, "a.kind", I16, 0),
    COLUMN_AS(found_row, name, "a.name", TEXT, 0),
};
static const struct shape found_shape = SHAPE(found_row, found_columns);

/* The item's department finds a case, and each that has or had a task on it; the hall's own desks
 * find all. */
#define CASES_OF(column)                                                                           \
    "from applicant a join cases c on c.centre = a.centre and c.number = a.number"                 \
    " join item i on i.centre = c.centre and i.code = c.item and i.version = c.item_version"       \
    " where a.centre = $1 and (a." column " = $2 or a.agent_" column " = $2)"                      \
    " and ($3 = '' or i.department = $3 or exists (select from involved v"                         \
    " where v.centre = c.centre and v.number = c.number and v.department = $3))"                   \
    " order by c.received_at desc, c.number desc limit $4"

static const struct found_row *find_cases(struct reader *reader, const struct search_row *search,
                                          size_t *n)
{
    const char *from = CASES_OF("document"), *value = search->document;
    if (search->name != NULL && search->name[0] != '\0')
        from = CASES_OF("name"), value = search->name;
    if (search->phone != NULL && search->phone[0] != '\0')
        from = CASES_OF("phone"), value = search->phone;
    return reader_select(reader, &found_shape, from,
                         PARAMS(P_I16(reader->centre), P_TEXT(value), P_TEXT(search->department),
                                P_I32(FOUND_MAX + 1)),
                         n);
}

static Onedoor__Intake__FoundCase *found_message(const struct found_row *row, struct arena *arena)
{
    Onedoor__Intake__FoundCase *found = ARENA_NEW(arena, Onedoor__Intake__FoundCase);
    onedoor__intake__found_case__init(found);
    found->case_number = row->number;
    found->item = (char *)row->item;
    found->state = (Onedoor__Intake__CaseState)row->state;
    found->received_ms = row->received_ms;
    found->name =
        row->kind == FOR_PERSONS ? mask_name(row->name, arena) : arena_strdup(arena, row->name);
    return found;
}

/* A search is for its maker, who may have changed department since, and not for later. */
static bool may_read(const struct reader *reader, const struct call *call,
                     const struct search_row *search)
{
    return search != NULL && strcmp(search->actor, call->actor->id) == 0 &&
           strcmp(search->department, call->actor->department) == 0 &&
           reader->now_ms - search->at_ms <= SEARCH_MS;
}

struct outcome intake_get_search(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetSearch *get = call->message;
    const struct search_row *search =
        reader_row(reader, &intake_search_table, "where centre = $1 and search = $2",
                   PARAMS(P_I16(reader->centre), P_I64(get->search)));
    if (!may_read(reader, call, search))
        return not_found(ONEDOOR__REASON__UNKNOWN_SEARCH, "there is no such search, or it is over");
    Onedoor__Intake__GetSearchReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetSearchReply, onedoor__intake__get_search_reply);
    size_t n;
    const struct found_row *rows = find_cases(reader, search, &n);
    reply->more = n > FOUND_MAX;
    reply->n_cases = reply->more ? FOUND_MAX : n;
    reply->cases = ARENA_ARRAY(reader->arena, Onedoor__Intake__FoundCase *, n);
    for (size_t i = 0; i < reply->n_cases; i++)
        reply->cases[i] = found_message(&rows[i], reader->arena);
    return OUTCOME_OK;
}
