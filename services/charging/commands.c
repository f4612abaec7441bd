/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/commands.h"

#include "common/rows/approval.h"
#include "common/wire/revision.h"
#include "onedoor/approval.pb-c.h"

struct order_row *charging_order(struct turn *turn, int64_t case_number)
{
    const struct order_row probe = {.centre = turn->centre, .case_number = case_number};
    struct order_row *last = NULL;

    for (struct order_row *row = NULL;
         (row = rows_next(turn, &charging_order_table, &probe, row)) != NULL;)
        if (last == NULL || row->number > last->number)
            last = row;
    return last;
}

struct line_row *charging_line(struct turn *turn, int64_t case_number, int32_t no)
{
    const struct line_row probe = {
        .centre = turn->centre, .case_number = case_number, .no = (int16_t)no};
    const struct order_row *order = charging_order(turn, case_number);
    struct line_row *line =
        no < 1 || no > INT16_MAX ? NULL : rows_find(turn, &charging_line_table, &probe);

    return order == NULL || line == NULL || line->order_number != order->number ? NULL : line;
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

const struct line_row *charging_order_lines(struct turn *turn, const struct order_row *order,
                                            size_t *n)
{
    struct line_row probe = {.centre = turn->centre, .case_number = order->case_number, .no = 1};
    struct line_row *lines = NULL;
    const struct line_row *line;

    *n = 0;
    for (; (line = rows_find(turn, &charging_line_table, &probe)) != NULL; probe.no++) {
        if (line->order_number != order->number)
            continue;
        lines = arena_grow(turn->arena, lines, *n, *n + 1, sizeof *line);
        lines[(*n)++] = *line;
    }
    return lines;
}

int64_t charging_enter(struct turn *turn, const struct order_row *order, enum posting_kind kind,
                       const struct portions *sum)
{
    const struct posting posting = {
        .centre = turn->centre,
        .number = turn_count(turn, "posting"),
        .case_number = order->case_number,
        .day = charging_day(turn->memory, sum->at_ms),
        .at_ms = sum->at_ms,
        .kind = kind,
        .money = (enum account)order->method,
        .cashier = sum->cashier,
        .portions = sum->list,
        .n_portions = sum->n,
    };
    struct entry_row *entries = ARENA_ARRAY(turn->arena, struct entry_row, sum->n + 1);

    charging_post(&posting, entries);
    for (size_t i = 0; i <= sum->n; i++)
        rows_add(turn, &charging_entry_table, &entries[i]);
    return posting.number;
}

/* clang-format off */
const struct route charging_routes[] = {
    {&onedoor__charging__pay__descriptor, ROLE(CASHIER), charging_need_pay, charging_pay},
    {&onedoor__charging__waive__descriptor, ROLE(CASHIER) | ROLE(BUSINESS_MANAGER), charging_need_waive, charging_waive},
    {&onedoor__charging__refund__descriptor, ROLE(CASHIER) | ROLE(BUSINESS_MANAGER), charging_need_refund, charging_refund},
    APPROVAL_ROUTES,
    {NULL},
};
/* clang-format on */

/* RULE H22 */
const struct seconded charging_seconded[] = {
    {&onedoor__charging__waive__descriptor, ROLE(BUSINESS_MANAGER)},
    {&onedoor__charging__refund__descriptor, ROLE(BUSINESS_MANAGER)},
    {NULL, 0},
};
