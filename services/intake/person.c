/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/person.h"

#include "common/base/panic.h"
#include "common/wire/message.h"

struct bytes person_close(const struct seal *seal, const struct table *table, const void *row,
                          const Onedoor__Intake__Applicant *person, struct arena *arena)
{
    return sealed_close(seal, table, row, message_pack(&person->base, arena), arena);
}

Onedoor__Intake__Applicant *person_open(const struct seal *seal, const struct table *table,
                                        const void *row, struct bytes sealed, struct arena *arena)
{
    struct bytes packed;
    if (sealed.data == NULL || !sealed_open(seal, table, row, sealed, arena, &packed))
        return NULL;
    Onedoor__Intake__Applicant *person =
        message_unpack(&onedoor__intake__applicant__descriptor, packed, arena);
    must(person != NULL);
    return person;
}

void person_fill(const struct seal *seal, struct applicant_row *row,
                 const Onedoor__Intake__Applicant *person, struct arena *arena)
{
    row->sealed = person_close(seal, &intake_applicant_table, row, person, arena);
    row->document_hash = seal_sought(seal, "applicant.document", person->document, arena);
    row->name_hash = seal_sought(seal, "applicant.name", person->name, arena);
    row->phone_hash = seal_sought(seal, "applicant.phone", person->phone, arena);
    row->agent_document_hash =
        seal_sought(seal, "applicant.agent_document", person->agent_document, arena);
    row->agent_name_hash = seal_sought(seal, "applicant.agent_name", person->agent_name, arena);
    row->agent_phone_hash = seal_sought(seal, "applicant.agent_phone", person->agent_phone, arena);
}

Onedoor__Intake__Applicant *person_of(const struct seal *seal, const struct applicant_row *row,
                                      struct arena *arena)
{
    return person_open(seal, &intake_applicant_table, row, row->sealed, arena);
}
