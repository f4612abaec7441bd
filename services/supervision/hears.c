/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: what opens work, moves its clock and ends it.
 *
 * An immediate case and the delivery of a result are watched by what intake says, approval by what
 * routing says, and neither touches the watches of the other: so it does not matter in which order
 * the two journals are read. Every hearing of a case begins by settling its watches (watch.h). */
#include "services/supervision/hears.h"

#include "common/rows/clock_message.h"

void supervision_need_watches(struct turn *turn, const struct heard *heard)
{
    supervision_want_watches(turn, heard->case_number);
}

void supervision_need_reopened(struct turn *turn, const struct heard *heard)
{
    supervision_need_watches(turn, heard);
    supervision_want_cards(turn, heard->case_number);
}

struct watch_row supervision_watch_of(const struct turn *turn, const struct heard *heard)
{
    return (struct watch_row){.centre = turn->centre, .case_number = heard->case_number};
}

/* Whether intake alone opens and ends such a watch, or routing. */
static bool is_of_intake(const struct watch_row *watch)
{
    return watch->immediate || watch->term == TERM_DELIVERY;
}

void supervision_watches_settle(struct turn *turn, const struct heard *heard, bool of_intake)
{
    const struct watch_row probe = supervision_watch_of(turn, heard);

    for (struct watch_row *w = NULL;
         (w = rows_next(turn, &supervision_watch_table, &probe, w)) != NULL;)
        if (is_of_intake(w) == of_intake)
            supervision_watch_settle(turn, w, heard->at_ms);
}

void supervision_watches_end(struct turn *turn, const struct heard *heard, bool of_intake)
{
    const struct watch_row probe = supervision_watch_of(turn, heard);

    supervision_watches_settle(turn, heard, of_intake);
    for (struct watch_row *w = NULL;
         (w = rows_next(turn, &supervision_watch_table, &probe, w)) != NULL;)
        if (is_of_intake(w) == of_intake)
            rows_remove(turn, &supervision_watch_table, w);
}

void supervision_watch_take(struct watch_row *watch, const Onedoor__Clock *said)
{
    clock_message_read(said, &watch->clock);
    watch->due_ms = said == NULL ? 0 : said->due_ms;
}

const struct follow supervision_follows[] = {
    {"intake", supervision_hears_intake},
    {"routing", supervision_hears_routing},
    {NULL, NULL},
};
