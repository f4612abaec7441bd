/* SPDX-License-Identifier: Apache-2.0 */
/* publish_check.h: what a version of an item must be by itself, before it is compared with what the
 * hall has. Pure. */
#ifndef INTAKE_PUBLISH_CHECK_H
#define INTAKE_PUBLISH_CHECK_H

#include "common/base/arena.h"
#include "common/wire/outcome.h"

/* Of a PublishItem, a SetDepartment, a SetWindow. */
struct outcome publish_check_item(const void *message, struct arena *);
struct outcome publish_check_department(const void *message, struct arena *);
struct outcome publish_check_window(const void *message, struct arena *);

#endif
