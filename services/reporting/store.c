/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/rows.h"

#include "common/rows/calendar_table.h"

const struct table reporting_dossier_table = TABLE("dossier", dossier_row, dossier_columns, 2);
const struct table reporting_timeline_table = TABLE("timeline", timeline_row, timeline_columns, 2);
const struct table reporting_rollup_table = TABLE("rollup", rollup_row, rollup_columns, 3);
const struct table reporting_tally_table = TABLE("tally", tally_row, tally_columns, 2);
const struct table reporting_standing_table = TABLE("standing", standing_row, standing_columns, 2);
const struct table reporting_visit_table = TABLE("visit", visit_row, visit_columns, 4);
const struct table reporting_window_table =
    REFERENCE("hall_window", hall_window_row, hall_window_columns, 1);

const struct table *const reporting_tables[] = {
    &reporting_dossier_table, &reporting_timeline_table, &reporting_rollup_table,
    &reporting_tally_table,   &reporting_standing_table, &reporting_visit_table,
    &reporting_window_table,  &calendar_table,           NULL,
};
