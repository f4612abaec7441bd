/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/handled.h"

#include "common/rows/approval.h"
#include "common/rows/fill.h"
#include "common/service/reader.h"
#include "common/values/case_number.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/mask.h"
#include "services/intake/moves.h"
#include "services/intake/person.h"
#include "services/intake/queries.h"
#include "services/intake/say.h"
#include <string.h>

static struct outcome no_such_case(void)
{
    return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
}

/* A material of a case's list: a row of the view material_in. */
struct ticked_row {
    int16_t seq;
    const char *name_zh, *name_en;
    const char *form;
    bool required;
    int16_t asked;
    int32_t handed_in; /* copies, as asked */
};

static const struct column ticked_columns[] = {
    COLUMN(ticked_row, seq, I16, 0),       COLUMN(ticked_row, name_zh, TEXT, 0),
    COLUMN(ticked_row, name_en, TEXT, 0),  COLUMN(ticked_row, form, TEXT, 0),
    COLUMN(ticked_row, required, BOOL, 0), COLUMN(ticked_row, asked, I16, 0),
    COLUMN(ticked_row, handed_in, I32, 0),
};
static const struct shape ticked_shape = SHAPE(ticked_row, ticked_columns);

static const struct ticked_row *read_list(struct reader *reader, int64_t case_number, size_t *n)
{
    return reader_select(reader, &ticked_shape,
                         "from material_in where centre = $1 and number = $2 order by seq",
                         PARAMS(P_I16(reader->centre), P_I64(case_number)), n);
}

/* RULE L32.4: what an applicant is to bring, less what came already. */
static size_t missing_of(struct reader *reader, const struct case_row *row,
                         const struct ticked_row *rows, size_t n, Onedoor__Intake__Missing ***list)
{
    struct material_row *materials = ARENA_ARRAY(reader->arena, struct material_row, n + 1);
    for (size_t i = 0; i < n; i++)
        materials[i] = (struct material_row){.seq = rows[i].seq,
                                             .name_zh = rows[i].name_zh,
                                             .name_en = rows[i].name_en,
                                             .form = rows[i].form,
                                             .copies = rows[i].asked,
                                             .required = rows[i].required};
    const struct item_version item = {.materials = materials, .n_materials = (int)n};
    return intake_missing_message(&item, &(struct papers){row->materials, row->papers},
                                  reader->arena, list);
}

size_t handled_missing(struct reader *reader, const struct case_row *row,
                       Onedoor__Intake__Missing ***list)
{
    size_t n;
    const struct ticked_row *rows = read_list(reader, row->number, &n);
    return missing_of(reader, row, rows, n, list);
}

size_t handled_involved(struct reader *reader, int64_t case_number,
                        Onedoor__Intake__Involved ***list)
{
    size_t n;
    const struct involved_row *rows =
        reader_rows(reader, &intake_involved_table,
                    "where centre = $1 and number = $2 order by since, department",
                    PARAMS(P_I16(reader->centre), P_I64(case_number)), &n);
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__Involved *, n);
    for (size_t i = 0; i < n; i++) {
        Onedoor__Intake__Involved *involved = ARENA_NEW(reader->arena, Onedoor__Intake__Involved);
        onedoor__intake__involved__init(involved);
        involved->department = (char *)rows[i].department;
        involved->since_ms = rows[i].since_ms;
        (*list)[i] = involved;
    }
    return n;
}

/* ---- materials */

static size_t handled_scans(struct reader *reader, int64_t case_number,
                            Onedoor__Intake__Scan ***list)
{
    size_t n;
    const struct scan_row *rows = reader_rows(
        reader, &intake_scan_table,
        "where centre = $1 and number = $2 and hashing is null and drop_at is null order by scan",
        PARAMS(P_I16(reader->centre), P_I64(case_number)), &n);
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__Scan *, n + 1);
    for (size_t i = 0; i < n; i++) {
        (*list)[i] = FILLED(reader->arena, Onedoor__Intake__Scan, onedoor__intake__scan,
                            &intake_scan_table, &rows[i]);
        (*list)[i]->bytes = rows[i].bytes;
        (*list)[i]->type = (Onedoor__Intake__ScanType)rows[i].type;
        (*list)[i]->by = (char *)rows[i].actor;
    }
    return n;
}

static Onedoor__Intake__MaterialLine *material_line(struct reader *reader,
                                                    const struct ticked_row *row,
                                                    const Onedoor__Intake__Papers *said)
{
    Onedoor__Intake__MaterialLine *line = ARENA_NEW(reader->arena, Onedoor__Intake__MaterialLine);
    onedoor__intake__material_line__init(line);
    line->seq = row->seq;
    line->name_zh = (char *)row->name_zh;
    line->name_en = (char *)row->name_en;
    line->form = (char *)row->form;
    line->required = row->required;
    line->copies = row->asked;
    line->received = row->handed_in;
    line->paper = intake_paper_said(said, row->seq);
    return line;
}

static void add_materials(struct reader *reader, const struct case_row *row,
                          Onedoor__Intake__GetMaterialsReply *reply)
{
    const struct ticked_row *rows = read_list(reader, row->number, &reply->n_materials);
    const Onedoor__Intake__Papers *said = intake_papers_said(row->papers, reader->arena);
    reply->materials =
        ARENA_ARRAY(reader->arena, Onedoor__Intake__MaterialLine *, reply->n_materials);
    for (size_t i = 0; i < reply->n_materials; i++)
        reply->materials[i] = material_line(reader, &rows[i], said);
    reply->n_missing = missing_of(reader, row, rows, reply->n_materials, &reply->missing);
}

int64_t handled_correction_due(const struct reader *reader, const struct case_row *row)
{
    const struct catalogue *catalogue = reader->memory;
    return row->state == CASE_CORRECTION
               ? intake_days_after(catalogue, row->asked_ms, catalogue->correction_days)
               : 0;
}

/* A case, with whose item it is and what kind of applicant came with it. */
struct handled_row {
    struct case_row row;
    const char *department;
    int16_t applicant_kind;
};

static const struct column handled_columns[] = {
    COLUMN(handled_row, department, TEXT, 0),
    COLUMN_AS(handled_row, applicant_kind, "kind", I16, 0),
};
static const struct shape handled_shape =
    SHAPE_WITH(&intake_case_table, handled_row, handled_columns);

static const struct handled_row *read_handled(struct reader *reader, int64_t case_number)
{
    size_t n;
    const struct handled_row *rows = reader_select(
        reader, &handled_shape,
        "from cases c cross join lateral (select department from item i where i.centre = c.centre"
        " and i.code = c.item and i.version = c.item_version) i"
        " left join lateral (select kind from applicant a where a.centre = c.centre"
        " and a.number = c.number) a on true where centre = $1 and number = $2",
        PARAMS(P_I16(reader->centre), P_I64(case_number)), &n);
    return n == 0 ? NULL : rows;
}

/* RULE H22, H21: whoever agrees to something about a case knows whose it is, by a masked name. */
static char *masked_applicant(struct reader *reader, int64_t case_number)
{
    const struct applicant_row *row =
        reader_row(reader, &intake_applicant_table, "where centre = $1 and number = $2",
                   PARAMS(P_I16(reader->centre), P_I64(case_number)));
    const Onedoor__Intake__Applicant *person =
        row == NULL ? NULL : person_of(reader->seal, row, reader->arena);
    if (person == NULL)
        return (char *)"";
    return row->kind == FOR_PERSONS ? mask_name(person->name, reader->arena) : person->name;
}

/* What was said at the door, to those who handle the case. */
struct outcome intake_get_materials(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetMaterials *get = call->message;
    const struct handled_row *handled = read_handled(reader, get->case_number);
    if (handled == NULL)
        return no_such_case();
    Onedoor__Intake__GetMaterialsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetMaterialsReply, onedoor__intake__get_materials_reply);
    const struct case_row *row = &handled->row;
    reply->case_number = get->case_number;
    reply->item = (char *)row->item;
    reply->item_version = row->item_version;
    reply->channel = (Onedoor__Intake__Channel)row->channel;
    reply->fast_lane = row->fast_lane;
    reply->applicant_kind = (Onedoor__Intake__ApplicantKind)handled->applicant_kind;
    reply->summary = (char *)row->summary;
    reply->n_facts = intake_facts_unpack(row->facts, reader->arena, &reply->facts);
    reply->department = (char *)handled->department;
    reply->revision = intake_case_revision(row);
    reply->correction_due_ms = handled_correction_due(reader, row);
    add_materials(reader, row, reply);
    if (get->applicant && (APPROVAL_ROLES >> call->actor->role & 1) != 0)
        reply->applicant = masked_applicant(reader, get->case_number);
    reply->n_involved = handled_involved(reader, get->case_number, &reply->involved);
    reply->n_scans = handled_scans(reader, get->case_number, &reply->scans);
    return OUTCOME_OK;
}
