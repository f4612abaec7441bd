/* SPDX-License-Identifier: Apache-2.0 */
/* visits.h: RULE H16: how long visitors wait and are at a window, from what intake says of their
 * tickets. */
#ifndef REPORTING_VISITS_H
#define REPORTING_VISITS_H

#include "common/rows/turn.h"

void visits_need_called(struct turn *, const struct heard *);
struct outcome visits_hear_called(struct turn *, const struct heard *);
void visits_need_transferred(struct turn *, const struct heard *);
struct outcome visits_hear_transferred(struct turn *, const struct heard *);
void visits_need_over(struct turn *, const struct heard *);
struct outcome visits_hear_over(struct turn *, const struct heard *);

#endif
