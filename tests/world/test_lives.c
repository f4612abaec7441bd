/* SPDX-License-Identifier: Apache-2.0 */
/* Random lives: visitors with tickets, cases of three kinds, mistakes that two persons take back,
 * waivers, refunds, extensions, amendments, closed days. Whatever is done in whatever order, and
 * much of it is refused, the services agree at the end of each day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/take_back.h"
#include "tests/world/ticket_desk.h"

enum { FIRST_DAY = 13, DAYS = 9, ACTS_A_DAY = 120, CASES_MAX = 400 };

static const struct actor *const clerks[] = {&FPC_CLERK, &CUL_CLERK, &SAN_CLERK};
static const struct actor *const leads[] = {&FPC_LEAD, &CUL_LEAD, &SAN_LEAD};
static const char *const items[] = {"FPC-02", "CUL-01", "SAN-02"};
enum { KINDS = 3 };

struct lives {
    struct world *hall;
    uint64_t seed;
    int64_t cases[CASES_MAX];
    int kinds[CASES_MAX], n;
    int32_t last_ticket;
    const char *code; /* of the last ticket, and its queue */
    const char *queue;
};

static int any(struct lives *lives, int n)
{
    lives->seed = lives->seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((lives->seed >> 33) % (uint64_t)n);
}

/* A case from the last ones, of which most are open. */
static int any_case(struct lives *lives)
{
    int from = lives->n > 30 ? lives->n - 30 : 0;
    return from + any(lives, lives->n - from);
}

/* ---- what may happen; each says whether it did */

static bool somebody_applies(struct lives *lives)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    int kind = any(lives, KINDS);
    apply_with(lives->hall, &application, items[kind], any(lives, 5) == 0 ? 1 : 99);
    if (kind == 2) {
        declare(&application, "FEE-SAN-02A", any(lives, 40), 10);
        declare(&application, "FEE-SAN-02B", any(lives, 20), 0);
    }
    if (lives->n == CASES_MAX || !is_ok(submit(lives->hall, clerks[kind], &application, &reply)))
        return false;
    lives->kinds[lives->n] = kind;
    lives->cases[lives->n++] = reply->case_number;
    return true;
}

static bool a_case_is_finished(struct lives *lives)
{
    int i = any_case(lives);
    bool grant = any(lives, 4) > 0;
    return is_ok(finish(lives->hall, clerks[lives->kinds[i]], lives->cases[i], grant,
                        grant ? "" : "不符合条件"));
}

static bool a_department_decides(struct lives *lives)
{
    static const char *const departments[] = {"TRA", "CON", "SAN"};
    return is_ok(decide(lives->hall, departments[any(lives, 3)], lives->cases[any_case(lives)],
                        any(lives, 8) > 0, "意见"));
}

/* A bill, which is due or paid more often than not; null: there is none yet. */
static const struct order_row *any_bill(struct lives *lives, int state)
{
    size_t n = world_count(lives->hall, "charging", &charging_order_table);
    const struct order_row *order = NULL;
    for (int tries = 0; n > 0 && tries < 8 && (order == NULL || order->state != state); tries++)
        order = world_row_at(lives->hall, "charging", &charging_order_table,
                             (size_t)any(lives, (int)n));
    return order;
}

static bool a_bill_is_paid(struct lives *lives)
{
    const struct order_row *order = any_bill(lives, ORDER_DUE);
    return order != NULL &&
           is_ok(pay(lives->hall, order->case_number, order->total_fen - order->waived_fen));
}

static bool a_line_is_waived(struct lives *lives)
{
    const struct order_row *order = any_bill(lives, ORDER_DUE);
    Onedoor__Charging__Waive waive = ONEDOOR__CHARGING__WAIVE__INIT;
    if (order == NULL)
        return false;
    waive.case_number = order->case_number;
    waive.line = 1 + any(lives, 3);
    waive.basis = "财综〔2022〕1号";
    return is_ok(ask_and_agree(lives->hall, &CASHIER, &waive.base, "charging", &MANAGER));
}

static bool a_line_is_refunded(struct lives *lives)
{
    const struct order_row *order = any_bill(lives, ORDER_PAID);
    Onedoor__Charging__Refund refund = ONEDOOR__CHARGING__REFUND__INIT;
    if (order == NULL)
        return false;
    refund.case_number = order->case_number;
    refund.line = 1 + any(lives, 3);
    refund.amount_fen = any(lives, 2) == 0 ? order->total_fen : 1 + any(lives, 2000);
    refund.reason = "多收退还";
    return is_ok(ask_and_agree(lives->hall, &CASHIER, &refund.base, "charging", &MANAGER));
}

static bool a_result_is_delivered(struct lives *lives)
{
    int i = any_case(lives);
    return is_ok(deliver(lives->hall, clerks[lives->kinds[i]], lives->cases[i]));
}

static bool something_is_taken_back(struct lives *lives)
{
    int i = any_case(lives);
    Onedoor__Intake__TakeBack back =
        mistake(lives->cases[i], any(lives, 2) == 0 ? DECISION : DELIVERY);
    return is_ok(ask_and_agree(lives->hall, clerks[lives->kinds[i]], &back.base, "intake",
                               leads[lives->kinds[i]]));
}

static bool a_case_is_amended(struct lives *lives)
{
    int i = any_case(lives);
    Onedoor__FeeFact area = ONEDOOR__FEE_FACT__INIT, deposit = ONEDOOR__FEE_FACT__INIT;
    Onedoor__FeeFact *facts[] = {&area, &deposit};
    Onedoor__Intake__Amend amend = ONEDOOR__INTAKE__AMEND__INIT;
    amend.case_number = lives->cases[i];
    amend.reason = "登记有误";
    if (any(lives, 2) == 0)
        amend.phone = (char *)(any(lives, 2) == 0 ? "13900000001" : "13900000002");
    else
        amend.name = (char *)(any(lives, 2) == 0 ? "王小明" : "王晓明");
    if (lives->kinds[i] == 2 && any(lives, 2) == 0) {
        area.fee = "FEE-SAN-02A";
        area.units = any(lives, 40);
        area.days = 10;
        deposit.fee = "FEE-SAN-02B";
        deposit.units = any(lives, 20);
        amend.facts = facts;
        amend.n_facts = 2;
    }
    return is_ok(world_command(lives->hall, clerks[lives->kinds[i]], &amend.base, NULL));
}

/* RULE L42.1 */
static bool a_term_is_extended(struct lives *lives)
{
    static const struct actor approver = {"approver", ONEDOOR__ROLE__APPROVER, "SAN", 0};
    Onedoor__Routing__Extend extend = ONEDOOR__ROUTING__EXTEND__INIT;
    extend.case_number = lives->cases[any_case(lives)];
    extend.days = 1 + any(lives, 10);
    extend.reason = "情况复杂";
    return is_ok(ask_and_agree(lives->hall, &approver, &extend.base, "routing", &SAN_LEAD));
}

static bool somebody_gives_his_case_up(struct lives *lives)
{
    int i = any_case(lives);
    return any(lives, 3) == 0 &&
           is_ok(withdraw(lives->hall, clerks[lives->kinds[i]], lives->cases[i]));
}

/* ---- tickets */

static bool a_ticket_is_taken(struct lives *lives)
{
    Onedoor__Intake__TakeTicketReply *reply;
    bool item = any(lives, 3) > 0;
    if (!is_ok(take(lives->hall, &PUBLIC, item ? items[any(lives, KINDS)] : "",
                    item ? 0 : (int32_t)clerks[any(lives, KINDS)]->window, &reply)))
        return false;
    assert_int_equal(lives->last_ticket + 1,
                     reply->number); /* no number twice, and none left out */
    lives->last_ticket = reply->number;
    lives->code = arena_strdup(world_arena(lives->hall), reply->code);
    lives->queue = arena_strdup(world_arena(lives->hall), reply->queue);
    return true;
}

static const struct actor *any_desk(struct lives *lives)
{
    int which = any(lives, KINDS + 1);
    return which == KINDS ? &CASHIER : clerks[which];
}

static bool the_next_is_called(struct lives *lives)
{
    return is_ok(call_next(lives->hall, any_desk(lives), NULL));
}

/* The one at the desk, or any. */
static int32_t any_ticket(struct lives *lives, const struct actor *desk)
{
    const struct ticket_row *row;
    if (any(lives, 4) == 0)
        return 1 + any(lives, lives->last_ticket + 1);
    for (size_t i = 0; (row = world_row_at(lives->hall, "intake", &intake_ticket_table, i)) != NULL;
         i++)
        if (row->state == TICKET_CALLED && row->window == desk->window)
            return row->number;
    return 1;
}

static bool a_ticket_is_called_again(struct lives *lives)
{
    const struct actor *desk = any_desk(lives);
    return is_ok(call_again(lives->hall, desk, any_ticket(lives, desk)));
}

static bool a_ticket_is_passed_over(struct lives *lives)
{
    const struct actor *desk = any_desk(lives);
    return is_ok(pass_over(lives->hall, desk, any_ticket(lives, desk)));
}

static bool a_ticket_is_sent_on(struct lives *lives)
{
    const struct actor *desk = any_desk(lives);
    return is_ok(
        transfer(lives->hall, desk, any_ticket(lives, desk), "", (int32_t)any_desk(lives)->window));
}

static bool a_ticket_is_served(struct lives *lives)
{
    const struct actor *desk = any_desk(lives);
    return is_ok(finish_ticket(lives->hall, desk, any_ticket(lives, desk)));
}

static bool a_ticket_is_given_up(struct lives *lives)
{
    return lives->code != NULL && any(lives, 4) == 0 &&
           is_ok(leave(lives->hall, lives->code, lives->queue));
}

/* ---- the hall */

static bool time_passes(struct lives *lives)
{
    world_clock(lives->hall, world_now(lives->hall) + any(lives, 6) * 60000);
    return true;
}

static bool the_services_hear_of_each_other(struct lives *lives)
{
    world_settle(lives->hall);
    return true;
}

/* RULE L82: today was closed, or a day of this week was worked after all. */
static bool a_day_is_corrected(struct lives *lives)
{
    Onedoor__Intake__CorrectDay correct = ONEDOOR__INTAKE__CORRECT_DAY__INIT;
    if (any(lives, 8) > 0)
        return false;
    correct.day =
        (int32_t)((world_now(lives->hall) + 8 * INT64_C(3600000)) / 86400000) - any(lives, 4);
    correct.working = any(lives, 2) == 0;
    correct.name_zh = "停电停办";
    correct.name_en = "Power cut";
    correct.reason = "突发停电";
    return is_ok(world_command(lives->hall, &MANAGER, &correct.base, NULL));
}

/* clang-format off */
static bool (*const acts[])(struct lives *) = {
    somebody_applies, somebody_applies, a_case_is_finished, a_case_is_finished,
    a_department_decides, a_department_decides, a_department_decides, a_department_decides,
    a_bill_is_paid, a_bill_is_paid, a_line_is_waived, a_line_is_refunded, a_result_is_delivered,
    something_is_taken_back, something_is_taken_back, a_case_is_amended, a_term_is_extended,
    somebody_gives_his_case_up, a_ticket_is_taken, a_ticket_is_taken, the_next_is_called,
    the_next_is_called, a_ticket_is_called_again, a_ticket_is_passed_over, a_ticket_is_sent_on,
    a_ticket_is_served, a_ticket_is_given_up, time_passes, the_services_hear_of_each_other,
    a_day_is_corrected,
};
/* clang-format on */
enum { ACTS = sizeof acts / sizeof acts[0] };

/* ---- what must hold then */

/* Each number of a day waits, or was served, in one queue; one at most is at a window. */
static void assert_tickets(struct world *hall)
{
    size_t n = world_count(hall, "intake", &intake_ticket_table);
    for (size_t i = 0; i < n; i++) {
        const struct ticket_row *one = world_row_at(hall, "intake", &intake_ticket_table, i);
        int queues = 0;
        for (size_t k = 0; k < n; k++) {
            const struct ticket_row *other = world_row_at(hall, "intake", &intake_ticket_table, k);
            if (other->day != one->day)
                continue;
            queues += other->number == one->number && other->state != TICKET_TRANSFERRED;
            assert_true(other == one || one->state != TICKET_CALLED ||
                        other->state != TICKET_CALLED || other->window != one->window);
        }
        assert_int_equal(1, queues);
    }
}

/* RULE L59: what the ledger holds of a case is what its bills have been paid and not given back. */
static void assert_money(struct world *hall)
{
    int64_t paid = 0, held = 0;
    const struct order_row *order;
    const struct entry_row *entry;
    for (size_t i = 0; (order = world_row_at(hall, "charging", &charging_order_table, i)) != NULL;
         i++)
        paid += order->paid_fen - order->refunded_fen;
    for (size_t i = 0; (entry = world_row_at(hall, "charging", &charging_entry_table, i)) != NULL;
         i++)
        held += entry->account == ACCOUNT_CASH ? entry->debit_fen - entry->credit_fen : 0;
    assert_int_equal(paid, held);
}

/* What intake says of a case, reporting has heard. */
static void assert_dossiers(struct lives *lives)
{
    for (int i = 0; i < lives->n; i++) {
        const struct case_row *row = stored(lives->hall, lives->cases[i]);
        const struct dossier_row *dossier = dossier_of(lives->hall, lives->cases[i]);
        assert_int_equal(row->decided_ms != 0, dossier->outcome != UNDECIDED);
        assert_int_equal(row->closed_ms != 0, dossier->closed_ms != 0);
        assert_int_equal(row->state == CASE_DELIVERED, dossier->delivered_ms != 0);
    }
}

static void live_a_day(struct lives *lives, int did[ACTS])
{
    for (int i = 0; i < ACTS_A_DAY; i++) {
        int act = lives->n == 0 ? 0 : any(lives, ACTS);
        did[act] += acts[act](lives);
    }
    world_settle(lives->hall);
    nothing_is_parked(lives->hall);
    figures_are_a_plain_count(lives->hall);
    assert_tickets(lives->hall);
    assert_money(lives->hall);
    assert_dossiers(lives);
}

static void whatever_happens_the_services_agree(void **state)
{
    (void)state;
    int did[ACTS] = {0};
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct world *hall = world_new(at(1, FIRST_DAY, 9, 30));
        struct lives lives = {.hall = hall, .seed = seed};
        for (int day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
            world_clock(hall, at(1, day, 9, 30));
            world_settle(hall);
            lives.last_ticket = 0;
            lives.code = NULL;
            live_a_day(&lives, did);
        }
        world_free(&hall);
    }
    for (int act = 0; act < ACTS; act++)
        assert_true(did[act] > 0); /* else nothing of the kind was tried */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_happens_the_services_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
