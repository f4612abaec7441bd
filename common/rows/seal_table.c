/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/seal_table.h"

static const struct column seal_key_columns[] = {
    COLUMN(seal_key_row, centre, I16, COLUMN_KEY),
    COLUMN(seal_key_row, id, I32, COLUMN_KEY),
    COLUMN(seal_key_row, proof, BYTES, COLUMN_FIXED),
    COLUMN_AS(seal_key_row, since_ms, "since", TIME, COLUMN_FIXED),
    COLUMN_AS(seal_key_row, unused_ms, "unused_since", TIME, 0),
};
const struct table seal_key_table = TABLE("seal_key", seal_key_row, seal_key_columns, 1);
