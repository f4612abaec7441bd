/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/place.h"

#include <inttypes.h>
#include <stdio.h>

#include "common/values/day.h"

static bool is_instant(int64_t ms)
{
    return ms >= 0 && ms <= INSTANT_MAX_MS;
}

bool supervision_place_read(const char *text, struct place *place)
{
    int level, task, term, used = 0;

    *place = (struct place){.level = 9};
    if (text[0] == '\0')
        return true;
    if (sscanf(text, "%1d.%15" SCNd64 ".%15" SCNd64 ".%18" SCNd64 ".%5d.%1d%n", &level,
               &place->at_ms, &place->next_ms, &place->case_number, &task, &term, &used) != 6 ||
        text[used] != '\0')
        return false;
    place->level = (int16_t)level;
    place->task = (int16_t)task;
    place->term = (int16_t)term;
    return level >= 0 && task >= 0 && task <= INT16_MAX && term >= 0 && is_instant(place->at_ms) &&
           is_instant(place->next_ms) && place->case_number > 0;
}

static char *place_write(struct arena *arena, const struct place *place)
{
    return arena_printf(arena, "%d.%" PRId64 ".%" PRId64 ".%" PRId64 ".%d.%d", place->level,
                        place->at_ms, place->next_ms, place->case_number, place->task, place->term);
}

char *supervision_place_of_watch(struct arena *arena, const struct watch_row *last)
{
    return place_write(arena, &(struct place){last->level, last->level_ms, last->next_ms,
                                              last->case_number, last->task, last->term});
}

char *supervision_place_of_card(struct arena *arena, const struct card_row *last)
{
    return place_write(arena, &(struct place){last->level, last->issued_ms, 0, last->case_number,
                                              last->task, last->term});
}
