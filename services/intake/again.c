/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/again.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct applied *again_read(const char *text, struct arena *arena, size_t *n)
{
    char *rest = arena_strdup(arena, text), *part;
    struct applied *list = ARENA_ARRAY(arena, struct applied, strlen(text) / 2 + 1);
    *n = 0;
    while ((part = strsep(&rest, " ")) != NULL) {
        char *number = strchr(part, '=');
        if (number == NULL)
            continue;
        *number = '\0';
        list[(*n)++] = (struct applied){part, strtoll(number + 1, NULL, 10)};
    }
    return list;
}

int64_t again_find(const char *text, const char *item, struct arena *arena)
{
    size_t n;
    const struct applied *list = again_read(text, arena, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].item, item) == 0)
            return list[i].number;
    return 0;
}

const char *again_add(const char *text, struct applied applied, struct arena *arena)
{
    size_t n;
    const struct applied *list = again_read(text, arena, &n);
    const char *sum = arena_printf(arena, "%s=%" PRId64, applied.item, applied.number);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].item, applied.item) != 0)
            sum = arena_printf(arena, "%s %s=%" PRId64, sum, list[i].item, list[i].number);
    return sum;
}
