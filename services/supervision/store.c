/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/rows.h"

#include "common/rows/calendar_table.h"

const struct table supervision_watch_table = TABLE("watch", watch_row, watch_columns, 2);
const struct table supervision_card_table = TABLE("card", card_row, card_columns, 2);

const struct table *const supervision_tables[] = {&supervision_watch_table, &supervision_card_table,
                                                  &calendar_table, NULL};
