/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: answers to questions about quotes, orders, the published standards and takings. */
#include "common/service/reader.h"
#include "common/values/day.h"
#include "onedoor/charging.pb-c.h"
#include "services/charging/charging.h"
#include "services/charging/ledger.h"
#include "services/charging/say.h"

/* ---- quote */

/* What the item's fees count must be said, as at the door. */
static struct outcome check_facts(struct reader *reader, const Onedoor__Charging__Quote *quote)
{
    const struct charging *charging = reader->memory;
    size_t n;
    const struct counted_fee *fees =
        charging_counted_fees(&charging->schedule, quote->item,
                              charging_day(charging, reader->now_ms), reader->arena, &n);

    return fee_facts_check(quote->facts, quote->n_facts, fees, n, reader->arena);
}

/* RULE H8: the very calculation that will make the bill, by the standard in force today. */
static struct outcome answer_quote(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__Quote *quote = call->message;
    const struct charging *charging = reader->memory;
    const struct fee_case facts = {
        .item = quote->item,
        .day = charging_day(charging, reader->now_ms),
        .facts = charging_facts(quote->facts, quote->n_facts, reader->arena),
        .n_facts = quote->n_facts,
    };
    struct fee_bill bill;
    struct outcome outcome = check_facts(reader, quote);

    if (!is_ok(outcome))
        return outcome;
    if (!charging_bill(&charging->schedule, &facts, reader->arena, &bill))
        return refuse(ONEDOOR__REASON__FIELD_INVALID,
                      "the facts make an amount beyond what a hall deals with");
    /* RULE L58 */
    if (bill.n == 0)
        return not_found(ONEDOOR__REASON__NO_STANDARD,
                         "no fee is published for this item: nothing is charged");
    Onedoor__Charging__QuoteReply *reply =
        READER_REPLY(reader, call, Onedoor__Charging__QuoteReply, onedoor__charging__quote_reply);
    reply->total_fen = bill.total.fen;
    reply->n_lines = bill.n;
    reply->lines = charging_lines(&bill, reader->arena);
    return OUTCOME_OK;
}

/* ---- order */

static void add_lines(struct reader *reader, int64_t case_number,
                      Onedoor__Charging__GetOrderReply *reply)
{
    const struct charging *charging = reader->memory;
    const struct line_row *lines = reader_rows(
        reader, &charging_line_table, "where centre = $1 and case_number = $2 order by no",
        PARAMS(P_I16(reader->centre), P_I64(case_number)), &reply->n_lines);

    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Charging__Line *, reply->n_lines);
    for (size_t i = 0; i < reply->n_lines; i++)
        reply->lines[i] = charging_line_message(&charging->schedule, &lines[i], reader->arena);
}

static struct outcome answer_order(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetOrder *get = call->message;
    const struct order_row *order =
        reader_row(reader, &charging_order_table, "where centre = $1 and case_number = $2",
                   PARAMS(P_I16(reader->centre), P_I64(get->case_number)));

    if (order == NULL)
        return not_found(ONEDOOR__REASON__NO_ORDER, "no payment order was raised for this case");
    Onedoor__Charging__GetOrderReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetOrderReply, onedoor__charging__get_order_reply);
    reply->order = order->number;
    reply->state = (Onedoor__Charging__OrderState)order->state;
    reply->total_fen = order->total_fen;
    reply->paid_fen = order->paid_fen;
    reply->due_fen = order->total_fen - order->waived_fen - order->paid_fen;
    reply->receipt = order->receipt;
    reply->raised_ms = order->raised_ms;
    reply->paid_ms = order->paid_ms;
    add_lines(reader, get->case_number, reply);
    return OUTCOME_OK;
}

/* ---- the published standards */

/* RULE L30, L58: what is charged, by which standard and on which basis, is open to all. */
static struct outcome answer_fees(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetFees *get = call->message;
    const struct charging *charging = reader->memory;
    int32_t today = charging_day(charging, reader->now_ms);
    size_t n;
    const struct fee_standard *standards =
        charging_schedule_item(&charging->schedule, get->item[0] == '\0' ? NULL : get->item, &n);
    Onedoor__Charging__GetFeesReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetFeesReply, onedoor__charging__get_fees_reply);

    reply->fees = ARENA_ARRAY(reader->arena, Onedoor__Charging__FeeStandard *, n);
    for (size_t i = 0; i < n; i++)
        if (charging_in_force(&standards[i], today))
            reply->fees[reply->n_fees++] = charging_standard(&standards[i], reader->arena);
    return OUTCOME_OK;
}

/* ---- takings */

#define IN_TIME                                                                                    \
    "at >= coalesce($2, '-infinity'::timestamptz) and at < coalesce($3, 'infinity'::timestamptz)"

/* What an account holds of a department. */
struct account_row {
    int16_t account; /* enum account */
    const char *department;
    int64_t debit_fen;
    int64_t credit_fen;
};

static const struct column account_columns[] = {
    COLUMN(account_row, account, I16, 0),
    COLUMN(account_row, department, TEXT, 0),
    COLUMN_AS(account_row, debit_fen, "sum(debit_fen)::bigint", I64, 0),
    COLUMN_AS(account_row, credit_fen, "sum(credit_fen)::bigint", I64, 0),
};
static const struct shape account_shape = SHAPE(account_row, account_columns);

static void add_department(Onedoor__Charging__GetTakingsReply *reply, const char *department,
                           int64_t paid_fen, struct arena *arena)
{
    Onedoor__Charging__DepartmentTakings *takings =
        ARENA_NEW(arena, Onedoor__Charging__DepartmentTakings);

    onedoor__charging__department_takings__init(takings);
    takings->department = (char *)department;
    takings->paid_fen = paid_fen;
    reply->departments[reply->n_departments++] = takings;
}

/* From the books, not from the orders: a refund of today for a payment of yesterday is today's. */
static void add_books(struct reader *reader, const Onedoor__Charging__GetTakings *get,
                      Onedoor__Charging__GetTakingsReply *reply)
{
    size_t n;
    const struct account_row *rows =
        reader_select(reader, &account_shape,
                      "from entry where centre = $1 and " IN_TIME
                      " group by account, department order by account, department",
                      PARAMS(P_I16(reader->centre), P_TIME(get->from_ms), P_TIME(get->to_ms)), &n);

    reply->departments = ARENA_ARRAY(reader->arena, Onedoor__Charging__DepartmentTakings *, n);
    for (size_t i = 0; i < n; i++) {
        const struct account_row *row = &rows[i];
        if (row->account == ACCOUNT_WAIVED)
            reply->waived_fen += row->debit_fen;
        if (row->account != ACCOUNT_TREASURY)
            continue;
        reply->paid_fen += row->credit_fen;
        reply->refunded_fen += row->debit_fen;
        add_department(reply, row->department, row->credit_fen, reader->arena);
    }
}

struct documents_row {
    int64_t orders;
    int64_t receipts;
};

static const struct column documents_columns[] = {
    COLUMN(documents_row, orders, I64, 0),
    COLUMN(documents_row, receipts, I64, 0),
};
static const struct shape documents_shape = SHAPE(documents_row, documents_columns);

static struct outcome answer_takings(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetTakings *get = call->message;
    const struct documents_row *documents = reader_total(
        reader, &documents_shape,
        "from (select count(*) as orders from payment_order"
        " where centre = $1 and raised_at >= coalesce($2, '-infinity'::timestamptz)"
        " and raised_at < coalesce($3, 'infinity'::timestamptz)) o,"
        " (select count(*) as receipts from receipt where centre = $1 and " IN_TIME ") r",
        PARAMS(P_I16(reader->centre), P_TIME(get->from_ms), P_TIME(get->to_ms)));
    Onedoor__Charging__GetTakingsReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetTakingsReply, onedoor__charging__get_takings_reply);

    reply->orders = documents->orders;
    reply->receipts = documents->receipts;
    reply->paid_orders = documents->receipts; /* each payment has its receipt */
    add_books(reader, get, reply);
    return OUTCOME_OK;
}

#define TAKINGS_ROLES                                                                              \
    (ROLE(CASHIER) | ROLE(SUPERVISOR) | ROLE(BUSINESS_MANAGER) | ROLE(REPORT_READER) |             \
     ROLE(ADMINISTRATOR))

const struct query charging_queries[] = {
    {&onedoor__charging__quote__descriptor, ANY_ROLE, answer_quote},
    {&onedoor__charging__get_order__descriptor, ANY_ROLE, answer_order},
    {&onedoor__charging__get_fees__descriptor, ANY_ROLE, answer_fees},
    {&onedoor__charging__get_takings__descriptor, TAKINGS_ROLES, answer_takings},
    {NULL},
};
