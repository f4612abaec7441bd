/* SPDX-License-Identifier: Apache-2.0 */
/* orders.c: answers to questions about the bill of a case, and about who has to pay. */
#include "common/rows/fill.h"
#include "services/charging/charging.h"
#include "services/charging/commands.h"
#include "services/charging/moves.h"
#include "services/charging/queries.h"
#include "services/charging/say.h"
#include "services/charging/sums.h"

/* ---- the bill of a case */

static void add_lines(struct reader *reader, const struct order_row *order,
                      Onedoor__Charging__GetOrderReply *reply)
{
    const struct charging *charging = reader->memory;
    const struct line_row *lines =
        reader_rows(reader, &charging_line_table,
                    "where centre = $1 and case_number = $2 and order_number = $3 order by no",
                    PARAMS(P_I16(reader->centre), P_I64(order->case_number), P_I64(order->number)),
                    &reply->n_lines);
    const struct order_sums sums =
        charging_order_sums(lines, reply->n_lines, order->state == ORDER_PAID);

    reply->total_fen = sums.charged;
    reply->waived_fen = sums.waived;
    reply->due_fen = order->state == ORDER_CANCELLED ? 0 : sums.due;
    reply->paid_fen = sums.paid;
    reply->refunded_fen = sums.refunded;
    reply->net_fen = sums.net;
    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Charging__Line *, reply->n_lines);
    for (size_t i = 0; i < reply->n_lines; i++)
        reply->lines[i] = charging_line_message(&charging->schedule, &lines[i], reader->arena);
}

/* Lines are numbered within the case: what was given up on a cancelled bill is not of this one. */
static bool is_on_bill(const Onedoor__Charging__GetOrderReply *reply, int32_t line)
{
    for (size_t i = 0; i < reply->n_lines; i++)
        if (reply->lines[i]->no == line)
            return true;
    return false;
}

/* Why money was given up or back, and by whom, is for the staff (RULE H21). */
static void add_people(struct reader *reader, const struct order_row *order,
                       Onedoor__Charging__GetOrderReply *reply)
{
    const struct receipt_row *receipt =
        reader_row(reader, &charging_receipt_table, "where centre = $1 and number = $2",
                   PARAMS(P_I16(reader->centre), P_I64(order->receipt)));
    size_t n;
    const struct adjustment_row *rows =
        reader_rows(reader, &charging_adjustment_table,
                    "where centre = $1 and case_number = $2 order by posting",
                    PARAMS(P_I16(reader->centre), P_I64(order->case_number)), &n);

    if (receipt != NULL)
        reply->cashier = (char *)receipt->cashier;
    reply->corrections = ARENA_ARRAY(reader->arena, Onedoor__Charging__Correction *, n);
    for (size_t i = 0; i < n; i++)
        if (is_on_bill(reply, rows[i].line))
            reply->corrections[reply->n_corrections++] =
                FILLED(reader->arena, Onedoor__Charging__Correction, onedoor__charging__correction,
                       &charging_adjustment_table, &rows[i]);
}

/* The bills before this one, and this one too if it is cancelled. */
static void add_cancelled(struct reader *reader, const struct order_row *orders, size_t n,
                          Onedoor__Charging__GetOrderReply *reply)
{
    reply->cancelled = ARENA_ARRAY(reader->arena, Onedoor__Charging__CancelledOrder *, n);
    for (const struct order_row *order = orders; order < orders + n; order++) {
        if (order->state != ORDER_CANCELLED)
            continue;
        Onedoor__Charging__CancelledOrder *cancelled =
            ARENA_NEW(reader->arena, Onedoor__Charging__CancelledOrder);
        onedoor__charging__cancelled_order__init(cancelled);
        cancelled->order = order->number;
        cancelled->total_fen = order->total_fen;
        cancelled->raised_ms = order->raised_ms;
        cancelled->cancelled_ms = order->cancelled_ms;
        cancelled->reason = (char *)order->cancelled_for;
        reply->cancelled[reply->n_cancelled++] = cancelled;
    }
}

struct outcome charging_answer_order(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetOrder *get = call->message;
    size_t n;
    const struct order_row *order =
        reader_rows(reader, &charging_order_table,
                    "where centre = $1 and case_number = $2 order by number desc",
                    PARAMS(P_I16(reader->centre), P_I64(get->case_number)), &n);

    if (n == 0)
        return not_found(ONEDOOR__REASON__NO_ORDER, "no payment order was raised for this case");
    Onedoor__Charging__GetOrderReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetOrderReply, onedoor__charging__get_order_reply);
    reply->order = order->number;
    reply->department = (char *)order->department;
    reply->revision = charging_revision(order);
    reply->state = (Onedoor__Charging__OrderState)order->state;
    reply->method = (Onedoor__Charging__Method)order->method;
    reply->receipt = order->receipt;
    reply->raised_ms = order->raised_ms;
    reply->paid_ms = order->paid_ms;
    add_cancelled(reader, order, n, reply);
    add_lines(reader, order, reply);
    if (call->actor->role != ONEDOOR__ROLE__PUBLIC)
        add_people(reader, order, reply);
    return OUTCOME_OK;
}

/* ---- who has to pay */

struct outcome charging_answer_due(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__ListDue *ask = call->message;
    size_t n;
    const struct order_row *orders =
        reader_rows(reader, &charging_order_table,
                    "where centre = $1 and state = 1 order by raised_at, case_number limit $2",
                    PARAMS(P_I16(reader->centre), P_I32(ask->limit)), &n);
    Onedoor__Charging__ListDueReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__ListDueReply, onedoor__charging__list_due_reply);

    reply->count = reader_count(reader, "from payment_order where centre = $1 and state = 1",
                                PARAMS(P_I16(reader->centre)));
    reply->n_orders = n;
    reply->orders = ARENA_ARRAY(reader->arena, Onedoor__Charging__DueOrder *, n);
    for (size_t i = 0; i < n; i++) {
        reply->orders[i] = ARENA_NEW(reader->arena, Onedoor__Charging__DueOrder);
        onedoor__charging__due_order__init(reply->orders[i]);
        reply->orders[i]->case_number = orders[i].case_number;
        reply->orders[i]->item = (char *)orders[i].item;
        reply->orders[i]->due_fen = orders[i].total_fen - orders[i].waived_fen;
        reply->orders[i]->raised_ms = orders[i].raised_ms;
    }
    return OUTCOME_OK;
}

/* ---- who gets money back */

struct outcome charging_answer_to_refund(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__ListToRefund *ask = call->message;
    size_t n;
    const struct order_row *orders =
        reader_rows(reader, &charging_order_table,
                    "where centre = $1 and to_refund_at is not null order by to_refund_at, "
                    "case_number limit $2",
                    PARAMS(P_I16(reader->centre), P_I32(ask->limit)), &n);
    Onedoor__Charging__ListToRefundReply *reply =
        READER_REPLY(reader, call, Onedoor__Charging__ListToRefundReply,
                     onedoor__charging__list_to_refund_reply);

    reply->count =
        reader_count(reader, "from payment_order where centre = $1 and to_refund_at is not null",
                     PARAMS(P_I16(reader->centre)));
    reply->n_orders = n;
    reply->orders = ARENA_ARRAY(reader->arena, Onedoor__Charging__RefundOrder *, n);
    for (size_t i = 0; i < n; i++) {
        reply->orders[i] = ARENA_NEW(reader->arena, Onedoor__Charging__RefundOrder);
        onedoor__charging__refund_order__init(reply->orders[i]);
        reply->orders[i]->case_number = orders[i].case_number;
        reply->orders[i]->item = (char *)orders[i].item;
        reply->orders[i]->kept_fen = orders[i].paid_fen - orders[i].refunded_fen;
        reply->orders[i]->since_ms = orders[i].to_refund_ms;
        reply->orders[i]->receipt = orders[i].receipt;
    }
    return OUTCOME_OK;
}
