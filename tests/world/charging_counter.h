/* SPDX-License-Identifier: Apache-2.0 */
/* charging_counter.h: cases with a fee, the cashier's requests and the books, for the tests of
 * charging. Include after cmocka.h. */
#ifndef TESTS_CHARGING_COUNTER_H
#define TESTS_CHARGING_COUNTER_H

#include "services/charging/ledger.h"
#include "services/charging/moves.h"
#include "tests/world/approvals.h"
#include "tests/world/intake_desk.h"

enum { TODAY = 19005, DAYS_MAX = 8 }; /* 2022-01-13 */

/* ---- cases that come to the window */

/* An immediate case with a fixed fee of 10.00, granted. */
static inline int64_t granted_permit(struct world *hall)
{
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-01");

    assert_done(finish(hall, &SAN_CLERK, number, true, ""));
    world_settle(hall);
    return number;
}

static inline void decide_in_turn(struct world *hall, int64_t number,
                                  const char *const *departments)
{
    for (; *departments != NULL; departments++) {
        assert_done(decide(hall, *departments, number, true, ""));
        world_settle(hall);
    }
}

/* Taken in by the clerk, and granted by the departments. */
static inline int64_t granted(struct world *hall, const struct actor *clerk,
                              struct application *application, const char *const *departments)
{
    Onedoor__Intake__SubmitReply *reply;

    assert_done(submit(hall, clerk, application, &reply));
    world_settle(hall);
    decide_in_turn(hall, reply->case_number, departments);
    return reply->case_number;
}

/* Green space (CON) 30 m2 for 10 days, removal (SAN) of 8 trees, marking out (PLN): 300.00 + 240.00
 * + 50.00. */
static inline int64_t granted_trees(struct world *hall)
{
    static const char *const departments[] = {"PLN", "CON", "SAN", "CON", NULL};
    struct application application;

    declare(apply_with(hall, &application, "CON-02", 99), "FEE-CON-02A", 30, 10);
    declare(&application, "FEE-CON-02B", 8, 0);
    return granted(hall, &CON_CLERK, &application, departments);
}

/* Outdoor advertising on `units` m2, of which five are free. */
static inline int64_t granted_sign(struct world *hall, int64_t units)
{
    static const char *const departments[] = {"SAN", "PLN", "CUL", "SAN", NULL};
    struct application application;

    declare(apply_with(hall, &application, "SAN-03", 99), "FEE-SAN-03", units, 0);
    return granted(hall, &SAN_CLERK, &application, departments);
}

/* ---- what is in the books */

/* The bill of the case, its latest order. */
static inline const struct order_row *order_of(struct world *hall, int64_t number)
{
    const struct order_row *order, *last = NULL;
    for (size_t i = 0; (order = world_row_at(hall, "charging", &charging_order_table, i)) != NULL;
         i++)
        if (order->case_number == number && (last == NULL || order->number > last->number))
            last = order;
    return last;
}

static inline const struct line_row *line_of(struct world *hall, int64_t number, int16_t no)
{
    return world_row(hall, "charging", &charging_line_table,
                     &(struct line_row){.centre = 1, .case_number = number, .no = no});
}

static inline const struct entry_row *entry_of(struct world *hall, int64_t posting, int16_t no)
{
    return world_row(hall, "charging", &charging_entry_table,
                     &(struct entry_row){.centre = 1, .posting = posting, .no = no});
}

static inline const struct receipt_row *receipt_of(struct world *hall, int64_t number)
{
    return world_row(hall, "charging", &charging_receipt_table,
                     &(struct receipt_row){.centre = 1, .number = number});
}

static inline const struct adjustment_row *adjustment_of(struct world *hall, int64_t posting)
{
    return world_row(hall, "charging", &charging_adjustment_table,
                     &(struct adjustment_row){.centre = 1, .posting = posting});
}

static inline size_t entries(struct world *hall)
{
    return world_count(hall, "charging", &charging_entry_table);
}

static inline size_t receipts(struct world *hall)
{
    return world_count(hall, "charging", &charging_receipt_table);
}

static inline int64_t balance(struct world *hall, enum account account)
{
    int64_t fen = 0;

    for (size_t i = 0; i < entries(hall); i++) {
        const struct entry_row *entry = world_row_at(hall, "charging", &charging_entry_table, i);
        if (entry->account == (int16_t)account)
            fen += entry->debit_fen - entry->credit_fen;
    }
    return fen;
}

#define assert_line(row, of_department, fen, how)                                                  \
    do {                                                                                           \
        const struct line_row *line_ = (row);                                                      \
        assert_non_null(line_);                                                                    \
        assert_string_equal(of_department, line_->department);                                     \
        assert_int_equal(fen, line_->amount_fen);                                                  \
        assert_string_equal(how, line_->working);                                                  \
    } while (0)

#define assert_entry(row, on, of_department, debit, credit)                                        \
    do {                                                                                           \
        const struct entry_row *entry_ = (row);                                                    \
        const char *department_ = (of_department);                                                 \
        assert_non_null(entry_);                                                                   \
        assert_int_equal(on, entry_->account);                                                     \
        assert_string_equal(department_ == NULL ? "" : department_,                                \
                            entry_->department == NULL ? "" : entry_->department);                 \
        assert_int_equal(debit, entry_->debit_fen);                                                \
        assert_int_equal(credit, entry_->credit_fen);                                              \
    } while (0)

/* ---- what the cashier does */

static Onedoor__Charging__Pay payment(int64_t number, int method, int64_t shown_fen)
{
    Onedoor__Charging__Pay pay = ONEDOOR__CHARGING__PAY__INIT;

    pay.case_number = number;
    pay.method = (Onedoor__Charging__Method)method;
    pay.shown_fen = shown_fen;
    return pay;
}

static inline struct outcome pay_by_card(struct world *hall, int64_t number, int64_t shown_fen,
                                         Onedoor__Charging__PayReply **reply)
{
    const Onedoor__Charging__Pay pay = payment(number, ONEDOOR__CHARGING__METHOD__CARD, shown_fen);
    return world_command(hall, &CASHIER, &pay.base, (ProtobufCMessage **)reply);
}

static Onedoor__Charging__Waive waiver(int64_t number, int32_t line)
{
    Onedoor__Charging__Waive waive = ONEDOOR__CHARGING__WAIVE__INIT;

    waive.case_number = number;
    waive.line = line;
    waive.basis = "残疾人保障法第五十条";
    return waive;
}

/* The cashier asks, the manager agrees. */
static inline struct outcome waive(struct world *hall, int64_t number, int32_t line)
{
    const Onedoor__Charging__Waive asked = waiver(number, line);
    return ask_and_agree(hall, &CASHIER, &asked.base, "charging", &MANAGER);
}

static inline struct outcome refund(struct world *hall, int64_t number, int32_t line, int64_t fen)
{
    Onedoor__Charging__Refund refund = ONEDOOR__CHARGING__REFUND__INIT;

    refund.case_number = number;
    refund.line = line;
    refund.amount_fen = fen;
    refund.reason = "计量有误";
    return ask_and_agree(hall, &CASHIER, &refund.base, "charging", &MANAGER);
}

#endif
