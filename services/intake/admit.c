/* SPDX-License-Identifier: Apache-2.0 */
/* admit.c: who applies, by which document, and who acts for him. */
#include <stddef.h>

#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/identity.h"

/* A document as it was shown, and where its parts stand in the message. */
struct shown {
    enum document_kind kind;
    const char *text;
    bool seen; /* compared with the paper */
    const char *field, *kind_field;
};

/* RULE L32.3: a wrong number is put right on the spot. A wrong check character may stand on the
 * paper itself: a clerk who compared them says so, and the public cannot. */
static struct outcome identity_outcome(enum identity_fault fault, const struct shown *shown)
{
    static const char *const sentences[] = {
        [IDENTITY_LENGTH] = "no number of this kind is as long or as short as this",
        [IDENTITY_CHARACTER] = "the number has a character where none of its kind may stand",
        [IDENTITY_REGION] = "no place has this beginning",
        [IDENTITY_DATE] = "the date of birth in the number is none",
    };
    if (fault == IDENTITY_CHECK)
        return shown->seen ? OUTCOME_OK
                           : invalid(ONEDOOR__REASON__CHECK_CHARACTER, shown->field,
                                     "the last character does not follow from the others: compare "
                                     "the number with the document");
    return fault == IDENTITY_OK
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__IDENTITY_INVALID, shown->field, sentences[fault]);
}

/* Checks a document. `kept` becomes its number, in the turn's arena; `seen` whether it counts
 * because a clerk compared it with the paper. */
static struct outcome check_document(struct turn *turn, const struct shown *shown,
                                     const char **kept, bool *seen)
{
    const struct catalogue *catalogue = turn->memory;
    char *number = arena_alloc(turn->arena, IDENTITY_SIZE);
    enum identity_fault fault = identity_check(
        shown->kind, shown->text, calendar_day(&catalogue->calendar, turn->now_ms), number);
    *kept = number;
    *seen = fault == IDENTITY_CHECK;
    return identity_outcome(fault, shown);
}

static enum document_kind kind_of(int said, bool organisation, const char *text)
{
    return said == DOCUMENT_USUAL ? identity_usual(organisation, text) : (enum document_kind)said;
}

static struct outcome check_kind(const struct shown *shown, bool organisation)
{
    return identity_suits(shown->kind, organisation)
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, shown->kind_field,
                         organisation ? "an organisation has a credit code, or another document"
                                      : "a person has no credit code");
}

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static struct outcome admit_self(struct turn *turn, const Onedoor__Intake__Applicant *applicant,
                                 bool at_window, struct applicant_row *row)
{
    bool organisation = applicant->kind == ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION;
    const struct shown shown = {
        .kind = kind_of(applicant->document_kind, organisation, applicant->document),
        .text = applicant->document,
        .seen = applicant->document_seen && at_window,
        .field = "applicant.document",
        .kind_field = "applicant.document_kind",
    };
    struct outcome outcome = check_kind(&shown, organisation);
    if (is_ok(outcome))
        outcome = check_document(turn, &shown, &row->document, &row->document_seen);
    row->document_kind = (int16_t)shown.kind;
    return outcome;
}

/* RULE L29 */
static struct outcome admit_agent(struct turn *turn, const Onedoor__Intake__Applicant *applicant,
                                  bool at_window, struct applicant_row *row)
{
    if (applicant->agent_name[0] == '\0')
        return OUTCOME_OK;
    const struct shown shown = {
        .kind = kind_of(applicant->agent_document_kind, false, applicant->agent_document),
        .text = applicant->agent_document,
        .seen = applicant->agent_document_seen && at_window,
        .field = "applicant.agent_document",
        .kind_field = "applicant.agent_document_kind",
    };
    row->agent_name = applicant->agent_name;
    row->agent_document_kind = (int16_t)shown.kind;
    row->agent_phone = applicant->agent_phone;
    row->agent_letter = applicant->agent_letter;
    struct outcome outcome = check_kind(&shown, false);
    return is_ok(outcome)
               ? check_document(turn, &shown, &row->agent_document, &row->agent_document_seen)
               : outcome;
}

struct outcome intake_admit(struct turn *turn, const struct call *call, const struct item_row *item,
                            struct applicant_row *row)
{
    const Onedoor__Intake__Submit *submit = call->message;
    const Onedoor__Intake__Applicant *applicant = submit->applicant;
    bool at_window = call->actor->role != ONEDOOR__ROLE__PUBLIC;
    if (!intake_item_is_for(item, applicant->kind))
        return refuse(ONEDOOR__REASON__APPLICANT_KIND,
                      "the item is not for this kind of applicant");
    *row = (struct applicant_row){
        .centre = turn->centre,
        .kind = (int16_t)applicant->kind,
        .name = applicant->name,
        .document_note = or_null(applicant->document_note),
        .legal_representative = or_null(applicant->legal_representative),
        .phone = applicant->phone,
        .address = or_null(applicant->address),
    };
    struct outcome outcome = admit_self(turn, applicant, at_window, row);
    return is_ok(outcome) ? admit_agent(turn, applicant, at_window, row) : outcome;
}
