/* SPDX-License-Identifier: Apache-2.0 */
/* progress.c: how a case stands: what was asked and handed in, how far it has come. None of it
 * shows personal data (RULE H21). */
#include <string.h>

#include "common/service/reader.h"
#include "common/values/number.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/moves.h"
#include "services/intake/queries.h"
#include "services/intake/say.h"

/* ---- what the answers have in common */

static struct outcome check_case(int64_t case_number)
{
    if (!case_number_valid(case_number))
        return invalid(ONEDOOR__REASON__UNKNOWN_CASE, "case_number",
                       "no case has this number: its check digit is wrong");
    return OUTCOME_OK;
}

static struct outcome no_such_case(void)
{
    return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
}

/* RULE L32.4: what an applicant is to bring, less what came already. */
static size_t read_missing(struct reader *reader, int64_t case_number,
                           Onedoor__Intake__Missing ***list)
{
    struct rows_read *rows = reader_ask(
        reader,
        "select seq, name_zh, name_en, asked - handed_in from material_in"
        " where centre = $1 and number = $2 and required and handed_in < asked order by seq",
        "si", reader->centre, case_number);
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__Missing *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__Missing *missing = ARENA_NEW(reader->arena, Onedoor__Intake__Missing);
        onedoor__intake__missing__init(missing);
        missing->seq = (int32_t)read_int(rows, i, 0);
        missing->name_zh = (char *)read_text(rows, i, 1);
        missing->name_en = (char *)read_text(rows, i, 2);
        missing->copies = (int32_t)read_int(rows, i, 3);
        (*list)[i] = missing;
    }
    return (size_t)rows->n;
}

static size_t read_involved(struct reader *reader, int64_t case_number,
                            Onedoor__Intake__Involved ***list)
{
    struct rows_read *rows = reader_ask(reader,
                                        "select department, since from involved"
                                        " where centre = $1 and number = $2 order by 2, 1",
                                        "si", reader->centre, case_number);
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__Involved *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__Involved *involved = ARENA_NEW(reader->arena, Onedoor__Intake__Involved);
        onedoor__intake__involved__init(involved);
        involved->department = (char *)read_text(rows, i, 0);
        involved->since_ms = read_time(rows, i, 1);
        (*list)[i] = involved;
    }
    return (size_t)rows->n;
}

/* ---- materials */

struct outcome intake_check_get_materials(const void *message)
{
    const Onedoor__Intake__GetMaterials *get = message;
    return check_case(get->case_number);
}

static size_t read_materials(struct reader *reader, int64_t case_number,
                             Onedoor__Intake__MaterialLine ***list)
{
    struct rows_read *rows =
        reader_ask(reader,
                   "select seq, name_zh, name_en, form, required, asked, handed_in from material_in"
                   " where centre = $1 and number = $2 order by seq",
                   "si", reader->centre, case_number);
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__MaterialLine *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Intake__MaterialLine *line =
            ARENA_NEW(reader->arena, Onedoor__Intake__MaterialLine);
        onedoor__intake__material_line__init(line);
        line->seq = (int32_t)read_int(rows, i, 0);
        line->name_zh = (char *)read_text(rows, i, 1);
        line->name_en = (char *)read_text(rows, i, 2);
        line->form = (char *)read_text(rows, i, 3);
        line->required = read_bool(rows, i, 4);
        line->copies = (int32_t)read_int(rows, i, 5);
        line->received = (int32_t)read_int(rows, i, 6);
        (*list)[i] = line;
    }
    return (size_t)rows->n;
}

/* The time given to bring what is missing, while it runs or is over. */
static int64_t correction_due(const struct reader *reader, int64_t state, int64_t asked_ms)
{
    const struct catalogue *catalogue = reader->memory;
    return state == CASE_CORRECTION
               ? intake_days_after(catalogue, asked_ms, catalogue->correction_days)
               : 0;
}

/* What was said at the door, to those who handle the case. */
struct outcome intake_get_materials(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetMaterials *get = call->message;
    struct rows_read *rows = reader_ask(
        reader,
        "select c.item, c.item_version, c.channel, c.fast_lane, a.kind, c.summary, c.facts,"
        " i.department, c.state, c.asked_at from cases c"
        " join item i on i.centre = c.centre and i.code = c.item and i.version = c.item_version"
        " join applicant a on a.centre = c.centre and a.number = c.number"
        " where c.centre = $1 and c.number = $2",
        "si", reader->centre, get->case_number);
    if (rows->n == 0)
        return no_such_case();
    Onedoor__Intake__GetMaterialsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetMaterialsReply, onedoor__intake__get_materials_reply);
    reply->case_number = get->case_number;
    reply->item = (char *)read_text(rows, 0, 0);
    reply->item_version = (int32_t)read_int(rows, 0, 1);
    reply->channel = (Onedoor__Intake__Channel)read_int(rows, 0, 2);
    reply->fast_lane = read_bool(rows, 0, 3);
    reply->applicant_kind = (Onedoor__Intake__ApplicantKind)read_int(rows, 0, 4);
    reply->summary = (char *)read_text(rows, 0, 5);
    reply->n_facts =
        intake_facts_unpack(read_bytes(reader, rows, 0, 6), reader->arena, &reply->facts);
    reply->department = (char *)read_text(rows, 0, 7);
    reply->correction_due_ms = correction_due(reader, read_int(rows, 0, 8), read_time(rows, 0, 9));
    reply->n_materials = read_materials(reader, get->case_number, &reply->materials);
    reply->n_missing = read_missing(reader, get->case_number, &reply->missing);
    reply->n_involved = read_involved(reader, get->case_number, &reply->involved);
    return OUTCOME_OK;
}

/* ---- progress */

struct outcome intake_check_get_progress(const void *message)
{
    const Onedoor__Intake__GetProgress *get = message;
    return check_case(get->case_number);
}

struct outcome intake_check_ask_progress(const void *message)
{
    const Onedoor__Intake__AskProgress *ask = message;
    if (strlen(ask->last_four) != 4)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "last_four",
                       "the last four characters of the applicant's document");
    return check_case(ask->case_number);
}

/* RULE H21: a postal number leads to where somebody lives. */
enum audience { TO_THE_PUBLIC, TO_THE_STAFF };

/* The promise as it was made, whatever became of the case. */
static int64_t promised(const struct reader *reader, const struct rows_read *rows,
                        int64_t accepted_ms)
{
    const struct item_row item = {.promised_days = (int16_t)read_int(rows, 0, 12)};
    int32_t days = intake_promised_days(&item, read_bool(rows, 0, 13));
    return accepted_ms == 0 ? 0 : intake_days_after(reader->memory, accepted_ms, days);
}

/* RULE L32.2, L38: why it was turned down, as the paper says; why someone withdrew is nobody's
 * business. */
static void add_refusal(const struct rows_read *rows, Onedoor__Intake__GetProgressReply *reply)
{
    bool refused = (int)reply->state == CASE_REFUSED, denied = read_bool(rows, 0, 14);
    if (refused || denied)
        reply->reason = (char *)read_text(rows, 0, 15);
    if (!refused)
        return;
    reply->ground = (Onedoor__Intake__RefusalGround)read_int(rows, 0, 16);
    reply->right_authority = (char *)read_text(rows, 0, 17);
    reply->refused_ms = read_time(rows, 0, 18);
}

static struct outcome answer_progress(struct reader *reader, struct call *call, int64_t case_number,
                                      enum audience audience)
{
    struct rows_read *rows = reader_ask(
        reader,
        "select c.item, i.name_zh, i.department, c.state, c.received_at, c.accepted_at,"
        " c.decided_at, c.closed_at, c.delivered_at, c.delivery, c.delivery_receipt, c.asked_at,"
        " i.promised_days, c.fast_lane, c.decided_at is not null and not c.granted,"
        " e.reason, e.ground, e.right_authority, e.at from cases c"
        " join item i on i.centre = c.centre and i.code = c.item and i.version = c.item_version"
        " left join ending e on e.centre = c.centre and e.number = c.number"
        " where c.centre = $1 and c.number = $2",
        "si", reader->centre, case_number);
    if (rows->n == 0)
        return no_such_case();
    Onedoor__Intake__GetProgressReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetProgressReply, onedoor__intake__get_progress_reply);
    reply->case_number = case_number;
    reply->item = (char *)read_text(rows, 0, 0);
    reply->item_name_zh = (char *)read_text(rows, 0, 1);
    reply->department = (char *)read_text(rows, 0, 2);
    reply->state = (Onedoor__Intake__CaseState)read_int(rows, 0, 3);
    reply->received_ms = read_time(rows, 0, 4);
    reply->accepted_ms = read_time(rows, 0, 5);
    reply->decided_ms = read_time(rows, 0, 6);
    reply->closed_ms = read_time(rows, 0, 7);
    reply->delivered_ms = read_time(rows, 0, 8);
    reply->delivery = (Onedoor__Intake__Delivery)read_int(rows, 0, 9);
    if (audience == TO_THE_STAFF)
        reply->delivery_receipt = (char *)read_text(rows, 0, 10);
    reply->asked_ms = read_time(rows, 0, 11);
    reply->due_ms = promised(reader, rows, reply->accepted_ms);
    if ((int)reply->state == CASE_CORRECTION)
        reply->n_missing = read_missing(reader, case_number, &reply->missing);
    reply->n_involved = read_involved(reader, case_number, &reply->involved);
    add_refusal(rows, reply);
    return OUTCOME_OK;
}

struct outcome intake_get_progress(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetProgress *get = call->message;
    return answer_progress(reader, call, get->case_number, TO_THE_STAFF);
}

/* RULE H17, H21: for whoever has the number and knows the applicant's document. Whether it is the
 * number that is wrong or the document, the answer does not say. */
struct outcome intake_ask_progress(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__AskProgress *ask = call->message;
    struct rows_read *rows = reader_ask(reader,
                                        "select from applicant where centre = $1 and number = $2"
                                        " and right(document, 4) = upper($3)",
                                        "sit", reader->centre, ask->case_number, ask->last_four);
    return rows->n == 0 ? no_such_case()
                        : answer_progress(reader, call, ask->case_number, TO_THE_PUBLIC);
}
