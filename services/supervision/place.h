/* SPDX-License-Identifier: Apache-2.0 */
/* place.h: where a page of late work or of cards ended, as a cursor: what the lists are ordered by.
 * Pure. */
#ifndef SUPERVISION_PLACE_H
#define SUPERVISION_PLACE_H

#include <stdbool.h>

#include "services/supervision/rows.h"

struct place {
    int16_t level;   /* enum lamp; 9: before everything */
    int64_t at_ms;   /* when the level was reached, or the card issued; 0: before everything, or
                        never reached */
    int64_t next_ms; /* of late work: when the tick must look; 0: never */
    int64_t case_number;
    int16_t task;
    int16_t term; /* enum term */
};

/* "" is the beginning. False: the text is no cursor. */
bool supervision_place_read(const char *text, struct place *);
char *supervision_place_of_watch(struct arena *, const struct watch_row *last);
char *supervision_place_of_card(struct arena *, const struct card_row *last);

#endif
