/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/flows.h"

#include <stdlib.h>
#include <string.h>

static bool same_flow(const struct step_row *a, const struct step_row *b)
{
    return a->version == b->version && strcmp(a->item, b->item) == 0;
}

static bool is_sound(const struct item_flow *flow, struct arena *arena)
{
    struct flow_rule_step *steps = ARENA_ARRAY(arena, struct flow_rule_step, flow->n_steps);
    size_t at;
    for (size_t i = 0; i < flow->n_steps; i++) {
        const struct step_row *step = &flow->steps[i];
        steps[i] = (struct flow_rule_step){step->stage, step->department, step->action, step->days,
                                           step->counts};
    }
    return flow_rules_fault(steps, flow->n_steps, &at) == NULL;
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

static bool take_flow(struct flows *flows, const struct step_row *steps, size_t n,
                      struct arena *arena)
{
    struct item_flow *flow = &flows->rows[flows->n++];
    *flow = (struct item_flow){
        .item = steps[0].item,
        .version = steps[0].version,
        .steps = steps,
        .n_steps = n,
        .stages = steps[n - 1].stage,
    };
    flow->joint = is_joint(flow);
    return is_sound(flow, arena);
}

static void sort_flows(struct flows *flows)
{
    qsort(flows->rows, flows->n, sizeof *flows->rows, by_item_and_version);
}

enum status routing_flows_init(struct flows *flows, const struct step_row *steps, size_t n,
                               struct arena *arena)
{
    *flows = (struct flows){.rows = ARENA_ARRAY(arena, struct item_flow, n + 1)};
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && same_flow(&steps[from], &steps[to]);)
            to++;
        if (!take_flow(flows, &steps[from], to - from, arena))
            return STATUS_INVALID;
    }
    sort_flows(flows);
    return STATUS_OK;
}

enum status routing_flows_add(struct flows *flows, const struct flows *before,
                              const struct step_row *steps, size_t n, struct arena *arena)
{
    *flows = (struct flows){ARENA_ARRAY(arena, struct item_flow, before->n + 1), before->n};
    memcpy(flows->rows, before->rows, before->n * sizeof *flows->rows);
    if (!take_flow(flows, steps, n, arena))
        return STATUS_INVALID;
    sort_flows(flows);
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
