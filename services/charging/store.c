/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/rows.h"

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
