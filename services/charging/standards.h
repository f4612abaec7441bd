/* SPDX-License-Identifier: Apache-2.0 */
/* standards.h: RULE L58, L59: the fee standards that intake publishes with the versions of its
 * items, each in force from the version's date of effect. */
#ifndef CHARGING_STANDARDS_H
#define CHARGING_STANDARDS_H

#include "common/rows/turn.h"

void standards_need(struct turn *, const struct heard *);
struct outcome standards_hear(struct turn *, const struct heard *);

#endif
