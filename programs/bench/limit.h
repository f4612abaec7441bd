/* SPDX-License-Identifier: Apache-2.0 */
/* limit.h: the yardstick: how many lives of a case (limit.sql) PostgreSQL alone completes a second
 * on the same cluster, through SESSIONS sessions that call one function a step, each its own
 * transaction. */
#ifndef BENCH_LIMIT_H
#define BENCH_LIMIT_H

#include "common/base/config.h"

/* Makes the database onedoor_limit, warms it up, measures for `seconds`, drops it. */
double limit_cases_per_second(const struct config *, int seconds);

#endif
