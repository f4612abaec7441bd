/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: what charging is asked: quotes, orders, the published standards, takings. */
#include "common/service/reader.h"
#include "common/values/day.h"
#include "onedoor/charging.pb-c.h"
#include "services/charging/charging.h"
#include "services/charging/ledger.h"
#include "services/charging/say.h"

/* ---- quote */

static struct outcome check_quote(const void *message)
{
    const Onedoor__Charging__Quote *quote = message;

    if (quote->item[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
    for (size_t i = 0; i < quote->n_facts; i++) {
        const Onedoor__FeeFact *fact = quote->facts[i];
        if (fact->fee[0] == '\0')
            return invalid(ONEDOOR__REASON__FIELD_MISSING, "facts.fee", "say which fee");
        if (fact->units < 1 || fact->units > FACT_UNITS_MAX)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, "facts.units", "1 to 1000000");
        if (fact->days < 0 || fact->days > FACT_DAYS_MAX)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, "facts.days", "at most 3660");
    }
    return OUTCOME_OK;
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

static struct outcome check_order(const void *message)
{
    const Onedoor__Charging__GetOrder *get = message;
    if (get->case_number <= 0)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "say which case");
    return OUTCOME_OK;
}

static void read_line(struct reader *reader, const struct rows_read *rows, int row,
                      Onedoor__Charging__Line *line)
{
    const struct charging *charging = reader->memory;
    const struct fee_standard *standard =
        charging_schedule_fee(&charging->schedule, read_text(rows, row, 1));

    onedoor__charging__line__init(line);
    if (standard != NULL)
        charging_line_names(line, standard);
    line->no = (int32_t)read_int(rows, row, 0);
    line->fee = (char *)read_text(rows, row, 1);
    line->department = (char *)read_text(rows, row, 2);
    line->units = read_int(rows, row, 3);
    line->days = (int32_t)read_int(rows, row, 4);
    line->amount_fen = read_int(rows, row, 5);
    line->waived_fen = read_int(rows, row, 6);
    line->refunded_fen = read_int(rows, row, 7);
    line->working = (char *)read_text(rows, row, 8);
}

static void read_lines(struct reader *reader, int64_t case_number,
                       Onedoor__Charging__GetOrderReply *reply)
{
    const struct rows_read *rows = reader_ask(
        reader,
        "select no, fee, department, units, days, amount_fen, waived_fen, refunded_fen, working"
        " from order_line where centre = $1 and case_number = $2 order by no",
        "si", reader->centre, case_number);
    Onedoor__Charging__Line *lines = ARENA_ARRAY(reader->arena, Onedoor__Charging__Line, rows->n);

    reply->n_lines = (size_t)rows->n;
    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Charging__Line *, rows->n);
    for (int row = 0; row < rows->n; row++) {
        read_line(reader, rows, row, &lines[row]);
        reply->lines[row] = &lines[row];
    }
}

static struct outcome answer_order(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetOrder *get = call->message;
    const struct rows_read *rows = reader_ask(
        reader,
        "select number, state, total_fen, waived_fen, paid_fen, receipt, raised_at, paid_at"
        " from payment_order where centre = $1 and case_number = $2",
        "si", reader->centre, get->case_number);

    if (rows->n == 0)
        return not_found(ONEDOOR__REASON__NO_ORDER, "no payment order was raised for this case");
    Onedoor__Charging__GetOrderReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetOrderReply, onedoor__charging__get_order_reply);
    reply->order = read_int(rows, 0, 0);
    reply->state = (Onedoor__Charging__OrderState)read_int(rows, 0, 1);
    reply->total_fen = read_int(rows, 0, 2);
    reply->paid_fen = read_int(rows, 0, 4);
    reply->due_fen = reply->total_fen - read_int(rows, 0, 3) - reply->paid_fen;
    reply->receipt = read_int(rows, 0, 5);
    reply->raised_ms = read_time(rows, 0, 6);
    reply->paid_ms = read_time(rows, 0, 7);
    read_lines(reader, get->case_number, reply);
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

static void add_department(Onedoor__Charging__GetTakingsReply *reply, const char *department,
                           int64_t paid_fen, struct arena *arena)
{
    Onedoor__Charging__DepartmentTakings *takings =
        ARENA_NEW(arena, Onedoor__Charging__DepartmentTakings);

    onedoor__charging__department_takings__init(takings);
    takings->department = (char *)department;
    takings->paid_fen = paid_fen;
    reply->departments = arena_grow(arena, reply->departments, reply->n_departments,
                                    reply->n_departments + 1, sizeof(void *));
    reply->departments[reply->n_departments++] = takings;
}

/* From the books, not from the orders: a refund of today for a payment of yesterday is today's. */
static void read_books(struct reader *reader, const Onedoor__Charging__GetTakings *get,
                       Onedoor__Charging__GetTakingsReply *reply)
{
    const struct rows_read *rows = reader_ask(
        reader,
        "select account, department, sum(debit_fen)::bigint, sum(credit_fen)::bigint from entry"
        " where centre = $1 and at >= coalesce($2, '-infinity'::timestamptz)"
        " and at < coalesce($3, 'infinity'::timestamptz)"
        " group by account, department order by account, department",
        "smm", reader->centre, get->from_ms, get->to_ms);

    for (int row = 0; row < rows->n; row++) {
        enum account account = (enum account)read_int(rows, row, 0);
        int64_t debit_fen = read_int(rows, row, 2), credit_fen = read_int(rows, row, 3);
        if (account == ACCOUNT_WAIVED)
            reply->waived_fen += debit_fen;
        if (account != ACCOUNT_TREASURY)
            continue;
        reply->paid_fen += credit_fen;
        reply->refunded_fen += debit_fen;
        add_department(reply, read_text(rows, row, 1), credit_fen, reader->arena);
    }
}

static struct outcome check_takings(const void *message)
{
    const Onedoor__Charging__GetTakings *get = message;

    if (get->from_ms < 0 || get->from_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_ms", "is no instant of the calendar");
    if (get->to_ms < 0 || get->to_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_ms", "is no instant of the calendar");
    return OUTCOME_OK;
}

static struct outcome answer_takings(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetTakings *get = call->message;
    const struct rows_read *counts = reader_ask(
        reader,
        "select (select count(*) from payment_order"
        "         where centre = $1 and raised_at >= coalesce($2, '-infinity'::timestamptz)"
        "           and raised_at < coalesce($3, 'infinity'::timestamptz)),"
        "       (select count(*) from receipt"
        "         where centre = $1 and at >= coalesce($2, '-infinity'::timestamptz)"
        "           and at < coalesce($3, 'infinity'::timestamptz))",
        "smm", reader->centre, get->from_ms, get->to_ms);
    Onedoor__Charging__GetTakingsReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetTakingsReply, onedoor__charging__get_takings_reply);

    reply->orders = read_int(counts, 0, 0);
    reply->receipts = read_int(counts, 0, 1);
    reply->paid_orders = reply->receipts; /* each payment has its receipt */
    read_books(reader, get, reply);
    return OUTCOME_OK;
}

#define TAKINGS_ROLES                                                                              \
    (ROLE(CASHIER) | ROLE(SUPERVISOR) | ROLE(BUSINESS_MANAGER) | ROLE(REPORT_READER) |             \
     ROLE(ADMINISTRATOR))

const struct query charging_queries[] = {
    {&onedoor__charging__quote__descriptor, ANY_ROLE, check_quote, answer_quote},
    {&onedoor__charging__get_order__descriptor, ANY_ROLE, check_order, answer_order},
    {&onedoor__charging__get_fees__descriptor, ANY_ROLE, NULL, answer_fees},
    {&onedoor__charging__get_takings__descriptor, TAKINGS_ROLES, check_takings, answer_takings},
    {NULL},
};
