/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/flows.h"

#include <stdlib.h>
#include <string.h>

enum { CITY_AFTER_DAYS = 20 };

static bool same_flow(const struct step_row *a, const struct step_row *b)
{
    return a->version == b->version && strcmp(a->item, b->item) == 0;
}

static bool may_stand_outside(const struct step_row *step)
{
    return step->action == SITE_SURVEY || step->action == EXPERT_REVIEW ||
           step->action == CITY_DECISION;
}

static bool step_is_sound(const struct step_row *step)
{
    return step->action > ACTION_NONE && step->action < TASK_ACTIONS && step->days >= 0 &&
           (step->counts || may_stand_outside(step)) &&
           (step->action == CITY_DECISION) == (strcmp(step->department, CITY) == 0);
}

/* Steps come in key order, so a department with two tasks in one stage would not have come here. */
static bool stages_are_sound(const struct item_flow *flow)
{
    int16_t stage = 0;
    for (size_t i = 0; i < flow->n_steps; i++) {
        int16_t next = flow->steps[i].stage;
        if (next != stage && next != stage + 1)
            return false;
        stage = next;
    }
    return flow->steps[0].stage == 1;
}

/* RULE L43: a stage takes as long as its longest branch that counts. */
static bool city_is_asked_in_time(const struct item_flow *flow)
{
    int32_t before = 0, longest = 0;
    int16_t stage = 1;
    for (size_t i = 0; i < flow->n_steps; i++) {
        const struct step_row *step = &flow->steps[i];
        if (step->stage != stage) {
            before += longest;
            longest = 0;
            stage = step->stage;
        }
        if (step->action == CITY_DECISION && before > CITY_AFTER_DAYS)
            return false;
        if (step->counts && step->days > longest)
            longest = step->days;
    }
    return true;
}

static bool is_sound(const struct item_flow *flow)
{
    for (size_t i = 0; i < flow->n_steps; i++)
        if (!step_is_sound(&flow->steps[i]))
            return false;
    return stages_are_sound(flow) && city_is_asked_in_time(flow);
}

static bool is_joint(const struct item_flow *flow)
{
    for (size_t i = 1; i < flow->n_steps; i++)
        if (strcmp(flow->steps[i].department, flow->steps[0].department) != 0)
            return true;
    return false;
}

/* The store's order of text is its own; the search needs one that is known. */
static int by_item_and_version(const void *left, const void *right)
{
    const struct item_flow *a = left, *b = right;
    int order = strcmp(a->item, b->item);
    return order != 0 ? order : (a->version > b->version) - (a->version < b->version);
}

enum status routing_flows_init(struct flows *flows, const struct step_row *steps, size_t n,
                               struct arena *arena)
{
    *flows = (struct flows){.rows = ARENA_ARRAY(arena, struct item_flow, n + 1)};
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && same_flow(&steps[from], &steps[to]);)
            to++;
        struct item_flow *flow = &flows->rows[flows->n++];
        *flow = (struct item_flow){
            .item = steps[from].item,
            .version = steps[from].version,
            .steps = &steps[from],
            .n_steps = to - from,
            .stages = steps[to - 1].stage,
        };
        flow->joint = is_joint(flow);
        if (!is_sound(flow))
            return STATUS_INVALID;
    }
    qsort(flows->rows, flows->n, sizeof *flows->rows, by_item_and_version);
    return STATUS_OK;
}

static bool is_after(const struct item_flow *flow, const char *item, int32_t version)
{
    int order = strcmp(flow->item, item);
    return order > 0 || (order == 0 && flow->version > version);
}

const struct item_flow *routing_flows_find(const struct flows *flows, const char *item,
                                           int32_t version)
{
    size_t low = 0, high = flows->n; /* the first that stands after is in [low, high] */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_after(&flows->rows[middle], item, version))
            high = middle;
        else
            low = middle + 1;
    }
    const struct item_flow *found = low == 0 ? NULL : &flows->rows[low - 1];
    return found != NULL && strcmp(found->item, item) == 0 ? found : NULL;
}
