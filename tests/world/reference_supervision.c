/* SPDX-License-Identifier: Apache-2.0 */
/* Supervision takes the published days, as in db/reference/supervision.sql. */
#include "tests/world/world.h"

void reference_supervision(struct memstore *store, const char *folder)
{
    reference_calendar(store, folder);
}
