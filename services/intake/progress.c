/* SPDX-License-Identifier: Apache-2.0 */
/* progress.c: how far a case has come: its state, its dates, what is still to bring. None of it
 * shows personal data (RULE H21). */
#include <string.h>

#include "common/service/reader.h"
#include "common/values/case_number.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/handled.h"
#include "services/intake/moves.h"
#include "services/intake/person.h"
#include "services/intake/queries.h"
#include "services/intake/say.h"

static struct outcome no_such_case(void)
{
    return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
}

/* RULE H21: a postal number leads to where somebody lives. */
enum audience { TO_THE_PUBLIC, TO_THE_STAFF };

/* A case, with its item as it began under it and why it ended, should it have ended without a
 * grant. */
struct progress_row {
    struct case_row row;
    struct item_row item; /* names, department and promise alone */
    const char *department_zh, *department_en;
    struct ending_row ending;
    struct asked_again_row again; /* at_ms 0: there was no second request */
};

static const struct column progress_columns[] = {
    COLUMN_AS(progress_row, item.name_zh, "name_zh", TEXT, 0),
    COLUMN_AS(progress_row, item.name_en, "name_en", TEXT, 0),
    COLUMN_AS(progress_row, item.department, "department", TEXT, 0),
    COLUMN(progress_row, department_zh, TEXT, 0),
    COLUMN(progress_row, department_en, TEXT, 0),
    COLUMN_AS(progress_row, item.promised_days, "promised_days", I16, 0),
    COLUMN_AS(progress_row, ending.reason, "reason", TEXT, 0),
    COLUMN_AS(progress_row, ending.ground, "ground", I16, 0),
    COLUMN_AS(progress_row, ending.right_authority, "right_authority", TEXT, 0),
    COLUMN_AS(progress_row, ending.at_ms, "at", TIME, 0),
    COLUMN_AS(progress_row, again.at_ms, "again_at", TIME, 0),
    COLUMN_AS(progress_row, again.reason, "again_reason", TEXT, 0),
    COLUMN_AS(progress_row, again.actor, "again_by", TEXT, 0),
    COLUMN_AS(progress_row, again.approved_by, "agreed_by", TEXT, 0),
};
static const struct shape progress_shape =
    SHAPE_WITH(&intake_case_table, progress_row, progress_columns);

static const struct progress_row *read_progress(struct reader *reader, int64_t case_number)
{
    size_t n;
    const struct progress_row *rows = reader_select(
        reader, &progress_shape,
        "from cases c cross join lateral (select i.name_zh, i.name_en, department, promised_days,"
        " d.name_zh as department_zh, d.name_en as department_en from item i"
        " left join department d on d.centre = i.centre and d.code = department"
        " where i.centre = c.centre and i.code = c.item and i.version = c.item_version) i"
        " left join lateral (select reason, ground, right_authority, at from ending e"
        " where e.centre = c.centre and e.number = c.number order by round desc limit 1) e on true"
        " left join lateral (select at as again_at, reason as again_reason, actor as again_by,"
        " approved_by as agreed_by from asked_again a"
        " where a.centre = c.centre and a.number = c.number) a on true"
        " where centre = $1 and number = $2",
        PARAMS(P_I16(reader->centre), P_I64(case_number)), &n);
    return n == 0 ? NULL : rows;
}

/* The promise as it was made, whatever became of the case. */
static int64_t promised(const struct reader *reader, const struct progress_row *progress)
{
    const struct case_row *row = &progress->row;
    int32_t days = intake_promised_days(&progress->item, row->fast_lane);
    return row->accepted_ms == 0 ? 0 : intake_days_after(reader->memory, row->accepted_ms, days);
}

enum { DELIVERY_DAYS = 10 };

/* RULE L44: ten working days from the grant to its delivery. */
static int64_t delivery_due(const struct reader *reader, const struct case_row *row)
{
    bool waits = row->granted && row->decided_ms != 0 && row->delivered_ms == 0;
    return waits ? intake_days_after(reader->memory, row->decided_ms, DELIVERY_DAYS) : 0;
}

/* RULE L32.2, L38: why it was turned down, as the paper says; why someone withdrew is nobody's
 * business. */
static void add_refusal(const struct progress_row *progress,
                        Onedoor__Intake__GetProgressReply *reply)
{
    const struct case_row *row = &progress->row;
    bool refused = row->state == CASE_REFUSED, denied = row->decided_ms != 0 && !row->granted;
    if (refused || denied)
        reply->reason = (char *)progress->ending.reason;
    if (!refused)
        return;
    reply->ground = (Onedoor__Intake__RefusalGround)progress->ending.ground;
    reply->right_authority = (char *)progress->ending.right_authority;
    reply->refused_ms = progress->ending.at_ms;
}

static void add_second_request(struct reader *reader, const struct asked_again_row *again,
                               enum audience audience, Onedoor__Intake__GetProgressReply *reply)
{
    if (again->at_ms == 0)
        return;
    Onedoor__Intake__AskedAgain *message = ARENA_NEW(reader->arena, Onedoor__Intake__AskedAgain);
    onedoor__intake__asked_again__init(message);
    message->at_ms = again->at_ms;
    message->reason = (char *)again->reason;
    if (audience == TO_THE_STAFF) {
        message->by = (char *)again->actor;
        message->agreed_by = (char *)again->approved_by;
    }
    reply->asked_again = message;
}

static void add_case(const struct case_row *row, Onedoor__Intake__GetProgressReply *reply)
{
    reply->case_number = row->number;
    reply->item = (char *)row->item;
    reply->state = (Onedoor__Intake__CaseState)row->state;
    reply->received_ms = row->received_ms;
    reply->accepted_ms = row->accepted_ms;
    reply->decided_ms = row->decided_ms;
    reply->closed_ms = row->closed_ms;
    reply->delivered_ms = row->delivered_ms;
    reply->delivery = (Onedoor__Intake__Delivery)row->delivery;
    reply->asked_ms = row->asked_ms;
}

/* RULE H1, H17: an applicant is told which window to go to: the one that charges, the one he came
 * to while it is the department's or the hall's, or else an open one of the department. */
static Onedoor__Intake__Place *place_of(struct reader *reader, const struct progress_row *progress)
{
    const struct window_row *window =
        reader_row(reader, &intake_window_table,
                   "where centre = $1 and status = 'open' and case when $2 then kind = 'charging'"
                   " else department = $4 or number = $3 and department = '' end"
                   " order by number <> $3, number limit 1",
                   PARAMS(P_I16(reader->centre), P_BOOL(progress->row.state == CASE_PAYMENT_DUE),
                          P_I16(progress->row.window), P_TEXT(progress->item.department)));
    return window == NULL ? NULL : intake_place_message(window, reader->arena);
}

static void add_item(const struct progress_row *progress, Onedoor__Intake__GetProgressReply *reply)
{
    reply->item_name_zh = (char *)progress->item.name_zh;
    reply->item_name_en = (char *)progress->item.name_en;
    reply->department = (char *)progress->item.department;
    if (progress->department_zh != NULL)
        reply->department_zh = (char *)progress->department_zh;
    if (progress->department_en != NULL)
        reply->department_en = (char *)progress->department_en;
}

/* What was put right; of most cases nothing was. */
static size_t read_amendments(struct reader *reader, const struct case_row *row,
                              Onedoor__Intake__Amendment ***list)
{
    size_t n = 0;
    if (row->amended == 0)
        return 0;
    const struct amendment_row *rows = reader_rows(
        reader, &intake_amendment_table, "where centre = $1 and number = $2 order by no",
        PARAMS(P_I16(reader->centre), P_I64(row->number)), &n);
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__Amendment *, n);
    for (size_t i = 0; i < n; i++)
        (*list)[i] = intake_amendment_message(&rows[i], reader->arena);
    return n;
}

/* RULE H21: what the staff alone are told. */
static void add_for_staff(struct reader *reader, const struct case_row *row,
                          Onedoor__Intake__GetProgressReply *reply)
{
    if (row->delivery_receipt != NULL)
        reply->delivery_receipt = (char *)row->delivery_receipt;
    reply->collector = (Onedoor__Intake__Collector)row->collector;
    reply->code = intake_slip_code(reader->memory, row->number, reader->arena);
    reply->n_amendments = read_amendments(reader, row, &reply->amendments);
    reply->revision = intake_case_revision(row);
}

static struct outcome answer_progress(struct reader *reader, struct call *call, int64_t case_number,
                                      enum audience audience)
{
    const struct progress_row *progress = read_progress(reader, case_number);
    if (progress == NULL)
        return no_such_case();
    Onedoor__Intake__GetProgressReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetProgressReply, onedoor__intake__get_progress_reply);
    add_case(&progress->row, reply);
    add_item(progress, reply);
    if (audience == TO_THE_STAFF)
        add_for_staff(reader, &progress->row, reply);
    reply->due_ms = promised(reader, progress);
    reply->deliver_due_ms = delivery_due(reader, &progress->row);
    reply->due_provisional = calendar_provisional_due(
        &((const struct catalogue *)reader->memory)->calendar, reply->due_ms);
    reply->correction_due_ms = handled_correction_due(reader, &progress->row);
    reply->place = place_of(reader, progress);
    if (progress->row.state == CASE_CORRECTION)
        reply->n_missing = handled_missing(reader, &progress->row, &reply->missing);
    reply->n_involved = handled_involved(reader, case_number, &reply->involved);
    add_refusal(progress, reply);
    add_second_request(reader, &progress->again, audience, reply);
    return OUTCOME_OK;
}

struct outcome intake_get_progress(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetProgress *get = call->message;
    return answer_progress(reader, call, get->case_number, TO_THE_STAFF);
}

static bool ends_with(const struct reader *reader, const struct applicant_row *row,
                      const char *last_four)
{
    const Onedoor__Intake__Applicant *person = person_of(reader->seal, row, reader->arena);
    size_t n = person == NULL ? 0 : strlen(person->document);
    return n >= 4 && strcasecmp(person->document + n - 4, last_four) == 0;
}

/* RULE H17, H21: for whoever has the number and knows the applicant's document. Whether it is the
 * number that is wrong or the document, the answer does not say. */
struct outcome intake_ask_progress(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__AskProgress *ask = call->message;
    const struct applicant_row *row =
        reader_row(reader, &intake_applicant_table, "where centre = $1 and number = $2",
                   PARAMS(P_I16(reader->centre), P_I64(ask->case_number)));
    return row != NULL && ends_with(reader, row, ask->last_four)
               ? answer_progress(reader, call, ask->case_number, TO_THE_PUBLIC)
               : no_such_case();
}

/* RULE H17, H21: for whoever holds a slip of the case. */
struct outcome intake_ask_progress_by_code(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__AskProgressByCode *ask = call->message;
    int64_t number =
        slip_code_read(((const struct catalogue *)reader->memory)->slip_key, ask->code);
    return number == 0 ? not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this code")
                       : answer_progress(reader, call, number, TO_THE_PUBLIC);
}
