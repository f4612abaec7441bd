/* SPDX-License-Identifier: Apache-2.0 */
#include "onedoor/routing.pb-c.h"
#include "services/routing/place.h"
#include "services/routing/routing.h"

static struct outcome check_list_tasks(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Routing__ListTasks *list = message;
    struct place place;
    if (!routing_place_read(list->after, &place))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "is not the end of a page");
    return OUTCOME_OK;
}

const struct check routing_checks[] = {
    {&onedoor__routing__list_tasks__descriptor, check_list_tasks},
    {NULL, NULL},
};
