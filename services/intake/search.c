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

struct outcome intake_search(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__SearchCases *search = call->message;
    Onedoor__Intake__Applicant sought = ONEDOOR__INTAKE__APPLICANT__INIT;
    sought.document = (char *)intake_capitals(search->document, turn->arena);
    sought.name = search->name;
    sought.phone = search->phone;
    struct search_row row = {
        .centre = turn->centre,
        .search = turn_count(turn, "search"),
        .actor = call->actor->id,
        .department = call->actor->department,
        .purpose = search->purpose,
        .at_ms = turn->now_ms,
    };
    row.sealed = person_close(turn->seal, &intake_search_table, &row, &sought, turn->arena);
    rows_add(turn, &intake_search_table, &row);
    Onedoor__Intake__SearchCasesReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__SearchCasesReply, onedoor__intake__search_cases_reply);
    reply->search = row.search;
    return OUTCOME_OK;
}
