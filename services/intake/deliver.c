/* SPDX-License-Identifier: Apache-2.0 */
/* deliver.c: RULE L44: the result is handed over to someone who shows that he may have it, posted,
 * or sent. */
#include <string.h>

#include "common/base/panic.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/erase.h"
#include "services/intake/person.h"

static struct applicant_row applicant_probe(const struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__Deliver *deliver = call->message;
    return (struct applicant_row){.centre = turn->centre, .number = deliver->case_number};
}

void intake_need_deliver(struct turn *turn, const struct call *call)
{
    const struct applicant_row probe = applicant_probe(turn, call);
    intake_want_case(turn, probe.number);
    rows_want(turn, &intake_applicant_table, &probe);
}

/* The document that the collector must show; null when it is not on the application. */
static const char *document_of(const Onedoor__Intake__Applicant *person, int collector)
{
    if (collector == ONEDOOR__INTAKE__COLLECTOR__THE_APPLICANT)
        return person->document;
    bool is_agent = collector == ONEDOOR__INTAKE__COLLECTOR__THE_AGENT;
    return is_agent && person->agent_document[0] != '\0' ? person->agent_document : NULL;
}

/* RULE H21: a result is handed to nobody else than the applicant and his agents. */
static struct outcome check_collector(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__Deliver *deliver = call->message;
    const struct applicant_row probe = applicant_probe(turn, call),
                               *applicant = rows_find(turn, &intake_applicant_table, &probe);
    if (applicant == NULL)
        return intake_erased;
    if (deliver->how != ONEDOOR__INTAKE__DELIVERY__HANDED_OVER ||
        deliver->collector == ONEDOOR__INTAKE__COLLECTOR__ANOTHER_AGENT)
        return OUTCOME_OK;
    const Onedoor__Intake__Applicant *person = person_of(turn->seal, applicant, turn->arena);
    if (person == NULL)
        return sealed_broken;
    const char *document = document_of(person, (int)deliver->collector),
               *code = intake_slip_code(turn->memory, deliver->case_number, turn->arena);
    bool same = deliver->code[0] != '\0'
                    ? strcmp(deliver->code, code) == 0
                    : document != NULL && strcasecmp(deliver->document, document) == 0;
    if (!same || (deliver->collector == ONEDOOR__INTAKE__COLLECTOR__THE_AGENT && document == NULL))
        return refuse(ONEDOOR__REASON__COLLECTOR_DIFFERS,
                      "the document or the code is not that of the case");
    return OUTCOME_OK;
}

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static void record_collection(struct turn *turn, const struct call *call, int16_t round)
{
    const Onedoor__Intake__Deliver *deliver = call->message;
    if (deliver->how != ONEDOOR__INTAKE__DELIVERY__HANDED_OVER)
        return;
    struct collection_row row = {
        .centre = turn->centre,
        .number = deliver->case_number,
        .round = round,
        .actor = call->actor->id,
        .at_ms = turn->now_ms,
    };
    Onedoor__Intake__Applicant shown = ONEDOOR__INTAKE__APPLICANT__INIT;
    shown.document = (char *)intake_capitals(deliver->document, turn->arena);
    shown.name = deliver->name;
    if (shown.document[0] != '\0' || shown.name[0] != '\0')
        row.sealed = person_close(turn->seal, &intake_collection_table, &row, &shown, turn->arena);
    rows_add(turn, &intake_collection_table, &row);
}

struct outcome intake_deliver(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Deliver *deliver = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (is_ok(outcome))
        outcome = check_collector(turn, call);
    if (!is_ok(outcome))
        return outcome;
    outcome = intake_move_case(turn, row,
                               &(struct trigger){
                                   .on = ON_DELIVER,
                                   .at_ms = turn->now_ms,
                                   .delivery = (int16_t)deliver->how,
                                   .delivery_receipt = or_null(deliver->receipt),
                                   .collector = (int16_t)deliver->collector,
                               });
    if (is_ok(outcome))
        record_collection(turn, call, row->round);
    return outcome;
}
