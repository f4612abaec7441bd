/* SPDX-License-Identifier: Apache-2.0 */
/* checks.h: what a query's message must be, whoever sends it: lengths and ranges, as in
 * proto/onedoor/reporting.proto. Each takes the unpacked message and says where it is wrong.
 * Pure. */
#ifndef REPORTING_CHECKS_H
#define REPORTING_CHECKS_H

#include "common/wire/outcome.h"

struct outcome reporting_check_get_dossier(const void *);
struct outcome reporting_check_search(const void *);
struct outcome reporting_check_overview(const void *);
struct outcome reporting_check_rollup(const void *);

#endif
