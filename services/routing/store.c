/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/rows.h"

const struct table routing_flow_table = TABLE("flow", flow_row, flow_columns, 2);

const struct table routing_task_table = TABLE("task", task_row, task_columns, 2);

const struct table routing_pause_table = TABLE("pause", pause_row, pause_columns, 2);

const struct table routing_step_table = REFERENCE("flow_step", step_row, step_columns, 3);
