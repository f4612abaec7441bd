/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/amount.h"

#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/held.h"

struct waiting {
    struct call *call;
    Onedoor__Intake__GetProgressReply *progress;
};

static void bill_came(void *context, const struct answer *reply)
{
    struct waiting *waiting = context;
    const Onedoor__Charging__GetOrderReply *order = NULL;
    if (reply->kind == ANSWER_OK)
        order = message_unpack(&onedoor__charging__get_order_reply__descriptor, reply->packed,
                               waiting->call->arena);
    if (order != NULL)
        waiting->progress->to_pay_fen = order->due_fen;
    api_answer_message(waiting->call, &waiting->progress->base);
}

static void ask_bill(struct call *call, Onedoor__Intake__GetProgressReply *progress)
{
    Onedoor__Charging__GetOrder order = ONEDOOR__CHARGING__GET_ORDER__INIT;
    struct waiting *waiting = ARENA_NEW(call->arena, struct waiting);
    struct ask ask = api_ask_of(call);
    *waiting = (struct waiting){call, progress};
    order.case_number = progress->case_number;
    ask.service = NULL;
    ask.message = &order.base;
    ask.reply = &onedoor__charging__get_order_reply__descriptor;
    ask.done = bill_came;
    ask.context = waiting;
    client_ask(call->api->client, &ask);
}

bool amount_is_awaited(struct call *call, const struct answer *reply)
{
    const ProtobufCMessageDescriptor *request = call->match.route->request;
    if (reply->kind != ANSWER_OK || (request != &onedoor__intake__ask_progress__descriptor &&
                                     request != &onedoor__intake__ask_progress_by_code__descriptor))
        return false;
    Onedoor__Intake__GetProgressReply *progress = message_unpack(
        &onedoor__intake__get_progress_reply__descriptor, reply->packed, call->arena);
    if (progress == NULL || progress->state != ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE)
        return false;
    ask_bill(call, progress);
    return true;
}
