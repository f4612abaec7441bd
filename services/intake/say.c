/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/say.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/fill.h"
#include "common/wire/message.h"
#include "common/wire/numbers.h"
#include "common/wire/revision.h"
#include "services/intake/identity.h"
#include "services/intake/materials.h"
#include "services/intake/moves.h"

SAME_NUMBER(CASE_RECEIVED, ONEDOOR__INTAKE__CASE_STATE__RECEIVED);
SAME_NUMBER(CASE_CORRECTION, ONEDOOR__INTAKE__CASE_STATE__CORRECTION);
SAME_NUMBER(CASE_REFUSED, ONEDOOR__INTAKE__CASE_STATE__REFUSED);
SAME_NUMBER(CASE_ACCEPTED, ONEDOOR__INTAKE__CASE_STATE__ACCEPTED);
SAME_NUMBER(CASE_IN_APPROVAL, ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL);
SAME_NUMBER(CASE_SUSPENDED, ONEDOOR__INTAKE__CASE_STATE__SUSPENDED);
SAME_NUMBER(CASE_GRANTED, ONEDOOR__INTAKE__CASE_STATE__GRANTED);
SAME_NUMBER(CASE_DENIED, ONEDOOR__INTAKE__CASE_STATE__DENIED);
SAME_NUMBER(CASE_PAYMENT_DUE, ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE);
SAME_NUMBER(CASE_CLOSED, ONEDOOR__INTAKE__CASE_STATE__CLOSED);
SAME_NUMBER(CASE_DELIVERED, ONEDOOR__INTAKE__CASE_STATE__DELIVERED);
SAME_NUMBER(CASE_WITHDRAWN, ONEDOOR__INTAKE__CASE_STATE__WITHDRAWN);
SAME_NUMBER(CASE_TERMINATED, ONEDOOR__INTAKE__CASE_STATE__TERMINATED);
SAME_NUMBER(FOR_PERSONS, ONEDOOR__INTAKE__APPLICANT_KIND__PERSON);
SAME_NUMBER(FOR_ORGANISATIONS, ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION);
SAME_NUMBER(DOCUMENT_IDENTITY_CARD, ONEDOOR__INTAKE__DOCUMENT_KIND__IDENTITY_CARD);
SAME_NUMBER(DOCUMENT_CREDIT_CODE, ONEDOOR__INTAKE__DOCUMENT_KIND__CREDIT_CODE);
SAME_NUMBER(DOCUMENT_RESIDENCE_PERMIT, ONEDOOR__INTAKE__DOCUMENT_KIND__RESIDENCE_PERMIT);
SAME_NUMBER(DOCUMENT_PERMANENT_RESIDENCE_CARD,
            ONEDOOR__INTAKE__DOCUMENT_KIND__PERMANENT_RESIDENCE_CARD);
SAME_NUMBER(DOCUMENT_PASSPORT, ONEDOOR__INTAKE__DOCUMENT_KIND__PASSPORT);
SAME_NUMBER(DOCUMENT_HOME_RETURN_PERMIT, ONEDOOR__INTAKE__DOCUMENT_KIND__HOME_RETURN_PERMIT);
SAME_NUMBER(DOCUMENT_TAIWAN_PERMIT, ONEDOOR__INTAKE__DOCUMENT_KIND__TAIWAN_PERMIT);
SAME_NUMBER(DOCUMENT_OTHER, ONEDOOR__INTAKE__DOCUMENT_KIND__OTHER_DOCUMENT);

static bool is_wrong(const Onedoor__Intake__Paper *said)
{
    return said != NULL && said->verdict == ONEDOOR__INTAKE__VERDICT__WRONG;
}

static Onedoor__Intake__Missing *missing_message(const struct material_row *material,
                                                 int32_t copies, const Onedoor__Intake__Paper *said,
                                                 struct arena *arena)
{
    Onedoor__Intake__Missing *missing =
        FILLED(arena, Onedoor__Intake__Missing, onedoor__intake__missing, &intake_material_table,
               material);
    missing->copies = copies;
    if (is_wrong(said)) {
        missing->fault = said->fault;
        missing->note = said->note;
    }
    return missing;
}

size_t intake_missing_message(const struct item_version *item, const struct papers *papers,
                              struct arena *arena, Onedoor__Intake__Missing ***list)
{
    size_t n = 0;
    const Onedoor__Intake__Papers *all = intake_papers_said(papers->said, arena);
    *list = ARENA_ARRAY(arena, Onedoor__Intake__Missing *, item->n_materials + 1);
    for (int i = 0; i < item->n_materials; i++) {
        const struct material_row *material = &item->materials[i];
        const Onedoor__Intake__Paper *said = intake_paper_said(all, material->seq);
        int32_t copies = intake_material_missing(material, papers->materials);
        if (copies == 0 && is_wrong(said)) /* it need not be brought; what was brought is wrong */
            copies = material->copies;
        if (copies > 0)
            (*list)[n++] = missing_message(material, copies, said, arena);
    }
    return n;
}

int64_t intake_case_revision(const struct case_row *row)
{
    const int64_t values[] = {row->number,       row->state,      row->asked_ms,
                              row->accepted_ms,  row->decided_ms, row->closed_ms,
                              row->delivered_ms, row->amended,    row->round};
    return revision_with(
        revision_of_bytes((struct bytes){(const unsigned char *)values, sizeof values}),
        revision_with(revision_of_bytes(row->materials), revision_of_bytes(row->papers)));
}

Onedoor__Intake__Item *intake_item_message(const struct item_row *item, struct arena *arena)
{
    static const char *const applicants[] = {
        [FOR_ANYONE] = "any", [FOR_PERSONS] = "person", [FOR_ORGANISATIONS] = "organisation"};
    Onedoor__Intake__Item *message =
        FILLED(arena, Onedoor__Intake__Item, onedoor__intake__item, &intake_item_table, item);
    message->applicant = (char *)applicants[item->applicant];
    message->handling = item->immediate ? "immediate" : "promised";
    return message;
}

Onedoor__Intake__ItemText *intake_text_message(const struct item_row *item, struct arena *arena)
{
    return FILLED(arena, Onedoor__Intake__ItemText, onedoor__intake__item_text, &intake_item_table,
                  item);
}

Onedoor__Intake__ItemVersion *intake_version_message(const struct item_row *item,
                                                     struct arena *arena)
{
    Onedoor__Intake__ItemVersion *version =
        FILLED(arena, Onedoor__Intake__ItemVersion, onedoor__intake__item_version,
               &intake_item_table, item);
    version->from_ms = item->published_ms;
    version->by = (char *)item->published_by;
    return version;
}

size_t intake_materials_message(const struct item_version *item, struct arena *arena,
                                Onedoor__Intake__ItemMaterial ***list)
{
    *list = ARENA_ARRAY(arena, Onedoor__Intake__ItemMaterial *, item->n_materials + 1);
    for (int i = 0; i < item->n_materials; i++)
        (*list)[i] = FILLED(arena, Onedoor__Intake__ItemMaterial, onedoor__intake__item_material,
                            &intake_material_table, &item->materials[i]);
    return (size_t)item->n_materials;
}

Onedoor__Intake__Department *intake_department_message(const struct department_row *row,
                                                       struct arena *arena)
{
    Onedoor__Intake__Department *department =
        FILLED(arena, Onedoor__Intake__Department, onedoor__intake__department,
               &intake_department_table, row);
    department->revision = revision_of(&department->base, arena);
    return department;
}

Onedoor__Intake__Window *intake_window_message(const struct window_row *row, struct arena *arena)
{
    Onedoor__Intake__Window *window =
        FILLED(arena, Onedoor__Intake__Window, onedoor__intake__window, &intake_window_table, row);
    window->window = row->number;
    window->open = strcmp(row->status, "open") == 0;
    window->revision = revision_of(&window->base, arena);
    return window;
}

Onedoor__Intake__WindowCase *intake_window_case_message(const struct case_row *row,
                                                        struct arena *arena)
{
    Onedoor__Intake__WindowCase *message = FILLED(
        arena, Onedoor__Intake__WindowCase, onedoor__intake__window_case, &intake_case_table, row);
    message->case_number = row->number;
    return message;
}

Onedoor__Intake__Place *intake_place_message(const struct window_row *row, struct arena *arena)
{
    Onedoor__Intake__Place *place =
        FILLED(arena, Onedoor__Intake__Place, onedoor__intake__place, &intake_window_table, row);
    place->window = row->number;
    return place;
}

Onedoor__Intake__CalledTicket *intake_called_ticket_message(const struct ticket_row *row,
                                                            struct arena *arena)
{
    return FILLED(arena, Onedoor__Intake__CalledTicket, onedoor__intake__called_ticket,
                  &intake_ticket_table, row);
}

Onedoor__Intake__Call *intake_call_message(const struct ticket_row *row, struct arena *arena)
{
    return FILLED(arena, Onedoor__Intake__Call, onedoor__intake__call, &intake_ticket_table, row);
}

Onedoor__Intake__Question *intake_question_message(const struct question_row *row,
                                                   struct arena *arena)
{
    return FILLED(arena, Onedoor__Intake__Question, onedoor__intake__question,
                  &intake_question_table, row);
}

Onedoor__CalendarDay *intake_day_message(const struct calendar_day_row *row, struct arena *arena)
{
    return FILLED(arena, Onedoor__CalendarDay, onedoor__calendar_day, &calendar_table, row);
}

Onedoor__Intake__Amendment *intake_amendment_message(const struct amendment_row *row,
                                                     struct arena *arena)
{
    return FILLED(arena, Onedoor__Intake__Amendment, onedoor__intake__amendment,
                  &intake_amendment_table, row);
}

struct bytes intake_facts_pack(Onedoor__FeeFact **facts, size_t n, struct arena *arena)
{
    Onedoor__FeeFacts message = ONEDOOR__FEE_FACTS__INIT;
    message.n_facts = n;
    message.facts = facts;
    return n == 0 ? (struct bytes){NULL, 0} : message_pack(&message.base, arena);
}

size_t intake_facts_unpack(struct bytes bytes, struct arena *arena, Onedoor__FeeFact ***facts)
{
    *facts = NULL;
    if (bytes.len == 0)
        return 0;
    const Onedoor__FeeFacts *message =
        message_unpack(&onedoor__fee_facts__descriptor, bytes, arena);
    must(message != NULL);
    *facts = message->facts;
    return message->n_facts;
}
