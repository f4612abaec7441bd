/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/visits.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

enum { TICKETS_ROOM = 64 };

void visits_release(struct visits *visits)
{
    free(visits->tickets);
    *visits = (struct visits){0};
}

void visits_begin_day(struct visits *visits)
{
    for (int32_t i = 0; i < visits->n; i++)
        visits->gone += visits->tickets[i].waits;
    visits->n = 0;
    memset(visits->desks, 0, sizeof visits->desks);
}

struct visit *visits_find(struct visits *visits, int32_t number)
{
    return number >= 1 && number <= visits->n && visits->tickets[number - 1].taken
               ? &visits->tickets[number - 1]
               : NULL;
}

static void make_room(struct visits *visits, int32_t number)
{
    if (number > visits->room) {
        visits->room = number + TICKETS_ROOM;
        visits->tickets =
            reallocarray(visits->tickets, (size_t)visits->room, sizeof *visits->tickets);
        must(visits->tickets != NULL);
    }
    for (; visits->n < number; visits->n++)
        visits->tickets[visits->n] = (struct visit){0};
}

bool visits_take(struct visits *visits, int32_t number, const struct visit *visit)
{
    if (number < 1 || visits_find(visits, number) != NULL)
        return false;
    make_room(visits, number);
    visits->tickets[number - 1] = *visit;
    visits->tickets[number - 1].taken = true;
    visits->taken++;
    return true;
}

void visits_wait(struct visits *visits, struct visit *visit, int32_t desk)
{
    visit->waits = true;
    visits->desks[desk].waiting++;
}

void visits_end(struct visits *visits, struct visit *visit)
{
    visit->waits = false;
    visits->gone++;
}

void visits_serve(struct visits *visits, int32_t desk)
{
    visits->served += visits->desks[desk].here != 0;
    visits->desks[desk].here = 0;
}
