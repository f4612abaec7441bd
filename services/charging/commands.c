/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/commands.h"

#include "common/rows/approval.h"
#include "common/wire/revision.h"
#include "onedoor/approval.pb-c.h"

struct order_row *charging_order(struct turn *turn, int64_t case_number)
{
    const struct order_row probe = {.centre = turn->centre, .case_number = case_number};
    return rows_find(turn, &charging_order_table, &probe);
}

struct line_row *charging_line(struct turn *turn, int64_t case_number, int32_t no)
{
    const struct line_row probe = {
        .centre = turn->centre, .case_number = case_number, .no = (int16_t)no};
    return no < 1 || no > INT16_MAX ? NULL : rows_find(turn, &charging_line_table, &probe);
}

void charging_want_order(struct turn *turn, int64_t case_number)
{
    rows_want(turn, &charging_order_table,
              &(struct order_row){.centre = turn->centre, .case_number = case_number});
    rows_want(turn, &charging_line_table,
              &(struct line_row){.centre = turn->centre, .case_number = case_number});
    turn_want_counter(turn, "posting");
}

enum order_state charging_state(const struct order_row *order)
{
    return order == NULL ? ORDER_NONE : (enum order_state)order->state;
}

int64_t charging_revision(const struct order_row *order)
{
    const int64_t values[] = {order->number,     order->state,    order->total_fen,
                              order->waived_fen, order->paid_fen, order->refunded_fen};
    return revision_of_bytes((struct bytes){(const unsigned char *)values, sizeof values});
}

struct outcome charging_shown(const void *message, const struct order_row *order)
{
    return order == NULL ? OUTCOME_OK : revision_check(message, charging_revision(order));
}

int64_t charging_due(const struct order_row *order)
{
    return order == NULL ? 0 : order->total_fen - order->waived_fen;
}

int64_t charging_enter(struct turn *turn, const struct order_row *order, enum posting_kind kind,
                       const struct portion *portions, size_t n)
{
    const struct posting posting = {
        .centre = turn->centre,
        .number = turn_count(turn, "posting"),
        .case_number = order->case_number,
        .day = charging_day(turn->memory, turn->now_ms),
        .at_ms = turn->now_ms,
        .kind = kind,
        .money = (enum account)order->method,
        .portions = portions,
        .n_portions = n,
    };
    struct entry_row *entries = ARENA_ARRAY(turn->arena, struct entry_row, n + 1);

    charging_post(&posting, entries);
    for (size_t i = 0; i <= n; i++)
        rows_add(turn, &charging_entry_table, &entries[i]);
    return posting.number;
}

/* clang-format off */
const struct route charging_routes[] = {
    {&onedoor__charging__pay__descriptor, ROLE(CASHIER), charging_need_pay, charging_pay},
    {&onedoor__charging__waive__descriptor, ROLE(CASHIER) | ROLE(BUSINESS_MANAGER), charging_need_waive, charging_waive},
    {&onedoor__charging__refund__descriptor, ROLE(CASHIER) | ROLE(BUSINESS_MANAGER), charging_need_refund, charging_refund},
    APPROVAL_ROUTE,
    {NULL},
};
/* clang-format on */

/* RULE H22 */
const struct seconded charging_seconded[] = {
    {&onedoor__charging__waive__descriptor, ROLE(BUSINESS_MANAGER)},
    {&onedoor__charging__refund__descriptor, ROLE(BUSINESS_MANAGER)},
    {NULL, 0},
};
