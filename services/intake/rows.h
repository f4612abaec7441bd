/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: the rows intake keeps (db/deploy/intake/schema.sql has the same, in SQL). Those that come
 * with the hall are in reference.h.
 *
 * RULE H21: what is known of a person stands in applicant_row alone, apart from the row of the
 * case, which everyone may count and sort.
 *
 * The columns of a row stand below its struct; store.c makes the tables of them. What the hall
 * publishes of itself has rows in reference.h. */
#ifndef INTAKE_ROWS_H
#define INTAKE_ROWS_H

#include "common/rows/table.h"
#include "services/intake/question_row.h"
#include "services/intake/reference.h"
#include "services/intake/scan_row.h"
#include "services/intake/ticket_row.h"

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
    int32_t ticket;      /* the visitor's number on that day; 0 = none */
    int64_t received_ms;
    /* the rest changes */
    struct bytes facts;     /* packed FeeFacts, for charging; null = none */
    int16_t state;          /* enum case_state */
    struct bytes materials; /* copies handed in, one byte a listed material (materials.h) */
    struct bytes papers;    /* packed Papers: those found wrong or mended (papers.h); null = none */
    bool granted;           /* how it was decided, once decided_ms is set */
    int16_t delivery;       /* Delivery of the wire; 0 until delivered */
    const char *delivery_receipt;
    int16_t collector; /* Collector of the wire; 0 until handed over */
    int16_t amended;   /* how often something was put right */
    int16_t round;     /* how often something was taken back or its facts put right: what is said
                          of an earlier bill counts no more */
    bool fee_paid;     /* and not given back whole */
    int64_t answer_due_ms; /* RULE L32.4: accepted by silence at this instant; 0 once something was
                              said */
    int64_t asked_ms;      /* when everything missing was asked for, the last time; 0 = never */
    int64_t accepted_ms;   /* as of the day of receipt when by silence; 0 = not accepted */
    int64_t decided_ms;
    int64_t closed_ms;
    int64_t delivered_ms;
};
static const struct column case_columns[] = {
    COLUMN(case_row, centre, I16, COLUMN_KEY),
    COLUMN(case_row, number, I64, COLUMN_KEY),
    COLUMN(case_row, item, TEXT, COLUMN_FIXED),
    COLUMN(case_row, item_version, I16, COLUMN_FIXED),
    COLUMN_AS(case_row, window, "window_no", I16, COLUMN_FIXED | COLUMN_OWNER),
    COLUMN(case_row, channel, I16, COLUMN_FIXED),
    COLUMN(case_row, fast_lane, BOOL, COLUMN_FIXED),
    COLUMN(case_row, summary, TEXT, COLUMN_FIXED),
    COLUMN(case_row, ticket, I32, COLUMN_FIXED),
    COLUMN(case_row, facts, BYTES, 0),
    COLUMN_AS(case_row, received_ms, "received_at", TIME, COLUMN_FIXED),
    COLUMN(case_row, state, I16, 0),
    COLUMN(case_row, materials, BYTES, 0),
    COLUMN(case_row, papers, BYTES, 0),
    COLUMN(case_row, granted, BOOL, 0),
    COLUMN(case_row, delivery, I16, 0),
    COLUMN(case_row, delivery_receipt, TEXT, 0),
    COLUMN(case_row, collector, I16, 0),
    COLUMN(case_row, amended, I16, 0),
    COLUMN(case_row, round, I16, 0),
    COLUMN(case_row, fee_paid, BOOL, 0),
    COLUMN_AS(case_row, answer_due_ms, "answer_due_at", TIME, COLUMN_DUE | COLUMN_OPEN),
    COLUMN_AS(case_row, asked_ms, "asked_at", TIME, 0),
    COLUMN_AS(case_row, accepted_ms, "accepted_at", TIME, 0),
    COLUMN_AS(case_row, decided_ms, "decided_at", TIME, 0),
    COLUMN_AS(case_row, closed_ms, "closed_at", TIME, COLUMN_DONE),
    COLUMN_AS(case_row, delivered_ms, "delivered_at", TIME, 0),
};

/* RULE L32.4, H22: everything missing was asked for a second time, and a second person agreed.
 * Insert only. */
struct asked_again_row {
    int16_t centre;
    int64_t number;
    const char *reason;
    const char *actor;
    const char *approved_by;
    int64_t at_ms;
};
static const struct column asked_again_columns[] = {
    COLUMN(asked_again_row, centre, I16, COLUMN_KEY),
    COLUMN(asked_again_row, number, I64, COLUMN_KEY),
    COLUMN(asked_again_row, reason, TEXT, COLUMN_FIXED),
    COLUMN(asked_again_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(asked_again_row, approved_by, TEXT, COLUMN_FIXED),
    COLUMN_AS(asked_again_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* RULE H21: who applies, sealed (person.h). Name, phone and address may be put right
 * (amendment_row); every look at it is a look_row. Hashes are seal_sought's, null = not given. */
struct applicant_row {
    int16_t centre;
    int64_t number;
    int16_t kind;         /* ApplicantKind of the wire */
    int64_t kept_from_ms; /* erased some years after this instant: its receipt, until the case is
                             found to have been over later */
    struct bytes sealed;
    struct bytes document_hash, name_hash, phone_hash;
    struct bytes agent_document_hash, agent_name_hash, agent_phone_hash;
};
static const struct column applicant_columns[] = {
    COLUMN(applicant_row, centre, I16, COLUMN_KEY),
    COLUMN(applicant_row, number, I64, COLUMN_KEY),
    COLUMN(applicant_row, kind, I16, COLUMN_FIXED),
    COLUMN_AS(applicant_row, kept_from_ms, "kept_from", TIME, COLUMN_DUE),
    COLUMN(applicant_row, sealed, BYTES, COLUMN_SEALED),
    COLUMN(applicant_row, document_hash, BYTES, 0),
    COLUMN(applicant_row, name_hash, BYTES, 0),
    COLUMN(applicant_row, phone_hash, BYTES, 0),
    COLUMN(applicant_row, agent_document_hash, BYTES, 0),
    COLUMN(applicant_row, agent_name_hash, BYTES, 0),
    COLUMN(applicant_row, agent_phone_hash, BYTES, 0),
};

/* RULE H21: an applicant as a window last took him in, by document, so that he need not say
 * everything again; every look at it is a look_row too. No agent: it may be another next time. */
struct known_applicant_row {
    int16_t centre;
    struct bytes document_hash;
    int16_t document_kind; /* enum document_kind: numbers of two kinds may be the same */
    int64_t number;        /* of the last case that a window took in; 0 = none */
    struct bytes sealed;   /* null = no window has taken him in yet */
    int32_t applied_day;   /* the day of his last application, also one of his own making */
    const char *applied;   /* what he applied for on it (again.h) */
};
static const struct column known_applicant_columns[] = {
    COLUMN(known_applicant_row, centre, I16, COLUMN_KEY),
    COLUMN(known_applicant_row, document_hash, BYTES, COLUMN_KEY),
    COLUMN(known_applicant_row, document_kind, I16, COLUMN_KEY),
    COLUMN(known_applicant_row, number, I64, 0),
    COLUMN(known_applicant_row, sealed, BYTES, COLUMN_SEALED),
    COLUMN_AS(known_applicant_row, applied_day, "applied_on", DAY, 0),
    COLUMN(known_applicant_row, applied, TEXT, 0),
};

/* RULE H21: a department that has or had a task on a case handles it too. Insert only. */
struct involved_row {
    int16_t centre;
    int64_t number; /* of the case */
    const char *department;
    int64_t since_ms;
};
static const struct column involved_columns[] = {
    COLUMN(involved_row, centre, I16, COLUMN_KEY),
    COLUMN(involved_row, number, I64, COLUMN_KEY),
    COLUMN(involved_row, department, TEXT, COLUMN_KEY),
    COLUMN_AS(involved_row, since_ms, "since", TIME, COLUMN_FIXED),
};

/* Why a case ended without a grant: refused, denied, withdrawn or terminated. Written once (RULE
 * L32.6, L38); a denial that was taken back stays here with its round. */
struct ending_row {
    int16_t centre;
    int64_t number;
    int16_t round;  /* of the case when it ended */
    int16_t ground; /* RefusalGround of the wire; 0 unless refused */
    const char *reason;
    const char *right_authority; /* RULE L32.2; null = none named */
    int64_t at_ms;
};
static const struct column ending_columns[] = {
    COLUMN(ending_row, centre, I16, COLUMN_KEY),
    COLUMN(ending_row, number, I64, COLUMN_KEY),
    COLUMN(ending_row, round, I16, COLUMN_KEY),
    COLUMN(ending_row, ground, I16, COLUMN_FIXED),
    COLUMN(ending_row, reason, TEXT, COLUMN_FIXED),
    COLUMN(ending_row, right_authority, TEXT, COLUMN_FIXED),
    COLUMN_AS(ending_row, at_ms, "at", TIME, COLUMN_FIXED),
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
    int16_t scan; /* that he looked at; 0 = the applicant */
};
static const struct column look_columns[] = {
    COLUMN(look_row, centre, I16, COLUMN_KEY),
    COLUMN(look_row, number, I64, COLUMN_KEY),
    COLUMN(look_row, no, I64, COLUMN_KEY),
    COLUMN(look_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(look_row, department, TEXT, COLUMN_FIXED),
    COLUMN(look_row, purpose, TEXT, COLUMN_FIXED),
    COLUMN_AS(look_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(look_row, scan, I16, COLUMN_FIXED),
};

/* A slip of a case put on paper; what it said is kept of the first. Insert only. */
struct print_row {
    int16_t centre;
    int64_t number;
    int16_t slip;       /* Slip of the wire */
    int64_t of;         /* which of several; else 0 */
    int32_t no;         /* from 1; above 1 it is a reprint */
    struct bytes lines; /* packed SlipLines of the first, sealed; null of the others */
    const char *actor;
    int64_t at_ms;
};
static const struct column print_columns[] = {
    COLUMN(print_row, centre, I16, COLUMN_KEY),
    COLUMN(print_row, number, I64, COLUMN_KEY),
    COLUMN(print_row, slip, I16, COLUMN_KEY),
    COLUMN(print_row, of, I64, COLUMN_KEY),
    COLUMN(print_row, no, I32, COLUMN_KEY),
    COLUMN(print_row, lines, BYTES, COLUMN_SEALED),
    COLUMN(print_row, actor, TEXT, COLUMN_FIXED),
    COLUMN_AS(print_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* RULE H21: who collected the result of a case, as he showed it. Insert only. */
struct collection_row {
    int16_t centre;
    int64_t number;
    int16_t round;       /* of the case then: one that was taken back stays */
    struct bytes sealed; /* the document he showed, and the name of another agent (person.h); null =
                            he showed a slip of the case */
    const char *actor;
    int64_t at_ms;
};
static const struct column collection_columns[] = {
    COLUMN(collection_row, centre, I16, COLUMN_KEY),
    COLUMN(collection_row, number, I64, COLUMN_KEY),
    COLUMN(collection_row, round, I16, COLUMN_KEY),
    COLUMN(collection_row, sealed, BYTES, COLUMN_SEALED),
    COLUMN(collection_row, actor, TEXT, COLUMN_FIXED),
    COLUMN_AS(collection_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* What was put right of a case, and why. */
struct amendment_row {
    int16_t centre;
    int64_t number;
    int16_t no;                       /* within the case, from 1 */
    bool name, phone, address, facts; /* which of these it changed */
    struct bytes before;              /* RULE H21: what they were, as a packed Amend, sealed */
    const char *reason;
    const char *actor;
    int64_t at_ms;
};
static const struct column amendment_columns[] = {
    COLUMN(amendment_row, centre, I16, COLUMN_KEY),
    COLUMN(amendment_row, number, I64, COLUMN_KEY),
    COLUMN(amendment_row, no, I16, COLUMN_KEY),
    COLUMN(amendment_row, name, BOOL, COLUMN_FIXED),
    COLUMN(amendment_row, phone, BOOL, COLUMN_FIXED),
    COLUMN(amendment_row, address, BOOL, COLUMN_FIXED),
    COLUMN(amendment_row, facts, BOOL, COLUMN_FIXED),
    COLUMN(amendment_row, before, BYTES, COLUMN_SEALED),
    COLUMN(amendment_row, reason, TEXT, COLUMN_FIXED),
    COLUMN(amendment_row, actor, TEXT, COLUMN_FIXED),
    COLUMN_AS(amendment_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* RULE H21: someone searched for cases by what is known of a person: his document, name or phone.
 */
struct search_row {
    int16_t centre;
    int64_t search; /* gapless within the centre */
    const char *actor;
    const char *department;
    struct bytes sealed; /* what was searched for (person.h) */
    const char *purpose;
    int64_t at_ms;
    struct bytes document_hash; /* of the document searched for; null: it was by something else */
};
static const struct column search_columns[] = {
    COLUMN(search_row, centre, I16, COLUMN_KEY),
    COLUMN(search_row, search, I64, COLUMN_KEY),
    COLUMN(search_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(search_row, department, TEXT, COLUMN_FIXED),
    COLUMN(search_row, sealed, BYTES, COLUMN_SEALED),
    COLUMN(search_row, purpose, TEXT, COLUMN_FIXED),
    COLUMN_AS(search_row, at_ms, "at", TIME, COLUMN_FIXED | COLUMN_DUE),
    COLUMN(search_row, document_hash, BYTES, COLUMN_FIXED),
};

/* RULE H21: what was known of the applicant of a case has been erased. Insert only. */
struct erasure_row {
    int16_t centre;
    int64_t number;
    int16_t years; /* after its end: the setting erase_years of that day */
    int64_t at_ms;
};
static const struct column erasure_columns[] = {
    COLUMN(erasure_row, centre, I16, COLUMN_KEY),
    COLUMN(erasure_row, number, I64, COLUMN_KEY),
    COLUMN(erasure_row, years, I16, COLUMN_FIXED),
    COLUMN_AS(erasure_row, at_ms, "at", TIME, COLUMN_FIXED),
};

extern const struct table intake_case_table, intake_applicant_table, intake_known_applicant_table,
    intake_involved_table, intake_ending_table, intake_asked_again_table, intake_look_table,
    intake_print_table, intake_collection_table, intake_amendment_table, intake_search_table,
    intake_erasure_table;

/* All of them, those of reference.h and the calendar; ends with null. */
extern const struct table *const intake_tables[];

#endif
