/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: the rows charging keeps (db/deploy/charging/schema.sql has the same, in SQL). */
#ifndef CHARGING_ROWS_H
#define CHARGING_ROWS_H

#include <stdint.h>

#include "common/rows/table.h"

/* RULE H3: the one bill of a case. */
struct order_row {
    int16_t centre;
    int64_t case_number;
    int64_t number; /* of the order, gapless */
    const char *item;
    int16_t state;      /* enum order_state */
    int64_t total_fen;  /* sum of the lines by the standard */
    int64_t waived_fen; /* sums over the lines, kept here so that a look at the order is one row */
    int64_t paid_fen;   /* 0 or total - waived */
    int64_t refunded_fen; /* never above paid */
    int16_t method;       /* enum method; 0 until paid */
    int64_t receipt;      /* 0 until paid */
    int64_t raised_ms;
    int64_t paid_ms; /* 0 until paid */
};

/* One fee of one department on the bill. Lines are numbered from 1 without gaps. */
struct line_row {
    int16_t centre;
    int64_t case_number;
    int16_t no;
    const char *fee;
    const char *department; /* whose fee it is */
    int64_t units;
    int32_t days;
    int64_t amount_fen;   /* by the standard, never changed */
    int64_t waived_fen;   /* 0 or all of it */
    int64_t refunded_fen; /* never above amount - waived */
    const char *working;  /* how the amount came about, for the payer */
};

/* One side of a posting of the ledger. Insert only. */
struct entry_row {
    int16_t centre;
    int64_t posting; /* gapless */
    int16_t no;      /* within the posting, from 1 */
    int64_t case_number;
    int16_t account;        /* enum account */
    const char *department; /* null on accounts that have none */
    int64_t debit_fen;      /* one of the two is 0 */
    int64_t credit_fen;
    int32_t day; /* business day: days since 1970-01-01, the hall's own date */
    int64_t at_ms;
};

/* A receipt of the book. Insert only, gapless. */
struct receipt_row {
    int16_t centre;
    int64_t number;
    int64_t case_number;
    int64_t amount_fen;
    int64_t at_ms;
    const char *cashier;
};

enum adjustment_kind { ADJUSTMENT_WAIVER = 1, ADJUSTMENT_REFUND = 2 };

/* Why money was given up or given back, and which two persons did it. Insert only, one for each
 * such posting. */
struct adjustment_row {
    int16_t centre;
    int64_t posting;
    int64_t case_number;
    int16_t line;
    int16_t kind; /* enum adjustment_kind */
    int64_t amount_fen;
    const char *ground; /* of a waiver: its legal basis */
    const char *actor;
    const char *approved_by; /* never the actor */
    int64_t at_ms;
};

/* A published fee standard, as it is in force from one day to the day before another. */
struct standard_row {
    int16_t centre;
    const char *code;
    int32_t from_day; /* first day in force */
    int32_t to_day;   /* first day no longer in force; 0 = none */
    const char *item;
    const char *department;
    const char *name_zh;
    const char *name_en;
    const char *kind; /* fixed, quantity, area, area_days, tiered */
    int64_t unit_fen; /* price of a unit; 0 when tiered */
    const char *unit; /* what is counted */
    int64_t free_units;
    int64_t cap_fen;   /* 0 = none */
    const char *basis; /* law or regulation */
};

/* A band of a tiered standard. */
struct tier_row {
    int16_t centre;
    const char *fee;
    int32_t from_day; /* as the standard's */
    int64_t from_units;
    int64_t to_units; /* 0 = no end */
    int64_t unit_fen;
};

extern const struct table charging_order_table, charging_line_table, charging_entry_table,
    charging_receipt_table, charging_adjustment_table, charging_standard_table, charging_tier_table;

/* All of them; ends with null. */
extern const struct table *const charging_tables[];

#endif
