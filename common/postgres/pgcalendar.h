/* SPDX-License-Identifier: Apache-2.0 */
/* pgcalendar.h: a hall's working calendar, read from its database by a program outside the hall. */
#ifndef COMMON_PGCALENDAR_H
#define COMMON_PGCALENDAR_H

#include "common/base/config.h"
#include "common/values/calendar.h"

/* Lives in the arena. A calendar that contradicts itself is a panic: the services have checked it.
 */
void pgcalendar_read(struct calendar *, const struct config *, struct arena *);

#endif
