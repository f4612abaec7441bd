/* SPDX-License-Identifier: Apache-2.0 */
/* materials.h: what was handed in, ticked off against an item's list.
 *
 * A tick is one byte a listed material, in the order of the list: how many copies were handed in,
 * at most 255. Pure.
 *
 * RULE L31: only listed materials can be asked for or taken in.
 * RULE L32.4: what is missing is all that is missing. */
#ifndef INTAKE_MATERIALS_H
#define INTAKE_MATERIALS_H

#include "services/intake/catalogue.h"

/* One material handed in. */
struct handed_in {
    int32_t seq;
    int32_t copies;
};

/* The ticks once `in` is handed in too, in the arena; `ticks` may be empty (nothing yet). Null data
 * when one of `in` is not on the list. */
struct bytes intake_materials_add(const struct item_version *, struct bytes ticks,
                                  const struct handed_in *in, size_t n, struct arena *);

/* Copies of the material still to bring: 0 when there are enough, or when it is not required. */
int32_t intake_material_missing(const struct material_row *, struct bytes ticks);

/* RULE L32.5 */
bool intake_materials_complete(const struct item_version *, struct bytes ticks);

#endif
