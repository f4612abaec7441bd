/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/say.h"

#include "common/base/panic.h"
#include "common/wire/message.h"
#include "common/wire/numbers.h"
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

size_t intake_missing_message(const struct item_version *item, struct bytes ticks,
                              struct arena *arena, Onedoor__Intake__Missing ***list)
{
    size_t n = 0;
    *list = ARENA_ARRAY(arena, Onedoor__Intake__Missing *, item->n_materials + 1);
    for (int i = 0; i < item->n_materials; i++) {
        const struct material_row *material = &item->materials[i];
        int32_t copies = intake_material_missing(material, ticks);
        if (copies == 0)
            continue;
        Onedoor__Intake__Missing *missing = ARENA_NEW(arena, Onedoor__Intake__Missing);
        onedoor__intake__missing__init(missing);
        missing->seq = material->seq;
        missing->name_zh = (char *)material->name_zh;
        missing->name_en = (char *)material->name_en;
        missing->copies = copies;
        (*list)[n++] = missing;
    }
    return n;
}

void intake_item_message(const struct item_row *item, Onedoor__Intake__Item *message)
{
    static const char *const applicants[] = {
        [FOR_ANYONE] = "any", [FOR_PERSONS] = "person", [FOR_ORGANISATIONS] = "organisation"};
    message->code = (char *)item->code;
    message->version = item->version;
    message->department = (char *)item->department;
    message->name_zh = (char *)item->name_zh;
    message->name_en = (char *)item->name_en;
    message->applicant = (char *)applicants[item->applicant];
    message->handling = item->immediate ? "immediate" : "promised";
    message->statutory_days = item->statutory_days;
    message->promised_days = item->promised_days;
    message->decision_level = (char *)item->decision_level;
    message->result = (char *)item->result;
    message->window_can_finish = item->window_can_finish;
    message->has_fee = item->has_fee;
}

size_t intake_materials_message(const struct item_version *item, struct arena *arena,
                                Onedoor__Intake__ItemMaterial ***list)
{
    *list = ARENA_ARRAY(arena, Onedoor__Intake__ItemMaterial *, item->n_materials + 1);
    for (int i = 0; i < item->n_materials; i++) {
        const struct material_row *material = &item->materials[i];
        Onedoor__Intake__ItemMaterial *message = ARENA_NEW(arena, Onedoor__Intake__ItemMaterial);
        onedoor__intake__item_material__init(message);
        message->seq = material->seq;
        message->name_zh = (char *)material->name_zh;
        message->name_en = (char *)material->name_en;
        message->form = (char *)material->form;
        message->copies = material->copies;
        message->required = material->required;
        (*list)[i] = message;
    }
    return (size_t)item->n_materials;
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
