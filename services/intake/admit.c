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
static struct outcome check_document(struct turn *turn, const struct shown *shown, char **kept,
                                     protobuf_c_boolean *seen)
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

static struct outcome admit_self(struct turn *turn, const Onedoor__Intake__Applicant *applicant,
                                 bool at_window, Onedoor__Intake__Applicant *admitted)
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
        outcome = check_document(turn, &shown, &admitted->document, &admitted->document_seen);
    admitted->document_kind = (Onedoor__Intake__DocumentKind)shown.kind;
    return outcome;
}

/* RULE L29 */
static struct outcome admit_agent(struct turn *turn, const Onedoor__Intake__Applicant *applicant,
                                  bool at_window, Onedoor__Intake__Applicant *admitted)
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
    admitted->agent_name = applicant->agent_name;
    admitted->agent_document_kind = (Onedoor__Intake__DocumentKind)shown.kind;
    admitted->agent_phone = applicant->agent_phone;
    admitted->agent_letter = applicant->agent_letter;
    struct outcome outcome = check_kind(&shown, false);
    return is_ok(outcome) ? check_document(turn, &shown, &admitted->agent_document,
                                           &admitted->agent_document_seen)
                          : outcome;
}

struct outcome intake_admit(struct turn *turn, const struct call *call, const struct item_row *item,
                            Onedoor__Intake__Applicant *admitted)
{
    const Onedoor__Intake__Submit *submit = call->message;
    const Onedoor__Intake__Applicant *applicant = submit->applicant;
    bool at_window = call->actor->role != ONEDOOR__ROLE__PUBLIC;
    if (!intake_item_is_for(item, applicant->kind))
        return refuse(ONEDOOR__REASON__APPLICANT_KIND,
                      "the item is not for this kind of applicant");
    onedoor__intake__applicant__init(admitted);
    admitted->kind = applicant->kind;
    admitted->name = applicant->name;
    admitted->document_note = applicant->document_note;
    admitted->legal_representative = applicant->legal_representative;
    admitted->phone = applicant->phone;
    admitted->address = applicant->address;
    struct outcome outcome = admit_self(turn, applicant, at_window, admitted);
    return is_ok(outcome) ? admit_agent(turn, applicant, at_window, admitted) : outcome;
}
