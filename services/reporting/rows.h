/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: what reporting keeps (db/deploy/reporting/schema.sql has the same, in SQL): a dossier and
 * a timeline of each case, what each has added to the figures, the rollups of these, and which
 * cases are not over.
 *
 * The streams it follows arrive in any order between each other, so no row may depend on that
 * order. Each stream writes columns of the dossier that no other stream writes; and the rows of a
 * rollup are grouped by the day on which their cases were received, which stands in every case
 * number: whatever the event and whatever its day, the rows it counts in are known beforehand. */
#ifndef REPORTING_ROWS_H
#define REPORTING_ROWS_H

#include "common/rows/table.h"
#include "services/reporting/figures.h"

/* A case as the hall tells of it. No personal data (RULE H21). */
struct dossier_row {
    int16_t centre;
    int64_t case_number;

    /* from intake */
    const char *item;       /* null until the receipt is heard; department and summary too */
    const char *department; /* the item's */
    int32_t window;         /* that took it in; 0 = none */
    const char *summary;
    bool fast_lane;
    int16_t state;   /* enum dossier_state */
    int16_t outcome; /* enum decision */
    int16_t corrections;
    int64_t received_ms;
    int64_t accepted_ms;
    int64_t decided_ms;
    int64_t closed_ms;
    int64_t delivered_ms;

    /* from routing; of an immediate case from intake */
    bool paused;
    int64_t due_ms;  /* deadline as last derived; 0 while paused or never accepted */
    int64_t done_ms; /* when a decision stopped the clock */
    int16_t tasks;   /* that stand decided */
    const char
        *involved; /* departments that have or had a task on it: codes, a space between two */

    /* from charging */
    int16_t orders;
    int64_t fee_fen;
    int64_t paid_fen;

    /* from supervision */
    int16_t yellow;
    int16_t red;
};

/* One event of a case, for people. Insert only. */
struct timeline_row {
    int16_t centre;
    int64_t case_number;
    int16_t stream; /* enum stream */
    int64_t seq;    /* in that stream's journal */
    int64_t at_ms;
    const char *type; /* without its stream: "CaseAccepted" */
    const char *actor;
    const char *department; /* whose doing it was; "" = nobody's in particular */
    const char *text;       /* the particulars, in words; "" = the type says it all */
};

/* The figures of a day, for an item, department and window, of the cases received on another (or
 * the same). */
struct rollup_row {
    int16_t centre;
    int32_t cohort; /* day of receipt, as the case numbers say */
    int32_t day;    /* day of the events */
    const char *item;
    const char *department;
    int32_t window;
    struct figures figures;
};

/* What an event of a case has added to a figure: the rollups, case by case. Insert only. Of events
 * heard before the receipt of their case it is in no rollup yet, for the item is not known. */
struct tally_row {
    int16_t centre;
    int64_t case_number;
    int16_t stream;
    int64_t seq;
    int16_t figure; /* as on the wire: enum figure and 1 */
    int32_t day;    /* of the event */
    int64_t n;      /* not 0 */
};

/* A case that is not over: open, or closed and its result not fetched yet. Gone with the delivery,
 * so that what the displays ask for grows with these alone. */
struct standing_row {
    int16_t centre;
    int64_t case_number;
    int16_t state; /* enum dossier_state */
    int64_t since_ms;
};

/* Reference: the hall's windows, as they came with it and as intake says since. */
struct hall_window_row {
    int16_t centre;
    int32_t number;
    int16_t floor;          /* 0: not known */
    const char *department; /* "" for the consultation desk and the charging window */
    const char *kind;       /* department, consultation, charging */
    const char *status;     /* open, vacant, closed */
    const char *name_zh;
};

extern const struct table reporting_dossier_table, reporting_timeline_table, reporting_rollup_table,
    reporting_tally_table, reporting_standing_table, reporting_window_table;

/* All of them; ends with null. */
extern const struct table *const reporting_tables[];

#endif
