/* SPDX-License-Identifier: Apache-2.0 */
/* slices.h: to which slice of a replay, by days of receipt, a follower's row belongs. */
#ifndef VERIFY_SLICES_H
#define VERIFY_SLICES_H

#include <stdbool.h>

#include "common/rows/table.h"

/* The column that says it: of the case, or of the day. */
const struct column *slices_column(const struct table *);

/* Rollups of a month or a year are of several slices: counts.c holds them to those of days. */
bool slices_shared(const struct table *, const void *row);

#endif
