/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/hall.h"

#include <string.h>

bool hall_add(struct hall *hall, const struct launch *launch)
{
    if (hall->count == MAX_PROCESSES)
        return false;
    process_init(&hall->processes[hall->count++], launch);
    return true;
}

struct process *hall_other(struct hall *hall, const struct process *p)
{
    for (int i = 0; i < hall->count; i++) {
        struct process *other = &hall->processes[i];
        if (other != p && strcmp(other->launch.role, p->launch.role) == 0)
            return other;
    }
    return NULL;
}
