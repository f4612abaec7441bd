/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/denied.h"

#include <string.h>

bool denied_is_same(const struct denied *a, const struct denied *b)
{
    return a->kind == b->kind && strcmp(a->peer, b->peer) == 0 &&
           strcmp(a->address, b->address) == 0 && strcmp(a->what, b->what) == 0;
}

static bool is_of_kind_alone(const struct denied *denied)
{
    return denied->peer[0] == '\0' && denied->address[0] == '\0' && denied->what[0] == '\0';
}

/* A new one, if its kind has room, or an entry that gives its place up. Null: neither. */
static struct denied *free_place(struct denied_list *list, Onedoor__BusDenialKind kind,
                                 int64_t now_ms)
{
    int n = 0;
    for (int i = 0; i < list->n; i++) {
        struct denied *there = &list->entries[i];
        if (there->kind != kind || is_of_kind_alone(there))
            continue;
        if (now_ms - there->last_ms >= DENIED_HELD_MS)
            return there;
        n++;
    }
    return n < DENIED_EACH ? &list->entries[list->n++] : NULL;
}

/* The place for a kind alone is always there. */
static struct denied *place_of(struct denied_list *list, const struct denied *denied,
                               int64_t now_ms)
{
    for (int i = 0; i < list->n; i++)
        if (denied_is_same(&list->entries[i], denied))
            return &list->entries[i];
    struct denied *place = is_of_kind_alone(denied) ? &list->entries[list->n++]
                                                    : free_place(list, denied->kind, now_ms);
    if (place != NULL) {
        *place = *denied;
        place->times = 0;
        place->first_ms = now_ms;
    }
    return place;
}

void denied_count(struct denied_list *list, const struct denied *denied, int64_t now_ms)
{
    const struct denied kind_alone = {.kind = denied->kind};
    struct denied *place = place_of(list, denied, now_ms);
    if (place == NULL)
        place = place_of(list, &kind_alone, now_ms);
    place->times++;
    place->last_ms = now_ms;
}
