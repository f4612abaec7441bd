/* SPDX-License-Identifier: Apache-2.0 */
/* search.c: RULE H21: a search for cases by what is known of a person is put on record; found.c
 * answers what it finds. */
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/person.h"

void intake_need_search(struct turn *turn, const struct call *call)
{
    (void)call;
    turn_want_counter(turn, "search");
}

/* Puts the search on record; its number. */
static int64_t record(struct turn *turn, const struct call *call,
                      const Onedoor__Intake__Applicant *sought, const char *purpose)
{
    struct search_row row = {
        .centre = turn->centre,
        .search = turn_count(turn, "search"),
        .actor = call->actor->id,
        .department = call->actor->department,
        .purpose = purpose,
        .at_ms = turn->now_ms,
        .document_hash = seal_sought(turn->seal, "search.document", sought->document, turn->arena),
    };
    row.sealed = person_close(turn->seal, &intake_search_table, &row, sought, turn->arena);
    rows_add(turn, &intake_search_table, &row);
    return row.search;
}

struct outcome intake_search(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__SearchCases *search = call->message;
    Onedoor__Intake__Applicant sought = ONEDOOR__INTAKE__APPLICANT__INIT;
    sought.document = (char *)intake_capitals(search->document, turn->arena);
    sought.name = search->name;
    sought.phone = search->phone;
    int64_t number = record(turn, call, &sought, search->purpose);
    Onedoor__Intake__SearchCasesReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__SearchCasesReply, onedoor__intake__search_cases_reply);
    reply->search = number;
    return OUTCOME_OK;
}

struct outcome intake_ask_looks(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__AskLooks *ask = call->message;
    Onedoor__Intake__Applicant sought = ONEDOOR__INTAKE__APPLICANT__INIT;
    sought.document = (char *)intake_capitals(ask->document, turn->arena);
    int64_t number = record(turn, call, &sought, "asked by the person concerned");
    Onedoor__Intake__AskLooksReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__AskLooksReply, onedoor__intake__ask_looks_reply);
    reply->search = number;
    return OUTCOME_OK;
}
