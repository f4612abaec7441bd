/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: the rows intake keeps (db/deploy/intake/schema.sql has the same, in SQL).
 *
 * RULE H21: what is known of a person stands in applicant_row alone, apart from the row of the
 * case, which everyone may count and sort. */
#ifndef INTAKE_ROWS_H
#define INTAKE_ROWS_H

#include "common/rows/table.h"

/* A case, from the door to delivery. Department, limits and fee follow from the item in the version
 * it began under (RULE H11). */
struct case_row {
    int16_t centre;
    int64_t number; /* common/values/case_number.h */
    const char *item;
    int16_t item_version;
    int16_t window;      /* where it came in; 0 = at none */
    int16_t channel;     /* Channel of the wire */
    bool fast_lane;      /* RULE H9 */
    const char *summary; /* no personal data; null = none */
    struct bytes facts;  /* packed FeeFacts, for charging; null = none */
    int64_t received_ms;
    /* the rest changes */
    int16_t state;          /* enum case_state */
    struct bytes materials; /* copies handed in, one byte a listed material (materials.h) */
    bool granted;           /* how it was decided, once decided_ms is set */
    int16_t delivery;       /* Delivery of the wire; 0 until delivered */
    const char *delivery_receipt;
    int64_t answer_due_ms; /* RULE L32.4: accepted by silence at this instant; 0 once something was
                              said */
    int64_t asked_ms;      /* when everything missing was asked for, once; 0 = never */
    int64_t accepted_ms;   /* as of the day of receipt when by silence; 0 = not accepted */
    int64_t decided_ms;
    int64_t closed_ms;
    int64_t delivered_ms;
};

/* RULE H21: who applies. Written once; every look at it is a look_row. */
struct applicant_row {
    int16_t centre;
    int64_t number;
    int16_t kind; /* ApplicantKind of the wire */
    const char *name;
    const char *document; /* letters in capitals */
    const char *phone;
    const char *address;    /* null = not given */
    const char *agent_name; /* RULE L29; null = none */
    const char *agent_document;
};

/* RULE H21: an applicant as he last came, by document, so that he need not say everything again at
 * the window; every look at it is a look_row too. No agent: it may be another next time. */
struct known_applicant_row {
    int16_t centre;
    const char *document; /* letters in capitals */
    int64_t number;       /* of the last case */
    int16_t kind;         /* ApplicantKind of the wire */
    const char *name;
    const char *phone;
    const char *address; /* null = not given */
};

/* RULE H21: a department that has or had a task on a case handles it too. Insert only. */
struct involved_row {
    int16_t centre;
    int64_t number; /* of the case */
    const char *department;
    int64_t since_ms;
};

/* Why a case ended without a grant: refused, denied, withdrawn or terminated. Written once (RULE
 * L32.6, L38). */
struct ending_row {
    int16_t centre;
    int64_t number;
    int16_t ground; /* RefusalGround of the wire; 0 unless refused */
    const char *reason;
    const char *right_authority; /* RULE L32.2; null = none named */
    int64_t at_ms;
};

/* RULE H21: someone looked at an applicant. Insert only. */
struct look_row {
    int16_t centre;
    int64_t number; /* of the case; 0 = somebody was looked for, and not found */
    int64_t no;     /* gapless within the centre */
    const char *actor;
    const char *department;
    const char *purpose;
    int64_t at_ms;
};

/* What the catalogue says of whom an item is for. */
enum applicant_rule { FOR_ANYONE = 0, FOR_PERSONS = 1, FOR_ORGANISATIONS = 2 };

/* RULE H11: an item in one of its versions. Insert only. */
struct item_row {
    int16_t centre;
    const char *code;
    int16_t version; /* from 1 */
    const char *department;
    const char *name_zh;
    const char *name_en;
    int16_t applicant; /* enum applicant_rule */
    bool immediate;    /* 即办件; otherwise 承诺件 */
    int16_t statutory_days;
    int16_t promised_days;      /* working days */
    const char *decision_level; /* district, city */
    const char *result;
    bool window_can_finish;   /* RULE H4 */
    bool has_fee;             /* a published standard names it (RULE L58) */
    bool offered;             /* false: the item has left the hall */
    int64_t published_ms;     /* 0: it came with the hall */
    const char *published_by; /* staff number; null: it came with the hall */
};

/* RULE L30, L31: one material of an item's full list. */
struct material_row {
    int16_t centre;
    const char *item;
    int16_t version;
    int16_t seq; /* from 1, without gaps */
    const char *name_zh;
    const char *name_en;
    const char *form; /* original, copy, electronic */
    int16_t copies;
    bool required;
};

struct department_row {
    int16_t centre;
    const char *code;
    const char *name_zh;
    const char *name_en;
};

struct window_row {
    int16_t centre;
    int16_t number;
    const char *department; /* "" at the consultation and the charging desk */
    const char *kind;       /* department, consultation, charging */
    const char *status;     /* open, vacant, closed */
    const char *name_zh;
    const char *name_en;
};

extern const struct table intake_case_table, intake_applicant_table, intake_known_applicant_table,
    intake_involved_table, intake_ending_table, intake_look_table, intake_item_table,
    intake_material_table, intake_department_table, intake_window_table;

/* All of them and the calendar; ends with null. */
extern const struct table *const intake_tables[];

#endif
