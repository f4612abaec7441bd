/* SPDX-License-Identifier: Apache-2.0 */
/* tick.c: what happens because time has passed. */
#include "common/base/panic.h"
#include "services/intake/cases.h"
#include "services/intake/intake.h"

enum { DUE_AT_ONCE = 256 };

/* RULE L32.4: what is not said in five working days counts as acceptance. The stored instant is an
 * index, not the truth: under a changed calendar the deadline comes out anew, and may lie ahead
 * again. */
static void fall_silent(struct turn *turn, struct case_row *row)
{
    int64_t due_ms = intake_answer_due(turn->memory, row->received_ms);
    if (due_ms > turn->now_ms) {
        rows_touch(turn, &intake_case_table, row);
        row->answer_due_ms = due_ms;
        turn_wake(turn, due_ms);
        return;
    }
    must(is_ok(
        intake_happen(turn, row, &(struct happening){.on = ON_SILENCE, .at_ms = turn->now_ms})));
}

void intake_tick_need(struct turn *turn)
{
    rows_want_due(turn, &intake_case_table, DUE_AT_ONCE);
}

void intake_tick(struct turn *turn)
{
    struct case_row *row;
    for (size_t place = 0; (row = rows_each(turn, &intake_case_table, &place)) != NULL;)
        if (row->answer_due_ms != 0 && row->answer_due_ms <= turn->now_ms)
            fall_silent(turn, row);
}
