/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/materials.h"

#include <string.h>

enum { TICK_MAX = 255 };

struct bytes intake_materials_add(const struct item_version *item, struct bytes ticks,
                                  const struct handed_in *in, size_t n, struct arena *arena)
{
    size_t len = (size_t)item->n_materials;
    unsigned char *sum = ARENA_ARRAY(arena, unsigned char, len + 1);
    if (ticks.len > 0)
        memcpy(sum, ticks.data, ticks.len < len ? ticks.len : len);
    for (size_t i = 0; i < n; i++) {
        if (in[i].seq < 1 || in[i].seq > item->n_materials) /* RULE L31 */
            return (struct bytes){NULL, 0};
        unsigned char *tick = &sum[in[i].seq - 1];
        int32_t copies = *tick + in[i].copies;
        *tick = (unsigned char)(copies < TICK_MAX ? copies : TICK_MAX);
    }
    return (struct bytes){sum, len};
}

int32_t intake_material_missing(const struct material_row *material, struct bytes ticks)
{
    int32_t there = (size_t)material->seq <= ticks.len ? ticks.data[material->seq - 1] : 0;
    return material->required && there < material->copies ? material->copies - there : 0;
}

bool intake_materials_complete(const struct item_version *item, struct bytes ticks)
{
    for (int i = 0; i < item->n_materials; i++)
        if (intake_material_missing(&item->materials[i], ticks) > 0)
            return false;
    return true;
}
