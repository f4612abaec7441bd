/* SPDX-License-Identifier: Apache-2.0 */
/* pgcalendar.h: the working calendar a hall goes by, read from its database from outside. */
#ifndef COMMON_PGCALENDAR_H
#define COMMON_PGCALENDAR_H

#include "common/base/config.h"
#include "common/values/calendar.h"

/* Lives in the arena. A calendar that contradicts itself is a bug by now: the services run by it.
 */
void pgcalendar_read(struct calendar *, const struct config *, struct arena *);

#endif
