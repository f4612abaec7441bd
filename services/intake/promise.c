/* SPDX-License-Identifier: Apache-2.0 */
/* promise.c: a case, the item that it began under, and the days that follow from both. */
#include "common/base/panic.h"
#include "services/intake/cases.h"

enum { ANSWER_DAYS = 5 }; /* RULE L32.4 */

void intake_want_case(struct turn *turn, int64_t number)
{
    rows_want(turn, &intake_case_table,
              &(struct case_row){.centre = turn->centre, .number = number});
}

struct case_row *intake_case(struct turn *turn, int64_t number)
{
    return rows_find(turn, &intake_case_table,
                     &(struct case_row){.centre = turn->centre, .number = number});
}

const struct item_version *intake_item_of(const struct catalogue *catalogue,
                                          const struct case_row *row)
{
    const struct item_version *item = intake_item_version(catalogue, row->item, row->item_version);
    must(item != NULL); /* versions are never removed */
    return item;
}

int64_t intake_promise(const struct catalogue *catalogue, const struct case_row *row)
{
    bool called_off = row->state == CASE_WITHDRAWN || row->state == CASE_TERMINATED;
    if (row->accepted_ms == 0 || called_off)
        return 0;
    const struct item_row *item = &intake_item_of(catalogue, row)->row;
    return intake_days_after(catalogue, row->accepted_ms,
                             intake_promised_days(item, row->fast_lane));
}

int64_t intake_answer_due(const struct catalogue *catalogue, int64_t received_ms)
{
    return intake_days_after(catalogue, received_ms, ANSWER_DAYS);
}
