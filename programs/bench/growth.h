/* SPDX-License-Identifier: Apache-2.0 */
/* growth.h: how long the questions of people take in a hall that has grown: every list, filter and
 * figure, the first page, asked of the services. The cases are made in the database (growth.sql).
 */
#ifndef BENCH_GROWTH_H
#define BENCH_GROWTH_H

#include "common/base/config.h"

/* Fills the hall in `home` up to each size of the setting `cases`, asks everything there, and
 * prints JSON. Settings used: home, cases. False when a question was not answered. */
bool growth_bench(const struct config *);

#endif
