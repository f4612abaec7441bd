/* SPDX-License-Identifier: Apache-2.0 */
/* erase.h: RULE H21: some years after a case is over, what is known of its applicant is erased: his
 * row, what was printed, put right and collected, and what a window knows of him unless he has come
 * again since. The case itself stays, in journals and figures, and a row says that it was erased.
 * A search that is as old is erased too. */
#ifndef INTAKE_ERASE_H
#define INTAKE_ERASE_H

#include "common/rows/turn.h"
#include "services/intake/catalogue.h"

/* With a tick: want what may be due; then what belongs to it; then erase. */
void intake_need_erase(struct turn *);
bool intake_need_erase_more(struct turn *);
void intake_erase(struct turn *);

/* How long that is from now back: to the same day of the year. */
int64_t erase_kept_ms(const struct catalogue *, int64_t now_ms);

/* What a command is told that needs the applicant of such a case. */
extern const struct outcome intake_erased;

#endif
