/* SPDX-License-Identifier: Apache-2.0 */
/* checks.h: what a message must be, whoever sends it and whatever the order: lengths and ranges, as
 * in proto/onedoor/charging.proto. Each takes the unpacked message and says where it is wrong.
 * Pure. */
#ifndef CHARGING_CHECKS_H
#define CHARGING_CHECKS_H

#include "common/wire/outcome.h"

struct outcome charging_check_pay(const void *);
struct outcome charging_check_waive(const void *);
struct outcome charging_check_refund(const void *);

struct outcome charging_check_quote(const void *);
struct outcome charging_check_get_order(const void *);
struct outcome charging_check_get_takings(const void *);

#endif
