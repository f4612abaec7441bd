/* SPDX-License-Identifier: Apache-2.0 */
/* amend.c: what a case says of its applicant, or of what its fee counts, is put right. Who he is
 * stays: a document is never changed. What it said before is kept, with the reason. */
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/erase.h"
#include "services/intake/person.h"
#include "services/intake/say.h"

void intake_need_amend(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__Amend *amend = call->message;
    intake_want_case(turn, amend->case_number);
    rows_want(turn, &intake_applicant_table,
              &(struct applicant_row){.centre = turn->centre, .number = amend->case_number});
}

/* The applicant's other row is found by his document, which his case says. */
bool intake_need_amend_more(struct turn *turn, const struct call *call)
{
    const ProtobufCMessage *message = call->message;
    if (message->descriptor != &onedoor__intake__amend__descriptor)
        return false;
    const Onedoor__Intake__Amend *amend = call->message;
    const struct applicant_row *row =
        rows_find(turn, &intake_applicant_table,
                  &(struct applicant_row){.centre = turn->centre, .number = amend->case_number});
    const Onedoor__Intake__Applicant *applicant =
        row == NULL ? NULL : person_of(turn->seal, row, turn->arena);
    if (applicant != NULL)
        intake_want_known(turn, applicant->document);
    return applicant != NULL;
}

static bool differs(const char *given, const char *is)
{
    return given[0] != '\0' && strcmp(given, is) != 0;
}

static bool same_bytes(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* What the command changes; what is given and stands there already is no change. */
static struct amendment_row changes_of(const struct turn *turn, const struct call *call,
                                       const struct case_row *row,
                                       const Onedoor__Intake__Applicant *applicant)
{
    const Onedoor__Intake__Amend *amend = call->message;
    const struct bytes facts = intake_facts_pack(amend->facts, amend->n_facts, turn->arena);
    return (struct amendment_row){
        .centre = turn->centre,
        .number = row->number,
        .no = (int16_t)(row->amended + 1),
        .name = differs(amend->name, applicant->name),
        .phone = differs(amend->phone, applicant->phone),
        .address = differs(amend->address, applicant->address),
        .facts = amend->n_facts > 0 && !same_bytes(facts, row->facts),
        .reason = amend->reason,
        .actor = call->actor->id,
        .at_ms = turn->now_ms,
    };
}

/* As the command would say it, sealed. */
static struct bytes said_before(const struct turn *turn, const struct amendment_row *changes,
                                const struct case_row *row,
                                const Onedoor__Intake__Applicant *applicant)
{
    Onedoor__Intake__Amend before = ONEDOOR__INTAKE__AMEND__INIT;
    if (changes->name)
        before.name = applicant->name;
    if (changes->phone)
        before.phone = applicant->phone;
    if (changes->address)
        before.address = applicant->address;
    if (changes->facts)
        before.n_facts = intake_facts_unpack(row->facts, turn->arena, &before.facts);
    return sealed_close(turn->seal, &intake_amendment_table, changes,
                        message_pack(&before.base, turn->arena), turn->arena);
}

static void write_applicant(struct turn *turn, const struct amendment_row *changes,
                            const Onedoor__Intake__Amend *amend, struct applicant_row *row,
                            Onedoor__Intake__Applicant *applicant)
{
    if (!changes->name && !changes->phone && !changes->address)
        return;
    if (changes->name)
        applicant->name = amend->name;
    if (changes->phone)
        applicant->phone = amend->phone;
    if (changes->address)
        applicant->address = amend->address;
    rows_touch(turn, &intake_applicant_table, row);
    person_fill(turn->seal, row, applicant, turn->arena);
    intake_know_better(turn, applicant, row->number);
}

/* RULE H8: the facts are checked as at the door. */
static struct outcome check_facts(struct turn *turn, const Onedoor__Intake__Amend *amend,
                                  const struct case_row *row)
{
    return amend->n_facts == 0 ? OUTCOME_OK
                               : intake_check_facts(turn, row->item, amend->facts, amend->n_facts);
}

struct outcome intake_amend(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__Amend *amend = call->message;
    struct case_row *row;
    struct outcome outcome = intake_find_case(turn, call, intake_owns, &row);
    if (is_ok(outcome))
        outcome = check_facts(turn, amend, row);
    if (!is_ok(outcome))
        return outcome;
    struct applicant_row *kept =
        rows_find(turn, &intake_applicant_table,
                  &(struct applicant_row){.centre = turn->centre, .number = row->number});
    if (kept == NULL)
        return intake_erased;
    Onedoor__Intake__Applicant *applicant = person_of(turn->seal, kept, turn->arena);
    if (applicant == NULL)
        return sealed_broken;
    struct amendment_row changes = changes_of(turn, call, row, applicant);
    if (!changes.name && !changes.phone && !changes.address && !changes.facts)
        return refuse(ONEDOOR__REASON__NOTHING_CHANGES, "all of this stands there already");
    changes.before = said_before(turn, &changes, row, applicant);
    struct trigger trigger = {.on = changes.facts ? ON_AMEND_FACTS : ON_AMEND,
                              .at_ms = turn->now_ms,
                              .amendment = &changes};
    if (changes.facts)
        trigger.facts = intake_facts_pack(amend->facts, amend->n_facts, turn->arena);
    outcome = intake_move_case(turn, row, &trigger);
    if (!is_ok(outcome))
        return outcome;
    write_applicant(turn, &changes, amend, kept, applicant);
    rows_add(turn, &intake_amendment_table, &changes);
    return OUTCOME_OK;
}
