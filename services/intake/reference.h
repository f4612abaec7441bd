/* SPDX-License-Identifier: Apache-2.0 */
/* reference.h: the rows that come with the hall: items with their materials and fees, departments,
 * windows, the key of the slips. They are read whole (catalogue.h), and change by publishing. */
#ifndef INTAKE_REFERENCE_H
#define INTAKE_REFERENCE_H

#include "common/rows/table.h"

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
    bool by_department;       /* not applied for: its department begins the case */
    const char *conditions;   /* RULE L30: a condition a line; null: not given */
    const char *basis;        /* RULE L30: legal basis; null: not given */
    int16_t source;           /* Source of the wire */
    int64_t published_ms;     /* 0: it came with the hall */
    const char *published_by; /* staff number; null: it came with the hall */
    int16_t seq;              /* its place in the list of its department */
    bool suspended;           /* offered, and for the time being nothing is taken in */
    int32_t from_day;         /* date of effect; never before that of the version before */
    const char *decision;     /* its number; null: it came with the hall */
    int32_t decision_day;     /* its date; 0: it came with the hall */
    /* RULE L30: what else the guide says; null: not given */
    const char *quantity, *procedure, *special, *hours, *place, *telephone, *online;
    const char *base_code, *implementation_code, *business_code; /* of the national directory */
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
    COLUMN(item_row, by_department, BOOL, COLUMN_FIXED),
    COLUMN(item_row, conditions, TEXT, COLUMN_FIXED),
    COLUMN(item_row, basis, TEXT, COLUMN_FIXED),
    COLUMN(item_row, source, I16, COLUMN_FIXED),
    COLUMN_AS(item_row, published_ms, "published_at", TIME, COLUMN_FIXED),
    COLUMN(item_row, published_by, TEXT, COLUMN_FIXED),
    COLUMN(item_row, seq, I16, COLUMN_FIXED),
    COLUMN(item_row, suspended, BOOL, COLUMN_FIXED),
    COLUMN_AS(item_row, from_day, "valid_from", DAY, COLUMN_FIXED),
    COLUMN(item_row, decision, TEXT, COLUMN_FIXED),
    COLUMN_AS(item_row, decision_day, "decided_on", DAY, COLUMN_FIXED),
    COLUMN(item_row, quantity, TEXT, COLUMN_FIXED),
    COLUMN(item_row, procedure, TEXT, COLUMN_FIXED),
    COLUMN(item_row, special, TEXT, COLUMN_FIXED),
    COLUMN(item_row, hours, TEXT, COLUMN_FIXED),
    COLUMN(item_row, place, TEXT, COLUMN_FIXED),
    COLUMN(item_row, telephone, TEXT, COLUMN_FIXED),
    COLUMN(item_row, online, TEXT, COLUMN_FIXED),
    COLUMN(item_row, base_code, TEXT, COLUMN_FIXED),
    COLUMN(item_row, implementation_code, TEXT, COLUMN_FIXED),
    COLUMN(item_row, business_code, TEXT, COLUMN_FIXED),
};

/* RULE L30, L31: one material of an item's full list. */
struct material_row {
    int16_t centre;
    const char *item;
    int16_t version;
    int16_t seq; /* from 1, without gaps */
    const char *name_zh;
    const char *name_en;
    const char *form; /* original, copy, electronic, form */
    int16_t copies;
    bool required;
    const char *source; /* who issues it; null: not given */
    const char *note;   /* how it is filled in and what is looked at; null: nothing */
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
    COLUMN(material_row, source, TEXT, COLUMN_FIXED),
    COLUMN(material_row, note, TEXT, COLUMN_FIXED),
};

/* RULE H8: a fee standard of an item, from one day to the day before another, and what a case of
 * the item declares for it. Charging has the standards themselves. */
struct item_fee_row {
    int16_t centre;
    const char *item;
    const char *fee;   /* code of the standard */
    int32_t from_day;  /* first day in force */
    int32_t to_day;    /* first day no longer in force; 0 = none */
    bool counts_units; /* false: a fixed fee */
    bool counts_days;  /* besides units */
};
static const struct column item_fee_columns[] = {
    COLUMN(item_fee_row, centre, I16, COLUMN_KEY),
    COLUMN(item_fee_row, item, TEXT, COLUMN_KEY),
    COLUMN(item_fee_row, fee, TEXT, COLUMN_KEY),
    COLUMN_AS(item_fee_row, from_day, "valid_from", DAY, COLUMN_KEY),
    COLUMN_AS(item_fee_row, to_day, "valid_to", DAY, 0),
    COLUMN(item_fee_row, counts_units, BOOL, 0),
    COLUMN(item_fee_row, counts_days, BOOL, 0),
};

struct department_row {
    int16_t centre;
    const char *code;
    const char *name_zh;
    const char *name_en;
    const char *presence; /* stationed, vacant, withdrawn */
    int16_t floor;        /* 0: not said */
    const char *note_zh;  /* of its business; may be "" */
    const char *note_en;
};
static const struct column department_columns[] = {
    COLUMN(department_row, centre, I16, COLUMN_KEY), COLUMN(department_row, code, TEXT, COLUMN_KEY),
    COLUMN(department_row, name_zh, TEXT, 0),        COLUMN(department_row, name_en, TEXT, 0),
    COLUMN(department_row, presence, TEXT, 0),       COLUMN(department_row, floor, I16, 0),
    COLUMN(department_row, note_zh, TEXT, 0),        COLUMN(department_row, note_en, TEXT, 0),
};

struct window_row {
    int16_t centre;
    int16_t number;
    const char *department; /* "" at the hall's own desks */
    const char *kind;       /* department, consultation, charging, complaint, office */
    const char *status;     /* open, vacant, closed */
    const char *name_zh;
    const char *name_en;
    int16_t floor;         /* 0: not said */
    const char *telephone; /* null: the hall's own */
    int16_t source;        /* Source of the wire */
};
static const struct column window_columns[] = {
    COLUMN(window_row, centre, I16, COLUMN_KEY), COLUMN(window_row, number, I16, COLUMN_KEY),
    COLUMN(window_row, department, TEXT, 0),     COLUMN(window_row, kind, TEXT, 0),
    COLUMN(window_row, status, TEXT, 0),         COLUMN(window_row, name_zh, TEXT, 0),
    COLUMN(window_row, name_en, TEXT, 0),        COLUMN(window_row, floor, I16, 0),
    COLUMN(window_row, telephone, TEXT, 0),      COLUMN(window_row, source, I16, 0),
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

extern const struct table intake_item_table, intake_material_table, intake_item_fee_table,
    intake_department_table, intake_window_table, intake_slip_key_table;

#endif
