/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/say.h"

#include "common/wire/numbers.h"
#include "services/charging/moves.h"

SAME_NUMBER(ORDER_DUE, ONEDOOR__CHARGING__ORDER_STATE__DUE);
SAME_NUMBER(ORDER_PAID, ONEDOOR__CHARGING__ORDER_STATE__PAID);
SAME_NUMBER(ORDER_NOTHING_DUE, ONEDOOR__CHARGING__ORDER_STATE__NOTHING_DUE);
SAME_NUMBER(ORDER_CANCELLED, ONEDOOR__CHARGING__ORDER_STATE__CANCELLED);
SAME_NUMBER(ORDER_WAIVED, ONEDOOR__CHARGING__ORDER_STATE__WAIVED);
SAME_NUMBER(ACCOUNT_CASH, ONEDOOR__CHARGING__METHOD__CASH);
SAME_NUMBER(ACCOUNT_CARD, ONEDOOR__CHARGING__METHOD__CARD);
SAME_NUMBER(ACCOUNT_TRANSFER, ONEDOOR__CHARGING__METHOD__TRANSFER);
SAME_NUMBER(ACCOUNT_MOBILE_PAY, ONEDOOR__CHARGING__METHOD__MOBILE_PAY);

const struct fee_fact *charging_facts(Onedoor__FeeFact *const *facts, size_t n, struct arena *arena)
{
    struct fee_fact *taken = ARENA_ARRAY(arena, struct fee_fact, n);

    for (size_t i = 0; i < n; i++)
        taken[i] = (struct fee_fact){facts[i]->fee, facts[i]->units, facts[i]->days};
    return taken;
}

static void name_line(Onedoor__Charging__Line *line, const struct fee_standard *standard)
{
    line->fee = (char *)standard->code;
    line->department = (char *)standard->department;
    line->name_zh = (char *)standard->name_zh;
    line->name_en = (char *)standard->name_en;
}

Onedoor__Charging__Line **charging_lines(const struct fee_bill *bill, struct arena *arena)
{
    Onedoor__Charging__Line **list = ARENA_ARRAY(arena, Onedoor__Charging__Line *, bill->n);
    Onedoor__Charging__Line *lines = ARENA_ARRAY(arena, Onedoor__Charging__Line, bill->n);

    for (size_t i = 0; i < bill->n; i++) {
        const struct fee_charge *charge = &bill->charges[i];
        list[i] = &lines[i];
        onedoor__charging__line__init(list[i]);
        name_line(list[i], charge->standard);
        list[i]->no = (int32_t)(i + 1);
        list[i]->units = charge->units;
        list[i]->days = charge->days;
        list[i]->amount_fen = charge->amount.fen;
        list[i]->working = (char *)charge->working;
    }
    return list;
}

Onedoor__Charging__Share **charging_shares(const struct portion *portions, size_t n,
                                           struct arena *arena)
{
    Onedoor__Charging__Share **list = ARENA_ARRAY(arena, Onedoor__Charging__Share *, n);

    for (size_t i = 0; i < n; i++) {
        list[i] = ARENA_NEW(arena, Onedoor__Charging__Share);
        onedoor__charging__share__init(list[i]);
        list[i]->department = (char *)portions[i].department;
        list[i]->fen = portions[i].fen;
    }
    return list;
}

Onedoor__Charging__Line *charging_line_message(const struct fee_schedule *schedule,
                                               const struct line_row *row, struct arena *arena)
{
    const struct fee_standard *standard = charging_schedule_fee(schedule, row->fee);
    Onedoor__Charging__Line *line = ARENA_NEW(arena, Onedoor__Charging__Line);

    onedoor__charging__line__init(line);
    if (standard != NULL)
        name_line(line, standard);
    line->no = row->no;
    line->fee = (char *)row->fee;
    line->department = (char *)row->department;
    line->units = row->units;
    line->days = row->days;
    line->amount_fen = row->amount_fen;
    line->waived_fen = row->waived_fen;
    line->refunded_fen = row->refunded_fen;
    line->working = (char *)row->working;
    return line;
}

static Onedoor__Charging__Tier **tiers_of(const struct fee_standard *standard, struct arena *arena)
{
    Onedoor__Charging__Tier **list =
        ARENA_ARRAY(arena, Onedoor__Charging__Tier *, standard->n_tiers);

    for (size_t i = 0; i < standard->n_tiers; i++) {
        list[i] = ARENA_NEW(arena, Onedoor__Charging__Tier);
        onedoor__charging__tier__init(list[i]);
        list[i]->from_units = standard->tiers[i].from;
        list[i]->to_units = standard->tiers[i].to;
        list[i]->unit_fen = standard->tiers[i].price.fen;
    }
    return list;
}

Onedoor__Charging__FeeStandard *charging_standard(const struct fee_standard *standard,
                                                  struct arena *arena)
{
    Onedoor__Charging__FeeStandard *message = ARENA_NEW(arena, Onedoor__Charging__FeeStandard);

    onedoor__charging__fee_standard__init(message);
    message->code = (char *)standard->code;
    message->item = (char *)standard->item;
    message->department = (char *)standard->department;
    message->name_zh = (char *)standard->name_zh;
    message->name_en = (char *)standard->name_en;
    message->kind = (char *)fee_kind_name(standard->kind);
    message->unit_fen = standard->price.fen;
    message->unit = (char *)standard->unit;
    message->free_units = standard->free_units;
    message->cap_fen = standard->cap.fen;
    message->basis = (char *)standard->basis;
    message->deposit = standard->deposit;
    message->reducible = standard->reducible;
    message->from_day = standard->from_day;
    message->to_day = standard->to_day;
    message->n_tiers = standard->n_tiers;
    message->tiers = tiers_of(standard, arena);
    return message;
}
