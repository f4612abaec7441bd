/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: the rows intake keeps (db/deploy/intake/schema.sql has the same, in SQL).
 *
 * RULE H21: what is known of a person stands in applicant_row alone, apart from the row of the
 * case, which everyone may count and sort.
 *
 * The columns of a row stand below its struct; store.c makes the tables of them. */
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
    int16_t collector;     /* Collector of the wire; 0 until handed over */
    int64_t answer_due_ms; /* RULE L32.4: accepted by silence at this instant; 0 once something was
                              said */
    int64_t asked_ms;      /* when everything missing was asked for, once; 0 = never */
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
    COLUMN_AS(case_row, window, "window_no", I16, COLUMN_FIXED),
    COLUMN(case_row, channel, I16, COLUMN_FIXED),
    COLUMN(case_row, fast_lane, BOOL, COLUMN_FIXED),
    COLUMN(case_row, summary, TEXT, COLUMN_FIXED),
    COLUMN(case_row, facts, BYTES, COLUMN_FIXED),
    COLUMN_AS(case_row, received_ms, "received_at", TIME, COLUMN_FIXED),
    COLUMN(case_row, state, I16, 0),
    COLUMN(case_row, materials, BYTES, 0),
    COLUMN(case_row, granted, BOOL, 0),
    COLUMN(case_row, delivery, I16, 0),
    COLUMN(case_row, delivery_receipt, TEXT, 0),
    COLUMN(case_row, collector, I16, 0),
    COLUMN_AS(case_row, answer_due_ms, "answer_due_at", TIME, COLUMN_DUE | COLUMN_TIMED),
    COLUMN_AS(case_row, asked_ms, "asked_at", TIME, 0),
    COLUMN_AS(case_row, accepted_ms, "accepted_at", TIME, 0),
    COLUMN_AS(case_row, decided_ms, "decided_at", TIME, 0),
    COLUMN_AS(case_row, closed_ms, "closed_at", TIME, 0),
    COLUMN_AS(case_row, delivered_ms, "delivered_at", TIME, 0),
};

/* RULE H21: who applies. Written once; every look at it is a look_row. */
struct applicant_row {
    int16_t centre;
    int64_t number;
    int16_t kind; /* ApplicantKind of the wire */
    const char *name;
    int16_t document_kind;            /* enum document_kind */
    const char *document;             /* letters in capitals */
    const char *document_note;        /* what another document is; null = of a known kind */
    bool document_seen;               /* wrong check character, compared with the paper */
    const char *legal_representative; /* of an organisation; null = of a person */
    const char *phone;
    const char *address;         /* null = not given */
    const char *agent_name;      /* RULE L29; null = none, as all that follows */
    int16_t agent_document_kind; /* enum document_kind; 0 = no agent */
    const char *agent_document;
    bool agent_document_seen;
    const char *agent_phone;
    bool agent_letter; /* of authority, or proof of guardianship: seen */
};
static const struct column applicant_columns[] = {
    COLUMN(applicant_row, centre, I16, COLUMN_KEY),
    COLUMN(applicant_row, number, I64, COLUMN_KEY),
    COLUMN(applicant_row, kind, I16, COLUMN_FIXED),
    COLUMN(applicant_row, name, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, document_kind, I16, COLUMN_FIXED),
    COLUMN(applicant_row, document, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, document_note, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, document_seen, BOOL, COLUMN_FIXED),
    COLUMN(applicant_row, legal_representative, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, phone, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, address, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, agent_name, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, agent_document_kind, I16, COLUMN_FIXED),
    COLUMN(applicant_row, agent_document, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, agent_document_seen, BOOL, COLUMN_FIXED),
    COLUMN(applicant_row, agent_phone, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, agent_letter, BOOL, COLUMN_FIXED),
};

/* RULE H21: an applicant as he last came, by document, so that he need not say everything again at
 * the window; every look at it is a look_row too. No agent: it may be another next time. */
struct known_applicant_row {
    int16_t centre;
    const char *document;  /* letters in capitals */
    int16_t document_kind; /* enum document_kind: numbers of two kinds may be the same */
    int64_t number;        /* of the last case */
    int16_t kind;          /* ApplicantKind of the wire */
    const char *name;
    const char *document_note;        /* null = of a known kind */
    const char *legal_representative; /* null = of a person */
    const char *phone;
    const char *address; /* null = not given */
    int32_t applied_day; /* the day of his last application */
    const char *applied; /* what he applied for on it (again.h) */
};
static const struct column known_applicant_columns[] = {
    COLUMN(known_applicant_row, centre, I16, COLUMN_KEY),
    COLUMN(known_applicant_row, document, TEXT, COLUMN_KEY),
    COLUMN(known_applicant_row, document_kind, I16, COLUMN_KEY),
    COLUMN(known_applicant_row, number, I64, 0),
    COLUMN(known_applicant_row, kind, I16, 0),
    COLUMN(known_applicant_row, name, TEXT, 0),
    COLUMN(known_applicant_row, document_note, TEXT, 0),
    COLUMN(known_applicant_row, legal_representative, TEXT, 0),
    COLUMN(known_applicant_row, phone, TEXT, 0),
    COLUMN(known_applicant_row, address, TEXT, 0),
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
 * L32.6, L38). */
struct ending_row {
    int16_t centre;
    int64_t number;
    int16_t ground; /* RefusalGround of the wire; 0 unless refused */
    const char *reason;
    const char *right_authority; /* RULE L32.2; null = none named */
    int64_t at_ms;
};
static const struct column ending_columns[] = {
    COLUMN(ending_row, centre, I16, COLUMN_KEY),
    COLUMN(ending_row, number, I64, COLUMN_KEY),
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
};
static const struct column look_columns[] = {
    COLUMN(look_row, centre, I16, COLUMN_KEY),
    COLUMN(look_row, number, I64, COLUMN_KEY),
    COLUMN(look_row, no, I64, COLUMN_KEY),
    COLUMN(look_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(look_row, department, TEXT, COLUMN_FIXED),
    COLUMN(look_row, purpose, TEXT, COLUMN_FIXED),
    COLUMN_AS(look_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* A slip of a case put on paper; what it said is kept of the first. Insert only. */
struct print_row {
    int16_t centre;
    int64_t number;
    int16_t slip;       /* Slip of the wire */
    int64_t of;         /* which of several; else 0 */
    int32_t no;         /* from 1; above 1 it is a reprint */
    struct bytes lines; /* packed SlipLines of the first; null of the others */
    const char *actor;
    int64_t at_ms;
};
static const struct column print_columns[] = {
    COLUMN(print_row, centre, I16, COLUMN_KEY),
    COLUMN(print_row, number, I64, COLUMN_KEY),
    COLUMN(print_row, slip, I16, COLUMN_KEY),
    COLUMN(print_row, of, I64, COLUMN_KEY),
    COLUMN(print_row, no, I32, COLUMN_KEY),
    COLUMN(print_row, lines, BYTES, COLUMN_FIXED),
    COLUMN(print_row, actor, TEXT, COLUMN_FIXED),
    COLUMN_AS(print_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* RULE H21: who collected the result of a case, as he showed it. Insert only. */
struct collection_row {
    int16_t centre;
    int64_t number;
    const char *document; /* letters in capitals; null = he showed a slip of the case */
    const char *name;     /* of another agent; null = as on the application */
    const char *actor;
    int64_t at_ms;
};
static const struct column collection_columns[] = {
    COLUMN(collection_row, centre, I16, COLUMN_KEY),
    COLUMN(collection_row, number, I64, COLUMN_KEY),
    COLUMN(collection_row, document, TEXT, COLUMN_FIXED),
    COLUMN(collection_row, name, TEXT, COLUMN_FIXED),
    COLUMN(collection_row, actor, TEXT, COLUMN_FIXED),
    COLUMN_AS(collection_row, at_ms, "at", TIME, COLUMN_FIXED),
};

/* RULE H21: someone searched for cases by what is known of a person: exactly one of document, name
 * and phone. Insert only. */
struct search_row {
    int16_t centre;
    int64_t search; /* gapless within the centre */
    const char *actor;
    const char *department;
    const char *document; /* letters in capitals; null = by something else, as the next two */
    const char *name;
    const char *phone;
    const char *purpose;
    int64_t at_ms;
};
static const struct column search_columns[] = {
    COLUMN(search_row, centre, I16, COLUMN_KEY),
    COLUMN(search_row, search, I64, COLUMN_KEY),
    COLUMN(search_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(search_row, department, TEXT, COLUMN_FIXED),
    COLUMN(search_row, document, TEXT, COLUMN_FIXED),
    COLUMN(search_row, name, TEXT, COLUMN_FIXED),
    COLUMN(search_row, phone, TEXT, COLUMN_FIXED),
    COLUMN(search_row, purpose, TEXT, COLUMN_FIXED),
    COLUMN_AS(search_row, at_ms, "at", TIME, COLUMN_FIXED),
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
    int16_t survey;           /* RULE L45: SurveyKind of the wire; 0: a survey stops no clock */
    bool offered;             /* false: the item has left the hall */
    int64_t published_ms;     /* 0: it came with the hall */
    const char *published_by; /* staff number; null: it came with the hall */
};
static const struct column item_columns[] = {
    COLUMN(item_row, centre, I16, COLUMN_KEY),
    COLUMN(item_row, code, TEXT, COLUMN_KEY),
    COLUMN(item_row, version, I16, COLUMN_KEY),
    COLUMN(item_row, department, TEXT, COLUMN_FIXED),
    COLUMN(item_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(item_row, name_en, TEXT, COLUMN_FIXED),
    COLUMN(item_row, applicant, I16, COLUMN_FIXED),
    COLUMN(item_row, immediate, BOOL, COLUMN_FIXED),
    COLUMN(item_row, statutory_days, I16, COLUMN_FIXED),
    COLUMN(item_row, promised_days, I16, COLUMN_FIXED),
    COLUMN(item_row, decision_level, TEXT, COLUMN_FIXED),
    COLUMN(item_row, result, TEXT, COLUMN_FIXED),
    COLUMN(item_row, window_can_finish, BOOL, COLUMN_FIXED),
    COLUMN(item_row, has_fee, BOOL, COLUMN_FIXED),
    COLUMN(item_row, survey, I16, COLUMN_FIXED),
    COLUMN(item_row, offered, BOOL, COLUMN_FIXED),
    COLUMN_AS(item_row, published_ms, "published_at", TIME, COLUMN_FIXED),
    COLUMN(item_row, published_by, TEXT, COLUMN_FIXED),
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
static const struct column material_columns[] = {
    COLUMN(material_row, centre, I16, COLUMN_KEY),
    COLUMN(material_row, item, TEXT, COLUMN_KEY),
    COLUMN(material_row, version, I16, COLUMN_KEY),
    COLUMN(material_row, seq, I16, COLUMN_KEY),
    COLUMN(material_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(material_row, name_en, TEXT, COLUMN_FIXED),
    COLUMN(material_row, form, TEXT, COLUMN_FIXED),
    COLUMN(material_row, copies, I16, COLUMN_FIXED),
    COLUMN(material_row, required, BOOL, COLUMN_FIXED),
};

/* RULE H8: what a published fee standard counts, from one day to the day before another: a case of
 * the item declares it. Charging has the standards themselves. */
struct counted_fee_row {
    int16_t centre;
    const char *item;
    const char *fee;  /* code of the standard */
    int32_t from_day; /* first day in force */
    int32_t to_day;   /* first day no longer in force; 0 = none */
    bool counts_days; /* besides units */
};
static const struct column counted_fee_columns[] = {
    COLUMN(counted_fee_row, centre, I16, COLUMN_KEY),
    COLUMN(counted_fee_row, item, TEXT, COLUMN_KEY),
    COLUMN(counted_fee_row, fee, TEXT, COLUMN_KEY),
    COLUMN_AS(counted_fee_row, from_day, "valid_from", DAY, COLUMN_KEY),
    COLUMN_AS(counted_fee_row, to_day, "valid_to", DAY, COLUMN_FIXED),
    COLUMN(counted_fee_row, counts_days, BOOL, COLUMN_FIXED),
};

struct department_row {
    int16_t centre;
    const char *code;
    const char *name_zh;
    const char *name_en;
};
static const struct column department_columns[] = {
    COLUMN(department_row, centre, I16, COLUMN_KEY),
    COLUMN(department_row, code, TEXT, COLUMN_KEY),
    COLUMN(department_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(department_row, name_en, TEXT, COLUMN_FIXED),
};

struct window_row {
    int16_t centre;
    int16_t number;
    const char *department; /* "" at the consultation and the charging desk */
    const char *kind;       /* department, consultation, charging */
    const char *status;     /* open, vacant, closed */
    const char *name_zh;
    const char *name_en;
    int16_t floor;         /* 0: not said */
    const char *telephone; /* null: the hall's own */
};
static const struct column window_columns[] = {
    COLUMN(window_row, centre, I16, COLUMN_KEY), COLUMN(window_row, number, I16, COLUMN_KEY),
    COLUMN(window_row, department, TEXT, 0),     COLUMN(window_row, kind, TEXT, 0),
    COLUMN(window_row, status, TEXT, 0),         COLUMN(window_row, name_zh, TEXT, 0),
    COLUMN(window_row, name_en, TEXT, 0),        COLUMN(window_row, floor, I16, 0),
    COLUMN(window_row, telephone, TEXT, 0),
};

/* What the codes on slips are derived with (slip_code.h): 32 random bytes, as old as the hall. */
struct slip_key_row {
    int16_t centre;
    struct bytes key;
};
static const struct column slip_key_columns[] = {
    COLUMN(slip_key_row, centre, I16, COLUMN_KEY),
    COLUMN(slip_key_row, key, BYTES, COLUMN_FIXED),
};

extern const struct table intake_case_table, intake_applicant_table, intake_known_applicant_table,
    intake_involved_table, intake_ending_table, intake_look_table, intake_print_table,
    intake_collection_table, intake_search_table, intake_item_table, intake_material_table,
    intake_counted_fee_table, intake_department_table, intake_window_table, intake_slip_key_table;

/* All of them and the calendar; ends with null. */
extern const struct table *const intake_tables[];

#endif
