/* SPDX-License-Identifier: Apache-2.0 */
/* entry.h: one event on its way into the dossier of its case.
 *
 *   struct entry entry = reporting_begin(turn, heard);
 *   entry.dossier.paid_fen += paid->paid_fen;
 *   reporting_share(&entry, FIGURE_PAID_FEN, "SAN", paid->paid_fen);
 *   entry.text = ...;
 *   return reporting_end(&entry);
 *
 * The end saves the dossier, adds a line to the timeline, notes what the event has added to the
 * figures of the case, and counts it in the rollup of its own day; while the item is not known it
 * is only noted, and counted with the receipt. */
#ifndef REPORTING_ENTRY_H
#define REPORTING_ENTRY_H

#include "common/rows/turn.h"
#include "services/reporting/rows.h"

/* The journals followed, numbered for the timeline: events of one instant stand in this order. */
enum stream {
    STREAM_INTAKE = 1,
    STREAM_ROUTING = 2,
    STREAM_CHARGING = 3,
    STREAM_SUPERVISION = 4,
    STREAMS
};

/* What of a figure's change is counted for a department that is not, or need not be, the item's. */
struct share {
    enum figure figure;
    const char *department;
    int64_t n;
};

struct entry {
    struct turn *turn;
    const struct heard *heard;
    struct dossier_row dossier; /* a copy, to be changed */
    int64_t at_ms;              /* when it holds: the event's time, unless it says another */
    int64_t counted_ms;     /* on whose day the figures change, when not on that of at_ms; or 0 */
    const char *department; /* "" unless set */
    const char *text;       /* "" unless set */
    struct share *shares;   /* at most one a figure and department */
    size_t n_shares;
};

/* Ask for the rows an event of the case touches; of those that move its state (all of intake's)
 * also where it stands, and of its receipt also what was noted before. */
void reporting_need(struct turn *, const struct heard *);
void reporting_need_move(struct turn *, const struct heard *);
void reporting_need_receipt(struct turn *, const struct heard *);

/* RULE L59: money is counted for the department whose fee it is; shares of one department add up.
 */
void reporting_share(struct entry *, enum figure, const char *department, int64_t n);

struct entry reporting_begin(struct turn *, const struct heard *);
struct outcome reporting_end(struct entry *);

const char *reporting_stream_name(int16_t stream);

#endif
