/* SPDX-License-Identifier: Apache-2.0 */
/* departments.c: the answer to which departments the hall has. */
#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/queries.h"
#include "services/intake/rows.h"

static Onedoor__Intake__Department *department_message(struct reader *reader,
                                                       const struct department_row *row)
{
    Onedoor__Intake__Department *department = ARENA_NEW(reader->arena, Onedoor__Intake__Department);
    onedoor__intake__department__init(department);
    department->code = (char *)row->code;
    department->name_zh = (char *)row->name_zh;
    department->name_en = (char *)row->name_en;
    return department;
}

struct outcome intake_list_departments(struct reader *reader, struct call *call)
{
    Onedoor__Intake__ListDepartmentsReply *reply =
        READER_REPLY(reader, call, Onedoor__Intake__ListDepartmentsReply,
                     onedoor__intake__list_departments_reply);
    const struct department_row *rows =
        reader_rows(reader, &intake_department_table, "where centre = $1 order by code",
                    PARAMS(P_I16(reader->centre)), &reply->n_departments);
    reply->departments =
        ARENA_ARRAY(reader->arena, Onedoor__Intake__Department *, reply->n_departments);
    for (size_t i = 0; i < reply->n_departments; i++)
        reply->departments[i] = department_message(reader, &rows[i]);
    return OUTCOME_OK;
}
