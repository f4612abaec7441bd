/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/rows.h"

static const struct column order_columns[] = {
    COLUMN(order_row, centre, I16, COLUMN_KEY),
    COLUMN(order_row, case_number, I64, COLUMN_KEY),
    COLUMN(order_row, number, I64, COLUMN_FIXED),
    COLUMN(order_row, item, TEXT, COLUMN_FIXED),
    COLUMN(order_row, state, I16, 0),
    COLUMN(order_row, total_fen, I64, COLUMN_FIXED),
    COLUMN(order_row, waived_fen, I64, 0),
    COLUMN(order_row, paid_fen, I64, 0),
    COLUMN(order_row, refunded_fen, I64, 0),
    COLUMN(order_row, method, I16, 0),
    COLUMN(order_row, receipt, I64, 0),
    COLUMN_AS(order_row, raised_ms, "raised_at", TIME, COLUMN_FIXED),
    COLUMN_AS(order_row, paid_ms, "paid_at", TIME, 0),
};

static const struct column line_columns[] = {
    COLUMN(line_row, centre, I16, COLUMN_KEY),
    COLUMN(line_row, case_number, I64, COLUMN_KEY),
    COLUMN(line_row, no, I16, COLUMN_KEY),
    COLUMN(line_row, fee, TEXT, COLUMN_FIXED),
    COLUMN(line_row, department, TEXT, COLUMN_FIXED),
    COLUMN(line_row, units, I64, COLUMN_FIXED),
    COLUMN(line_row, days, I32, COLUMN_FIXED),
    COLUMN(line_row, amount_fen, I64, COLUMN_FIXED),
    COLUMN(line_row, waived_fen, I64, 0),
    COLUMN(line_row, refunded_fen, I64, 0),
    COLUMN(line_row, working, TEXT, COLUMN_FIXED),
};

static const struct column entry_columns[] = {
    COLUMN(entry_row, centre, I16, COLUMN_KEY),
    COLUMN(entry_row, posting, I64, COLUMN_KEY),
    COLUMN(entry_row, no, I16, COLUMN_KEY),
    COLUMN(entry_row, case_number, I64, COLUMN_FIXED),
    COLUMN(entry_row, account, I16, COLUMN_FIXED),
    COLUMN(entry_row, department, TEXT, COLUMN_FIXED),
    COLUMN(entry_row, debit_fen, I64, COLUMN_FIXED),
    COLUMN(entry_row, credit_fen, I64, COLUMN_FIXED),
    COLUMN(entry_row, day, DAY, COLUMN_FIXED),
    COLUMN_AS(entry_row, at_ms, "at", TIME, COLUMN_FIXED),
};

static const struct column receipt_columns[] = {
    COLUMN(receipt_row, centre, I16, COLUMN_KEY),
    COLUMN(receipt_row, number, I64, COLUMN_KEY),
    COLUMN(receipt_row, case_number, I64, COLUMN_FIXED),
    COLUMN(receipt_row, amount_fen, I64, COLUMN_FIXED),
    COLUMN_AS(receipt_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(receipt_row, cashier, TEXT, COLUMN_FIXED),
};

static const struct column adjustment_columns[] = {
    COLUMN(adjustment_row, centre, I16, COLUMN_KEY),
    COLUMN(adjustment_row, posting, I64, COLUMN_KEY),
    COLUMN(adjustment_row, case_number, I64, COLUMN_FIXED),
    COLUMN(adjustment_row, line, I16, COLUMN_FIXED),
    COLUMN(adjustment_row, kind, I16, COLUMN_FIXED),
    COLUMN(adjustment_row, amount_fen, I64, COLUMN_FIXED),
    COLUMN(adjustment_row, ground, TEXT, COLUMN_FIXED),
    COLUMN(adjustment_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(adjustment_row, approved_by, TEXT, COLUMN_FIXED),
    COLUMN_AS(adjustment_row, at_ms, "at", TIME, COLUMN_FIXED),
};

static const struct column standard_columns[] = {
    COLUMN(standard_row, centre, I16, COLUMN_KEY),
    COLUMN(standard_row, code, TEXT, COLUMN_KEY),
    COLUMN_AS(standard_row, from_day, "valid_from", DAY, COLUMN_KEY),
    COLUMN_AS(standard_row, to_day, "valid_to", DAY, COLUMN_FIXED),
    COLUMN(standard_row, item, TEXT, COLUMN_FIXED),
    COLUMN(standard_row, department, TEXT, COLUMN_FIXED),
    COLUMN(standard_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(standard_row, name_en, TEXT, COLUMN_FIXED),
    COLUMN(standard_row, kind, TEXT, COLUMN_FIXED),
    COLUMN(standard_row, unit_fen, I64, COLUMN_FIXED),
    COLUMN(standard_row, unit, TEXT, COLUMN_FIXED),
    COLUMN(standard_row, free_units, I64, COLUMN_FIXED),
    COLUMN(standard_row, cap_fen, I64, COLUMN_FIXED),
    COLUMN(standard_row, basis, TEXT, COLUMN_FIXED),
};

static const struct column tier_columns[] = {
    COLUMN(tier_row, centre, I16, COLUMN_KEY),
    COLUMN(tier_row, fee, TEXT, COLUMN_KEY),
    COLUMN_AS(tier_row, from_day, "valid_from", DAY, COLUMN_KEY),
    COLUMN(tier_row, from_units, I64, COLUMN_KEY),
    COLUMN(tier_row, to_units, I64, COLUMN_FIXED),
    COLUMN(tier_row, unit_fen, I64, COLUMN_FIXED),
};

const struct table charging_order_table = TABLE("payment_order", order_row, order_columns, 2);
const struct table charging_line_table = TABLE("order_line", line_row, line_columns, 2);
const struct table charging_entry_table = TABLE("entry", entry_row, entry_columns, 2);
const struct table charging_receipt_table = TABLE("receipt", receipt_row, receipt_columns, 2);
const struct table charging_adjustment_table =
    TABLE("adjustment", adjustment_row, adjustment_columns, 2);
const struct table charging_standard_table =
    REFERENCE("fee_standard", standard_row, standard_columns, 1);
const struct table charging_tier_table = REFERENCE("fee_tier", tier_row, tier_columns, 1);

const struct table *const charging_tables[] = {
    &charging_order_table,      &charging_line_table,
    &charging_entry_table,      &charging_receipt_table,
    &charging_adjustment_table, &charging_standard_table,
    &charging_tier_table,       NULL,
};
