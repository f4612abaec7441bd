/* SPDX-License-Identifier: Apache-2.0 */
/* place.h: where a page of a work list ended, as a cursor: lane, deadline, case and task, as the
 * list is ordered. Pure. */
#ifndef ROUTING_PLACE_H
#define ROUTING_PLACE_H

#include <stdbool.h>

#include "services/routing/rows.h"

struct place {
    int16_t lane; /* -1: before everything */
    int64_t due_ms;
    int64_t case_number;
    int16_t no;
};

/* "" is the beginning. False: the text is no cursor. */
bool routing_place_read(const char *text, struct place *);
char *routing_place_write(struct arena *, const struct task_row *last);

#endif
