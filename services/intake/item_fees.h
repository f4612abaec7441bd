/* SPDX-License-Identifier: Apache-2.0 */
/* item_fees.h: RULE L58: the fee standards of an item, as its versions come into force. */
#ifndef INTAKE_ITEM_FEES_H
#define INTAKE_ITEM_FEES_H

#include "common/rows/turn.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/catalogue.h"

/* Wants those of the item, for item_fees_replace. */
void item_fees_want(struct turn *, const char *item);

/* Refused when another item has a standard of the same code. */
struct outcome item_fees_check(const struct turn *, const char *item,
                               Onedoor__Intake__ItemFee *const *, size_t n);

/* From the version's date of effect on these are its standards, and no others. */
void item_fees_replace(struct turn *, const struct item_row *, Onedoor__Intake__ItemFee *const *,
                       size_t n);

#endif
