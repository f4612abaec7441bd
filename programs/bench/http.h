/* SPDX-License-Identifier: Apache-2.0 */
/* http.h: what the gateway itself costs, whatever the services behind it do. */
#ifndef BENCH_HTTP_H
#define BENCH_HTTP_H

#include "common/base/config.h"

/* Measures the gateway of the hall in `home`, which has its demonstration's people, and prints.
 * Settings used: home, requests, streams, json. False when something was not answered as it should
 * be. */
bool http_bench(const struct config *);

#endif
