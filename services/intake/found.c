/* SPDX-License-Identifier: Apache-2.0 */
/* found.c: the cases that a recorded search finds, without more of a person than his masked name,
 * and who looked at a person's data, for that person (RULE H21). */
#include <string.h>

#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/mask.h"
#include "services/intake/person.h"
#include "services/intake/queries.h"
#include "services/intake/rows.h"

enum { FOUND_MAX = 50, LOOKS_MAX = 200, SEARCH_MS = 10 * 60 * 1000 };

struct found_row {
    int64_t number;
    const char *item;
    int16_t state;
    int64_t received_ms;
    struct applicant_row applicant; /* key, kind and what is sealed alone */
};

static const struct column found_columns[] = {
    COLUMN_AS(found_row, number, "c.number", I64, 0),
    COLUMN_AS(found_row, item, "c.item", TEXT, 0),
    COLUMN_AS(found_row, state, "c.state", I16, 0),
    COLUMN_AS(found_row, received_ms, "c.received_at", TIME, 0),
    COLUMN_AS(found_row, applicant.centre, "a.centre", I16, 0),
    COLUMN_AS(found_row, applicant.number, "a.number", I64, 0),
    COLUMN_AS(found_row, applicant.kind, "a.kind", I16, 0),
    COLUMN_AS(found_row, applicant.sealed, "a.sealed", BYTES, 0),
};
static const struct shape found_shape = SHAPE(found_row, found_columns);

/* The item's department finds a case, and each that has or had a task on it; the hall's own desks
 * find all. */
#define CASES_OF(column)                                                                           \
    "from applicant a join cases c on c.centre = a.centre and c.number = a.number"                 \
    " join item i on i.centre = c.centre and i.code = c.item and i.version = c.item_version"       \
    " where a.centre = $1 and (a." column "_hash = $2 or a.agent_" column "_hash = $3)"            \
    " and ($4 = '' or i.department = $4 or exists (select from involved v"                         \
    " where v.centre = c.centre and v.number = c.number and v.department = $4))"                   \
    " order by c.received_at desc, c.number desc limit $5"

static const struct found_row *find_by(struct reader *reader, const char *cases, struct bytes his,
                                       struct bytes agents, const char *department, size_t *n)
{
    return reader_select(reader, &found_shape, cases,
                         PARAMS(P_I16(reader->centre), P_BYTES(his), P_BYTES(agents),
                                P_TEXT(department), P_I32(FOUND_MAX + 1)),
                         n);
}

#define FIND_BY(reader, column, text, department, n)                                               \
    find_by((reader), CASES_OF(column),                                                            \
            seal_sought((reader)->seal, "applicant." column, (text), (reader)->arena),             \
            seal_sought((reader)->seal, "applicant.agent_" column, (text), (reader)->arena),       \
            (department), (n))

static const struct found_row *find_cases(struct reader *reader,
                                          const Onedoor__Intake__Applicant *sought,
                                          const char *department, size_t *n)
{
    if (sought->name[0] != '\0')
        return FIND_BY(reader, "name", sought->name, department, n);
    if (sought->phone[0] != '\0')
        return FIND_BY(reader, "phone", sought->phone, department, n);
    return FIND_BY(reader, "document", sought->document, department, n);
}

/* Null: (logged) what is sealed does not open. */
static Onedoor__Intake__FoundCase *found_message(const struct reader *reader,
                                                 const struct found_row *row)
{
    struct arena *arena = reader->arena;
    const Onedoor__Intake__Applicant *person = person_of(reader->seal, &row->applicant, arena);
    if (person == NULL)
        return NULL;
    Onedoor__Intake__FoundCase *found = ARENA_NEW(arena, Onedoor__Intake__FoundCase);
    onedoor__intake__found_case__init(found);
    found->case_number = row->number;
    found->item = (char *)row->item;
    found->state = (Onedoor__Intake__CaseState)row->state;
    found->received_ms = row->received_ms;
    found->name =
        row->applicant.kind == FOR_PERSONS ? mask_name(person->name, arena) : person->name;
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

/* What was searched for, and by which search. Refused when it is not for the caller. */
static struct outcome read_search(struct reader *reader, const struct call *call, int64_t number,
                                  const struct search_row **search,
                                  const Onedoor__Intake__Applicant **sought)
{
    *search = reader_row(reader, &intake_search_table, "where centre = $1 and search = $2",
                         PARAMS(P_I16(reader->centre), P_I64(number)));
    if (!may_read(reader, call, *search))
        return not_found(ONEDOOR__REASON__UNKNOWN_SEARCH, "there is no such search, or it is over");
    *sought =
        person_open(reader->seal, &intake_search_table, *search, (*search)->sealed, reader->arena);
    return *sought == NULL ? sealed_broken : OUTCOME_OK;
}

struct outcome intake_get_search(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetSearch *get = call->message;
    const struct search_row *search;
    const Onedoor__Intake__Applicant *sought;
    struct outcome outcome = read_search(reader, call, get->search, &search, &sought);
    if (!is_ok(outcome))
        return outcome;
    Onedoor__Intake__GetSearchReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetSearchReply, onedoor__intake__get_search_reply);
    size_t n;
    const struct found_row *rows = find_cases(reader, sought, search->department, &n);
    reply->more = n > FOUND_MAX;
    reply->cases = ARENA_ARRAY(reader->arena, Onedoor__Intake__FoundCase *, n);
    for (size_t i = 0; i < n && i < FOUND_MAX; i++)
        if ((reply->cases[reply->n_cases] = found_message(reader, &rows[i])) != NULL)
            reply->n_cases++;
    return OUTCOME_OK;
}

/* ---- looks */

struct seen_row {
    int64_t number; /* 0: of a search */
    const char *actor, *department, *purpose;
    int64_t at_ms;
};

static const struct column seen_columns[] = {
    COLUMN(seen_row, number, I64, 0),          COLUMN(seen_row, actor, TEXT, 0),
    COLUMN(seen_row, department, TEXT, 0),     COLUMN(seen_row, purpose, TEXT, 0),
    COLUMN_AS(seen_row, at_ms, "at", TIME, 0),
};
static const struct shape seen_shape = SHAPE(seen_row, seen_columns);

static const char looks_sql[] =
    "from (select l.number, l.actor, l.department, l.purpose, l.at, l.no, 1 as kind"
    " from applicant a join look l on l.centre = a.centre and l.number = a.number"
    " where a.centre = $1 and (a.document_hash = $2 or a.agent_document_hash = $3)"
    " union all select 0, s.actor, s.department, s.purpose, s.at, s.search, 2"
    " from search s where s.centre = $1 and s.document_hash = $4) seen"
    " order by at desc, kind, no desc limit $5";

static const struct seen_row *find_looks(struct reader *reader, const char *document, size_t *n)
{
    struct arena *arena = reader->arena;
    const struct seal *seal = reader->seal;
    return reader_select(
        reader, &seen_shape, looks_sql,
        PARAMS(P_I16(reader->centre),
               P_BYTES(seal_sought(seal, "applicant.document", document, arena)),
               P_BYTES(seal_sought(seal, "applicant.agent_document", document, arena)),
               P_BYTES(seal_sought(seal, "search.document", document, arena)),
               P_I32(LOOKS_MAX + 1)),
        n);
}

static Onedoor__Intake__Look *look_message(const struct seen_row *row, struct arena *arena)
{
    Onedoor__Intake__Look *look = ARENA_NEW(arena, Onedoor__Intake__Look);
    onedoor__intake__look__init(look);
    look->case_number = row->number;
    look->actor = (char *)row->actor;
    look->department = (char *)row->department;
    look->purpose = (char *)row->purpose;
    look->at_ms = row->at_ms;
    return look;
}

struct outcome intake_get_looks(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetLooks *get = call->message;
    const struct search_row *search;
    const Onedoor__Intake__Applicant *sought;
    struct outcome outcome = read_search(reader, call, get->search, &search, &sought);
    if (!is_ok(outcome))
        return outcome;
    Onedoor__Intake__GetLooksReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetLooksReply, onedoor__intake__get_looks_reply);
    size_t n;
    const struct seen_row *rows = find_looks(reader, sought->document, &n);
    reply->more = n > LOOKS_MAX;
    reply->n_looks = reply->more ? LOOKS_MAX : n;
    reply->looks = ARENA_ARRAY(reader->arena, Onedoor__Intake__Look *, n + 1);
    for (size_t i = 0; i < reply->n_looks; i++)
        reply->looks[i] = look_message(&rows[i], reader->arena);
    return OUTCOME_OK;
}
