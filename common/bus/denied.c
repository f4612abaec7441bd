/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/denied.h"

#include <stdio.h>
#include <string.h>

/* The last places are for the kinds alone. */
enum { KINDS = ONEDOOR__BUS_DENIAL_KIND__BUS_NO_RIGHT, NAMED_MAX = DENIED_MAX - KINDS };

static struct denied *place_of(struct denied_list *list, const struct denied *denied, int most)
{
    for (int i = 0; i < list->n; i++) {
        struct denied *there = &list->entries[i];
        if (there->kind == denied->kind && strcmp(there->peer, denied->peer) == 0 &&
            strcmp(there->address, denied->address) == 0)
            return there;
    }
    if (list->n >= most)
        return NULL;
    list->entries[list->n] = *denied;
    return &list->entries[list->n++];
}

void denied_count(struct denied_list *list, Onedoor__BusDenialKind kind, const char *peer,
                  const char *address, int64_t now_ms)
{
    struct denied denied = {.kind = kind, .first_ms = now_ms};
    snprintf(denied.peer, sizeof denied.peer, "%s", peer);
    snprintf(denied.address, sizeof denied.address, "%s", address);
    struct denied *place = place_of(list, &denied, NAMED_MAX);
    if (place == NULL) {
        denied.peer[0] = denied.address[0] = '\0';
        place = place_of(list, &denied, DENIED_MAX);
    }
    place->times++;
    place->last_ms = now_ms;
}
