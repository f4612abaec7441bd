/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: answers to questions about quotes and the published standards. Bills are in orders.c,
 * takings in takings.c. */
#include "services/charging/queries.h"

#include "common/service/approval_list.h"
#include "services/charging/charging.h"
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

/* ---- the published standards */

/* RULE L30, L58: what is charged, by which standard and on which basis, is open to all. */
static struct outcome answer_fees(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetFees *get = call->message;
    const struct charging *charging = reader->memory;
    int32_t day = get->day == 0 ? charging_day(charging, reader->now_ms) : get->day;
    size_t n;
    const struct fee_standard *standards =
        charging_schedule_item(&charging->schedule, get->item[0] == '\0' ? NULL : get->item, &n);
    Onedoor__Charging__GetFeesReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetFeesReply, onedoor__charging__get_fees_reply);

    reply->fees = ARENA_ARRAY(reader->arena, Onedoor__Charging__FeeStandard *, n);
    for (size_t i = 0; i < n; i++)
        if (get->all || charging_in_force(&standards[i], day))
            reply->fees[reply->n_fees++] = charging_standard(&standards[i], reader->arena);
    return OUTCOME_OK;
}

#define TAKINGS_ROLES                                                                              \
    (ROLE(CASHIER) | ROLE(SUPERVISOR) | ROLE(BUSINESS_MANAGER) | ROLE(REPORT_READER) |             \
     ROLE(ADMINISTRATOR))

const struct query charging_queries[] = {
    {&onedoor__charging__quote__descriptor, ANY_ROLE, answer_quote},
    {&onedoor__charging__get_order__descriptor, ANY_ROLE, charging_answer_order},
    {&onedoor__charging__list_due__descriptor, TAKINGS_ROLES, charging_answer_due},
    {&onedoor__charging__list_to_refund__descriptor, TAKINGS_ROLES, charging_answer_to_refund},
    {&onedoor__charging__get_fees__descriptor, ANY_ROLE, answer_fees},
    {&onedoor__charging__get_takings__descriptor, TAKINGS_ROLES, charging_answer_takings},
    APPROVAL_QUERY,
    {NULL},
};
