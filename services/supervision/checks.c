/* SPDX-License-Identifier: Apache-2.0 */
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/place.h"
#include "services/supervision/supervision.h"

static struct outcome check_after(const char *after)
{
    struct place place;
    return supervision_place_read(after, &place)
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "is not the end of a page");
}

static struct outcome check_list_due(const void *message, struct arena *arena)
{
    (void)arena;
    return check_after(((const Onedoor__Supervision__ListDue *)message)->after);
}

static struct outcome check_list_cards(const void *message, struct arena *arena)
{
    (void)arena;
    return check_after(((const Onedoor__Supervision__ListCards *)message)->after);
}

const struct check supervision_checks[] = {
    {&onedoor__supervision__list_due__descriptor, check_list_due},
    {&onedoor__supervision__list_cards__descriptor, check_list_cards},
    {NULL, NULL},
};
