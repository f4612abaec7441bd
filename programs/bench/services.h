/* SPDX-License-Identifier: Apache-2.0 */
/* services.h: how many full lives of a case a second the services complete, how long a command
 * takes at half of that, and what PostgreSQL alone can do, one after the other in one run. */
#ifndef BENCH_SERVICES_H
#define BENCH_SERVICES_H

#include "common/base/config.h"

/* Measures the services of the hall in `home` and prints. Settings used: home, seconds, in_flight,
 * json. False when a command was refused. */
bool services_bench(const struct config *);

#endif
