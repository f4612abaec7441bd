/* SPDX-License-Identifier: Apache-2.0 */
/* work_correct.c: what is put right, and what one asks and another agrees to (RULE H22). */
#include "onedoor/charging.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/simulate/work.h"

enum { OF_THE_DEPARTMENT_MOST = 10 };

/* ---- amendments */

void work_correct_amend(struct work *work)
{
    struct applicant *who = &work->plan.applicant;
    Onedoor__Intake__Amend *amend =
        WORK_MESSAGE(work, Onedoor__Intake__Amend, onedoor__intake__amend);
    amend->case_number = work->result.job.case_number;
    amend->reason = (char *)"登记有误";
    switch (work->plan.twist.amendment) {
    case AMEND_NOTHING:
        break;
    case AMEND_NAME:
        amend->name = who->name;
        break;
    case AMEND_PHONE:
        amend->phone = who->phone;
        break;
    case AMEND_ADDRESS:
        amend->address = who->address;
        break;
    case AMEND_FACTS:
    case AMEND_FACTS_LATE:
        amend->n_facts = work_facts(work, false, &amend->facts);
        break;
    }
    work_at_window(work);
    work_command(work, &amend->base, NULL);
    work_ask(work, work_take_nothing);
}

/* ---- taken back: the clerk asks, his lead agrees */

static struct person_of lead_of(const struct work *work)
{
    return (struct person_of){"lead", work_item(work)->department, ONEDOOR__ROLE__DEPARTMENT_LEAD};
}

static void take_back(struct work *work, Onedoor__Intake__TakenBack what)
{
    Onedoor__Intake__TakeBack *back =
        WORK_MESSAGE(work, Onedoor__Intake__TakeBack, onedoor__intake__take_back);
    back->case_number = work->result.job.case_number;
    back->what = what;
    back->reason = (char *)"误操作";
    work_at_window(work);
    work_ask_two(work, &back->base, "intake", lead_of(work));
}

void work_correct_take_back(struct work *work)
{
    take_back(work, ONEDOOR__INTAKE__TAKEN_BACK__DECISION);
}

void work_correct_take_delivery_back(struct work *work)
{
    take_back(work, ONEDOOR__INTAKE__TAKEN_BACK__DELIVERY);
}

/* ---- money: the cashier asks, the manager agrees */

static const struct person_of manager = {"manager", "", ONEDOOR__ROLE__BUSINESS_MANAGER};

/* The first line that still holds something. */
static const Onedoor__Charging__Line *line_of(const Onedoor__Charging__GetOrderReply *order)
{
    for (size_t i = 0; i < order->n_lines; i++)
        if (order->lines[i]->amount_fen > order->lines[i]->waived_fen)
            return order->lines[i];
    return order->lines[0];
}

static void look_at_bill(struct work *work, void (*take)(struct work *, const void *))
{
    Onedoor__Charging__GetOrder *order =
        WORK_MESSAGE(work, Onedoor__Charging__GetOrder, onedoor__charging__get_order);
    order->case_number = work->result.job.case_number;
    work_at_counter(work);
    work_query(work, &order->base, &onedoor__charging__get_order_reply__descriptor);
    work_ask(work, take);
}

static void waive_line(struct work *work, const void *message)
{
    const Onedoor__Charging__Line *line = line_of(message);
    Onedoor__Charging__Waive *waive =
        WORK_MESSAGE(work, Onedoor__Charging__Waive, onedoor__charging__waive);
    waive->case_number = work->result.job.case_number;
    waive->line = line->no;
    waive->basis = (char *)"财综〔2022〕1号";
    work->result.fen = line->amount_fen;
    work_ask_two(work, &waive->base, "charging", manager);
}

void work_correct_waive(struct work *work)
{
    look_at_bill(work, waive_line);
}

/* Half of a line, or, before the decision is taken back, all of it. */
static void refund_line(struct work *work, const void *message)
{
    const Onedoor__Charging__Line *line = line_of(message);
    Onedoor__Charging__Refund *refund =
        WORK_MESSAGE(work, Onedoor__Charging__Refund, onedoor__charging__refund);
    bool all = work->plan.twist.second == SECOND_PAID_BACK;
    refund->case_number = work->result.job.case_number;
    refund->line = line->no;
    refund->amount_fen = all ? line->amount_fen : (line->amount_fen + 1) / 2;
    refund->reason = (char *)"多收退还";
    work->result.fen = refund->amount_fen;
    work_ask_two(work, &refund->base, "charging", manager);
}

void work_correct_refund(struct work *work)
{
    look_at_bill(work, refund_line);
}

/* ---- time: RULE L42.1, L42.2 */

void work_correct_extend(struct work *work)
{
    Onedoor__Routing__Extend *extend =
        WORK_MESSAGE(work, Onedoor__Routing__Extend, onedoor__routing__extend);
    extend->case_number = work->result.job.case_number;
    extend->days = work->plan.twist.more_days;
    extend->reason = (char *)"情况复杂";
    work_at_department(work, "approver", work_item(work)->department);
    work_ask_two(work, &extend->base, "routing",
                 extend->days <= OF_THE_DEPARTMENT_MOST
                     ? lead_of(work)
                     : (struct person_of){"head", "", ONEDOOR__ROLE__GOVERNMENT_HEAD});
}
