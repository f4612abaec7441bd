/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h: the rows charging keeps (db/deploy/charging/schema.sql has the same, in SQL).
 *
 * The columns of a row stand below its struct; store.c makes the tables of them. */
#ifndef CHARGING_ROWS_H
#define CHARGING_ROWS_H

#include <stdint.h>

#include "common/rows/table.h"

/* RULE H3: the one bill of a case; those before it are cancelled. */
struct order_row {
    int16_t centre;
    int64_t case_number;
    int64_t number; /* of the order, gapless; the bill is the one with the greatest */
    const char *item;
    const char *department; /* which accepted the case */
    int16_t state;          /* enum order_state */
    int64_t total_fen;      /* sum of the lines by the standard */
    int64_t waived_fen; /* sums over the lines, kept here so that a look at the order is one row */
    int64_t paid_fen;   /* 0 or total - waived */
    int64_t refunded_fen; /* never above paid */
    int16_t method;       /* enum method; 0 until paid */
    int64_t receipt;      /* 0 until paid */
    int64_t raised_ms;
    int64_t paid_ms; /* 0 until paid */
    int32_t round;   /* of the case, that it settles */
    int64_t cancelled_ms;
    const char *cancelled_for; /* null unless cancelled */
    int64_t to_refund_ms;      /* since when what it holds must be given back, as the case ended
                                  without a grant; 0: it need not */
};
static const struct column order_columns[] = {
    COLUMN(order_row, centre, I16, COLUMN_KEY),
    COLUMN(order_row, case_number, I64, COLUMN_KEY),
    COLUMN(order_row, number, I64, COLUMN_KEY),
    COLUMN(order_row, item, TEXT, COLUMN_FIXED),
    COLUMN(order_row, department, TEXT, COLUMN_FIXED),
    COLUMN(order_row, state, I16, 0),
    COLUMN(order_row, total_fen, I64, COLUMN_FIXED),
    COLUMN(order_row, waived_fen, I64, 0),
    COLUMN(order_row, paid_fen, I64, 0),
    COLUMN(order_row, refunded_fen, I64, 0),
    COLUMN(order_row, method, I16, 0),
    COLUMN(order_row, receipt, I64, 0),
    COLUMN_AS(order_row, raised_ms, "raised_at", TIME, COLUMN_FIXED),
    COLUMN_AS(order_row, paid_ms, "paid_at", TIME, 0),
    COLUMN(order_row, round, I32, 0),
    COLUMN_AS(order_row, cancelled_ms, "cancelled_at", TIME, 0),
    COLUMN(order_row, cancelled_for, TEXT, 0),
    COLUMN_AS(order_row, to_refund_ms, "to_refund_at", TIME, 0),
};

/* One fee of one department on the bill. Lines are numbered from 1 without gaps within the case: of
 * a second bill they go on where those of the first ended. */
struct line_row {
    int16_t centre;
    int64_t case_number;
    int16_t no;
    int64_t order_number;
    const char *fee;
    const char *department; /* whose fee it is */
    int64_t units;
    int32_t days;
    int64_t amount_fen;   /* by the standard, never changed */
    int64_t waived_fen;   /* 0 or all of it */
    int64_t refunded_fen; /* never above amount - waived */
    const char *working;  /* how the amount came about, for the payer */
};
static const struct column line_columns[] = {
    COLUMN(line_row, centre, I16, COLUMN_KEY),
    COLUMN(line_row, case_number, I64, COLUMN_KEY),
    COLUMN(line_row, no, I16, COLUMN_KEY),
    COLUMN(line_row, order_number, I64, COLUMN_FIXED),
    COLUMN(line_row, fee, TEXT, COLUMN_FIXED),
    COLUMN(line_row, department, TEXT, COLUMN_FIXED),
    COLUMN(line_row, units, I64, COLUMN_FIXED),
    COLUMN(line_row, days, I32, COLUMN_FIXED),
    COLUMN(line_row, amount_fen, I64, COLUMN_FIXED),
    COLUMN(line_row, waived_fen, I64, 0),
    COLUMN(line_row, refunded_fen, I64, 0),
    COLUMN(line_row, working, TEXT, COLUMN_FIXED),
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
    const char *cashier; /* who took the money or gave it back; null on accounts that hold none */
};
static const struct column entry_columns[] = {
    COLUMN(entry_row, centre, I16, COLUMN_KEY),
    COLUMN(entry_row, posting, I64, COLUMN_KEY),
    COLUMN(entry_row, no, I16, COLUMN_KEY),
    COLUMN(entry_row, case_number, I64, COLUMN_FIXED),
    COLUMN(entry_row, account, I16, COLUMN_FIXED),
    COLUMN(entry_row, department, TEXT, COLUMN_FIXED),
    COLUMN(entry_row, debit_fen, I64, COLUMN_FIXED),
    COLUMN(entry_row, credit_fen, I64, COLUMN_FIXED),
    COLUMN(entry_row, day, DAY, COLUMN_FIXED),
    COLUMN_AS(entry_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(entry_row, cashier, TEXT, COLUMN_FIXED),
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
static const struct column receipt_columns[] = {
    COLUMN(receipt_row, centre, I16, COLUMN_KEY),
    COLUMN(receipt_row, number, I64, COLUMN_KEY),
    COLUMN(receipt_row, case_number, I64, COLUMN_FIXED),
    COLUMN(receipt_row, amount_fen, I64, COLUMN_FIXED),
    COLUMN_AS(receipt_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(receipt_row, cashier, TEXT, COLUMN_FIXED),
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
static const struct column adjustment_columns[] = {
    COLUMN(adjustment_row, centre, I16, COLUMN_KEY),
    COLUMN(adjustment_row, posting, I64, COLUMN_KEY),
    COLUMN(adjustment_row, case_number, I64, COLUMN_FIXED),
    COLUMN(adjustment_row, line, I16, COLUMN_FIXED),
    COLUMN(adjustment_row, kind, I16, COLUMN_FIXED),
    COLUMN(adjustment_row, amount_fen, I64, COLUMN_FIXED),
    COLUMN(adjustment_row, ground, TEXT, COLUMN_FIXED),
    COLUMN(adjustment_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(adjustment_row, approved_by, TEXT, COLUMN_FIXED),
    COLUMN_AS(adjustment_row, at_ms, "at", TIME, COLUMN_FIXED),
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
    bool deposit;      /* given back once what it secures is done */
    bool reducible;    /* it may be waived */
};
static const struct column standard_columns[] = {
    COLUMN(standard_row, centre, I16, COLUMN_KEY),
    COLUMN(standard_row, code, TEXT, COLUMN_KEY),
    COLUMN_AS(standard_row, from_day, "valid_from", DAY, COLUMN_KEY),
    COLUMN_AS(standard_row, to_day, "valid_to", DAY, 0),
    COLUMN(standard_row, item, TEXT, 0),
    COLUMN(standard_row, department, TEXT, 0),
    COLUMN(standard_row, name_zh, TEXT, 0),
    COLUMN(standard_row, name_en, TEXT, 0),
    COLUMN(standard_row, kind, TEXT, 0),
    COLUMN(standard_row, unit_fen, I64, 0),
    COLUMN(standard_row, unit, TEXT, 0),
    COLUMN(standard_row, free_units, I64, 0),
    COLUMN(standard_row, cap_fen, I64, 0),
    COLUMN(standard_row, basis, TEXT, 0),
    COLUMN(standard_row, deposit, BOOL, 0),
    COLUMN(standard_row, reducible, BOOL, 0),
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
static const struct column tier_columns[] = {
    COLUMN(tier_row, centre, I16, COLUMN_KEY),
    COLUMN(tier_row, fee, TEXT, COLUMN_KEY),
    COLUMN_AS(tier_row, from_day, "valid_from", DAY, COLUMN_KEY),
    COLUMN(tier_row, from_units, I64, COLUMN_KEY),
    COLUMN(tier_row, to_units, I64, 0),
    COLUMN(tier_row, unit_fen, I64, 0),
};

extern const struct table charging_order_table, charging_line_table, charging_entry_table,
    charging_receipt_table, charging_adjustment_table, charging_standard_table, charging_tier_table;

/* All of them; ends with null. */
extern const struct table *const charging_tables[];

#endif
