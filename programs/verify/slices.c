/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/verify/slices.h"

#include "services/reporting/rows.h"

const struct column *slices_column(const struct table *table)
{
    return &table->columns[table == &reporting_rollup_table ? 2 : 1];
}

bool slices_shared(const struct table *table, const void *row)
{
    return table == &reporting_rollup_table && ((const struct rollup_row *)row)->span != SPAN_DAY;
}
