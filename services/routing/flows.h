/* SPDX-License-Identifier: Apache-2.0 */
/* flows.h: the published flows: for an item, which departments act in which stage. Read only, made
 * from the reference table at start. Pure. */
#ifndef ROUTING_FLOWS_H
#define ROUTING_FLOWS_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/values/flow_rules.h"
#include "services/routing/rows.h"

/* One version of an item's flow. */
struct item_flow {
    const char *item;
    int32_t version;
    const struct step_row *steps; /* by stage, then department */
    size_t n_steps;
    int16_t stages;
    bool joint; /* several departments act: RULE L26, L42.2 */
};

struct flows {
    struct item_flow *rows; /* by item, then version */
    size_t n;
};

/* Take the steps, in key order, which must outlive the flows. STATUS_INVALID when a flow breaks a
 * rule (flow_rules.h). */
MUST_USE enum status routing_flows_init(struct flows *, const struct step_row *steps, size_t n,
                                        struct arena *);

/* Those of `before` and one more, of some steps in key order; likewise. */
MUST_USE enum status routing_flows_add(struct flows *, const struct flows *before,
                                       const struct step_row *steps, size_t n, struct arena *);

/* RULE H11: the flow for a case of this version of the item: the greatest version that is not above
 * it. Null: the item has none. */
const struct item_flow *routing_flows_find(const struct flows *, const char *item, int32_t version);

#endif
