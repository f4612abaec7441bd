/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/place.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/values/day.h"

bool reporting_place_read(const char *text, struct place *place)
{
    int used = 0;

    *place = (struct place){INSTANT_MAX_MS, INT64_MAX};
    if (text[0] == '\0')
        return true;
    return strlen(text) <= 40 &&
           sscanf(text, "%18" SCNd64 "-%18" SCNd64 "%n", &place->received_ms, &place->case_number,
                  &used) == 2 &&
           text[used] == '\0' && place->received_ms > 0 && place->received_ms <= INSTANT_MAX_MS;
}

char *reporting_place_write(const struct dossier_row *last, struct arena *arena)
{
    return arena_printf(arena, "%" PRId64 "-%" PRId64, last->received_ms, last->case_number);
}
