/* SPDX-License-Identifier: Apache-2.0 */
/* departments.c: the departments of the hall, asked of the catalogue's table. */
#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/queries.h"

struct outcome intake_list_departments(struct reader *reader, struct call *call)
{
    struct rows_read *rows = reader_ask(
        reader, "select code, name_zh, name_en from department where centre = $1 order by code",
        "s", reader->centre);
    Onedoor__Intake__ListDepartmentsReply *reply =
        READER_REPLY(reader, call, Onedoor__Intake__ListDepartmentsReply,
                     onedoor__intake__list_departments_reply);
    reply->n_departments = (size_t)rows->n;
    reply->departments = ARENA_ARRAY(reader->arena, Onedoor__Intake__Department *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__Department *department =
            ARENA_NEW(reader->arena, Onedoor__Intake__Department);
        onedoor__intake__department__init(department);
        department->code = (char *)read_text(rows, i, 0);
        department->name_zh = (char *)read_text(rows, i, 1);
        department->name_en = (char *)read_text(rows, i, 2);
        reply->departments[i] = department;
    }
    return OUTCOME_OK;
}
