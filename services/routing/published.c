/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/published.h"

#include <stdlib.h>
#include <string.h>

#include "onedoor/intake.pb-c.h"
#include "services/routing/work.h"

void published_need(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__ItemPublished *published = heard->message;
    if (published->item != NULL)
        rows_want(turn, &routing_step_table,
                  &(struct step_row){.centre = turn->centre,
                                     .item = published->item->code,
                                     .version = published->item->version});
}

static int by_stage(const void *left, const void *right)
{
    const struct step_row *a = left, *b = right;
    return a->stage != b->stage ? a->stage - b->stage : strcmp(a->department, b->department);
}

static struct step_row *steps_of(struct turn *turn, const Onedoor__Intake__ItemPublished *published)
{
    struct step_row *rows = ARENA_ARRAY(turn->arena, struct step_row, published->n_steps);
    for (size_t i = 0; i < published->n_steps; i++) {
        const Onedoor__Intake__ItemStep *step = published->steps[i];
        rows[i] = (struct step_row){
            .centre = turn->centre,
            .item = published->item->code,
            .version = published->item->version,
            .stage = (int16_t)step->stage,
            .department = step->department,
            .action = (int16_t)step->action,
            .lead = step->lead,
            .days = (int16_t)step->days,
            .counts = step->counts,
        };
    }
    qsort(rows, published->n_steps, sizeof *rows, by_stage);
    return rows;
}

/* Cases of the version that are heard of later in this turn follow it. */
struct outcome published_hear(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__ItemPublished *published = heard->message;
    const struct routing_memory *before = turn->memory;
    struct routing_memory *now = ARENA_NEW(turn->arena, struct routing_memory);
    if (published->item == NULL || published->n_steps == 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "steps", "are none");
    struct step_row *steps = steps_of(turn, published);
    *now = *before;
    if (routing_flows_add(&now->flows, &before->flows, steps, published->n_steps, turn->arena) !=
        STATUS_OK)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "steps", "break a rule of flows");
    for (size_t i = 0; i < published->n_steps; i++)
        rows_add(turn, &routing_step_table, &steps[i]);
    turn_remember(turn, now);
    return OUTCOME_OK;
}
