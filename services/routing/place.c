/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/place.h"

#include <inttypes.h>
#include <stdio.h>

#include "common/values/day.h"

bool routing_place_read(const char *text, struct place *place)
{
    int lane, no, used = 0;

    *place = (struct place){.lane = -1};
    if (text[0] == '\0')
        return true;
    if (sscanf(text, "%1d.%15" SCNd64 ".%18" SCNd64 ".%5d%n", &lane, &place->due_ms,
               &place->case_number, &no, &used) != 4 ||
        text[used] != '\0')
        return false;
    place->lane = (int16_t)lane;
    place->no = (int16_t)no;
    return lane >= 0 && lane <= 1 && no >= 0 && no <= INT16_MAX && place->due_ms >= 0 &&
           place->due_ms <= INSTANT_MAX_MS;
}

char *routing_place_write(struct arena *arena, const struct task_row *task)
{
    return arena_printf(arena, "%d.%" PRId64 ".%" PRId64 ".%d", task->lane, task->due_ms,
                        task->case_number, task->no);
}
