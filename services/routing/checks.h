/* SPDX-License-Identifier: Apache-2.0 */
/* checks.h: what a message must be, whoever sends it and whatever the case: lengths and ranges, as
 * in proto/onedoor/routing.proto. Each takes the unpacked message and says where it is wrong.
 * Pure. */
#ifndef ROUTING_CHECKS_H
#define ROUTING_CHECKS_H

#include "common/wire/outcome.h"

struct outcome routing_check_decide(const void *);
struct outcome routing_check_take_task(const void *);
struct outcome routing_check_return_branch(const void *);
struct outcome routing_check_pause(const void *);
struct outcome routing_check_resume(const void *);
struct outcome routing_check_extend(const void *);

struct outcome routing_check_list_tasks(const void *);
struct outcome routing_check_get_flow(const void *);
struct outcome routing_check_get_item_flow(const void *);
struct outcome routing_check_explain_deadline(const void *);

#endif
