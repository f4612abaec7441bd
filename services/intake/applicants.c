/* SPDX-License-Identifier: Apache-2.0 */
/* applicants.c: RULE H21: personal data is seen by those who handle the case, and by the window an
 * applicant has come back to; every look is on record. */
#include <ctype.h>
#include <string.h>

#include "common/base/panic.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/again.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/erase.h"
#include "services/intake/identity.h"
#include "services/intake/person.h"
#include "services/intake/say.h"

static void record_look(struct turn *turn, const struct call *call, int64_t number,
                        const char *purpose)
{
    rows_add(turn, &intake_look_table,
             &(struct look_row){
                 .centre = turn->centre,
                 .number = number,
                 .no = turn_count(turn, "look"),
                 .actor = call->actor->id,
                 .department = call->actor->department,
                 .purpose = purpose,
                 .at_ms = turn->now_ms,
             });
}

/* ---- ViewApplicant */

static struct involved_row involved_probe(const struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__ViewApplicant *view = call->message;
    return (struct involved_row){
        .centre = turn->centre, .number = view->case_number, .department = call->actor->department};
}

void intake_need_applicant(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__ViewApplicant *view = call->message;
    const struct involved_row involved = involved_probe(turn, call);
    intake_want_case(turn, view->case_number);
    rows_want(turn, &intake_involved_table, &involved);
    rows_want(turn, &intake_applicant_table,
              &(struct applicant_row){.centre = turn->centre, .number = view->case_number});
    turn_want_counter(turn, "look");
}

/* The counter writes the payer's name on a receipt. */
static struct outcome may_bill(struct turn *turn, const struct case_row *row)
{
    bool is_billed =
        row->state == CASE_PAYMENT_DUE || row->state == CASE_CLOSED || row->state == CASE_DELIVERED;
    return is_billed && intake_item_of(turn->memory, row)->row.has_fee
               ? OUTCOME_OK
               : deny(ONEDOOR__REASON__NOT_ALLOWED, "the counter sees who has a bill");
}

struct outcome intake_handles(struct turn *turn, const struct call *call,
                              const struct case_row *row)
{
    const struct involved_row involved = {
        .centre = turn->centre, .number = row->number, .department = call->actor->department};
    if (rows_find(turn, &intake_involved_table, &involved) != NULL)
        return OUTCOME_OK;
    return intake_owns(turn->memory, call->actor, &intake_item_of(turn->memory, row)->row,
                       turn->arena);
}

static struct outcome may_look(struct turn *turn, const struct call *call,
                               const struct case_row *row)
{
    if (call->actor->role == ONEDOOR__ROLE__CASHIER)
        return may_bill(turn, row);
    return intake_handles(turn, call, row);
}

struct outcome intake_view_applicant(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__ViewApplicant *view = call->message;
    const struct case_row *row = intake_case(turn, view->case_number);
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    struct outcome outcome = may_look(turn, call, row);
    if (!is_ok(outcome))
        return outcome;
    const struct applicant_row *applicant =
        rows_find(turn, &intake_applicant_table,
                  &(struct applicant_row){.centre = turn->centre, .number = row->number});
    if (applicant == NULL)
        return intake_erased;
    Onedoor__Intake__Applicant *person = person_of(turn->seal, applicant, turn->arena);
    if (person == NULL)
        return sealed_broken;
    record_look(turn, call, row->number, view->purpose);
    Onedoor__Intake__ViewApplicantReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__ViewApplicantReply, onedoor__intake__view_applicant_reply);
    reply->applicant = person;
    return OUTCOME_OK;
}

/* ---- applicants who come again */

const char *intake_capitals(const char *text, struct arena *arena)
{
    char *kept = arena_strdup(arena, text);
    for (char *c = kept; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return kept;
}

static struct known_applicant_row known_probe(const struct turn *turn, const char *document,
                                              int kind)
{
    return (struct known_applicant_row){
        .centre = turn->centre,
        .document_hash = seal_sought(turn->seal, "known_applicant.document",
                                     intake_capitals(document, turn->arena), turn->arena),
        .document_kind = (int16_t)kind};
}

void intake_want_known(struct turn *turn, const char *document)
{
    const struct known_applicant_row probe = known_probe(turn, document, 0);
    rows_want(turn, &intake_known_applicant_table, &probe);
}

static int32_t today(const struct turn *turn)
{
    return calendar_day(&((const struct catalogue *)turn->memory)->calendar, turn->now_ms).n;
}

static struct known_applicant_row *known_of(struct turn *turn,
                                            const Onedoor__Intake__Applicant *applicant)
{
    const struct known_applicant_row probe =
        known_probe(turn, applicant->document, (int)applicant->document_kind);
    return rows_find(turn, &intake_known_applicant_table, &probe);
}

/* What he applied for today. */
static const char *applied_today(const struct turn *turn, const struct known_applicant_row *known)
{
    return known != NULL && known->applied_day == today(turn) ? known->applied : "";
}

int64_t intake_applied_today(struct turn *turn, const Onedoor__Intake__Applicant *applicant,
                             const char *item)
{
    return again_find(applied_today(turn, known_of(turn, applicant)), item, turn->arena);
}

/* Without his agent, who may be another next time. */
static void learn(const struct turn *turn, struct known_applicant_row *row,
                  const Onedoor__Intake__Applicant *applicant)
{
    Onedoor__Intake__Applicant person = ONEDOOR__INTAKE__APPLICANT__INIT;
    person.kind = applicant->kind;
    person.name = applicant->name;
    person.document_kind = applicant->document_kind;
    person.document = applicant->document;
    person.document_note = applicant->document_note;
    person.legal_representative = applicant->legal_representative;
    person.phone = applicant->phone;
    person.address = applicant->address;
    row->sealed =
        person_close(turn->seal, &intake_known_applicant_table, row, &person, turn->arena);
}

/* What somebody says of himself at a kiosk or a telephone, nobody has compared with his document:
 * it counts as an application of the day, and changes nothing that a window knows of him. */
void intake_know(struct turn *turn, const struct call *call,
                 const Onedoor__Intake__Applicant *applicant, const struct case_row *taken)
{
    struct known_applicant_row *row = known_of(turn, applicant);
    const char *today_so_far = applied_today(turn, row);
    if (row == NULL) {
        const struct known_applicant_row fresh =
            known_probe(turn, applicant->document, (int)applicant->document_kind);
        row = rows_add(turn, &intake_known_applicant_table, &fresh);
    }
    rows_touch(turn, &intake_known_applicant_table, row);
    row->applied_day = today(turn);
    row->applied =
        again_add(today_so_far, (struct applied){taken->item, taken->number}, turn->arena);
    if (call->actor->role == ONEDOOR__ROLE__PUBLIC)
        return;
    row->number = taken->number;
    learn(turn, row, applicant);
}

/* The register says what the last case that a window took in says; by then his document had been
 * compared. A later case knows better, and one of his own making never counted. */
void intake_know_better(struct turn *turn, const Onedoor__Intake__Applicant *applicant,
                        int64_t number)
{
    struct known_applicant_row *row = known_of(turn, applicant);
    if (row == NULL || row->number != number)
        return;
    rows_touch(turn, &intake_known_applicant_table, row);
    learn(turn, row, applicant);
}

void intake_forget(struct turn *turn, const Onedoor__Intake__Applicant *applicant, int64_t number)
{
    struct known_applicant_row *row = known_of(turn, applicant);
    if (row != NULL && (row->number == number || row->number == 0))
        rows_remove(turn, &intake_known_applicant_table, row);
}

void intake_need_recall(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__RecallApplicant *recall = call->message;
    intake_want_known(turn, recall->document);
    turn_want_counter(turn, "look");
}

/* Without a kind, the first kind of document that has this number. */
static const struct known_applicant_row *find_known(struct turn *turn,
                                                    const Onedoor__Intake__RecallApplicant *recall)
{
    struct known_applicant_row probe = known_probe(turn, recall->document, 0);
    for (int16_t kind = 1; kind < DOCUMENT_KINDS; kind++) {
        bool meant =
            (int)recall->document_kind == DOCUMENT_USUAL || (int)recall->document_kind == kind;
        probe.document_kind = kind;
        const struct known_applicant_row *known =
            meant ? rows_find(turn, &intake_known_applicant_table, &probe) : NULL;
        if (known != NULL)
            return known;
    }
    return NULL;
}

/* So that the same application is not taken in twice by oversight. */
static size_t today_message(struct turn *turn, const struct known_applicant_row *known,
                            Onedoor__Intake__AppliedToday ***list)
{
    size_t n;
    const struct applied *applied = again_read(applied_today(turn, known), turn->arena, &n);
    *list = ARENA_ARRAY(turn->arena, Onedoor__Intake__AppliedToday *, n + 1);
    for (size_t i = 0; i < n; i++) {
        (*list)[i] = ARENA_NEW(turn->arena, Onedoor__Intake__AppliedToday);
        onedoor__intake__applied_today__init((*list)[i]);
        (*list)[i]->item = (char *)applied[i].item;
        (*list)[i]->case_number = applied[i].number;
    }
    return n;
}

/* A search that finds nobody is recorded as a look too. */
struct outcome intake_recall(struct turn *turn, struct call *call)
{
    const struct known_applicant_row *known = find_known(turn, call->message);
    bool is_known = known != NULL && known->sealed.data != NULL;
    Onedoor__Intake__Applicant *person =
        is_known ? person_open(turn->seal, &intake_known_applicant_table, known, known->sealed,
                               turn->arena)
                 : NULL;
    if (is_known && person == NULL)
        return sealed_broken;
    record_look(turn, call, known == NULL ? 0 : known->number, "recall at the window");
    Onedoor__Intake__RecallApplicantReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__RecallApplicantReply, onedoor__intake__recall_applicant_reply);
    reply->n_today = today_message(turn, known, &reply->today);
    reply->found = is_known;
    reply->applicant = person;
    return OUTCOME_OK;
}
