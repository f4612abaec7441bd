/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/totals.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/postgres/pgadmin.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"

enum { YEAR_DAYS = 366, ASK_MS = 60000, ANSWER_BYTES = 4 << 20 };

const char *const totals_names[TOTALS] = {
    [TOTAL_RECEIVED] = "received",
    [TOTAL_ACCEPTED] = "accepted",
    [TOTAL_CORRECTED] = "corrected",
    [TOTAL_REFUSED] = "refused",
    [TOTAL_WITHDRAWN] = "withdrawn",
    [TOTAL_GRANTED] = "granted",
    [TOTAL_DENIED] = "denied",
    [TOTAL_CLOSED] = "closed",
    [TOTAL_TASKS] = "tasks",
    [TOTAL_ORDERS] = "orders",
    [TOTAL_PAID_FEN] = "paid_fen",
    [TOTAL_RECEIPTS] = "receipts",
    [TOTAL_YELLOW] = "yellow",
    [TOTAL_RED] = "red",
    [TOTAL_WAIVED_FEN] = "waived_fen",
    [TOTAL_REFUNDED_FEN] = "refunded_fen",
    [TOTAL_TICKETS] = "tickets",
    [TOTAL_SERVED] = "served",
    [TOTAL_GONE] = "gone",
    [TOTAL_CALLED] = "called",
    [TOTAL_TASKS_OPENED] = "tasks opened",
    [TOTAL_FLOWS_GRANTED] = "flows granted",
    [TOTAL_FLOWS_DENIED] = "flows denied",
    [TOTAL_FLOWS_CANCELLED] = "flows cancelled",
};

static void know_nothing(struct totals *totals, const char *side)
{
    totals->side = side;
    for (int i = 0; i < TOTALS; i++)
        totals->n[i] = TOTALS_UNKNOWN;
}

/* ---- the account */

/* What was taken back does not count, as if it had not been. */
static void count_case(struct totals *totals, const struct account_case *c)
{
    totals->n[TOTAL_GRANTED] += c->granted;
    totals->n[TOTAL_DENIED] += c->denied;
    totals->n[TOTAL_CLOSED] += c->closed;
    totals->n[TOTAL_TASKS] += c->decided;
    totals->n[TOTAL_ORDERS] += c->orders;
    totals->n[TOTAL_PAID_FEN] += c->paid_fen;
    totals->n[TOTAL_WAIVED_FEN] += c->waived_fen;
    totals->n[TOTAL_REFUNDED_FEN] += c->refunded_fen;
    totals->n[TOTAL_TASKS_OPENED] += c->tasks;
    totals->n[TOTAL_FLOWS_GRANTED] += c->flow == ONEDOOR__ROUTING__FLOW_STATE__FLOW_GRANTED;
    totals->n[TOTAL_FLOWS_DENIED] += c->flow == ONEDOOR__ROUTING__FLOW_STATE__FLOW_DENIED;
}

void totals_of_account(struct totals *totals, const struct account *account)
{
    *totals = (struct totals){.side = "the simulator"};
    totals->n[TOTAL_YELLOW] = totals->n[TOTAL_RED] = TOTALS_UNKNOWN;
    totals->n[TOTAL_RECEIVED] = account_sum(account, EFFECT_RECEIVED);
    totals->n[TOTAL_ACCEPTED] = account_sum(account, EFFECT_ACCEPTED);
    totals->n[TOTAL_CORRECTED] = account_sum(account, EFFECT_CORRECTION);
    totals->n[TOTAL_REFUSED] = account_sum(account, EFFECT_REFUSED);
    totals->n[TOTAL_WITHDRAWN] = account_sum(account, EFFECT_WITHDRAWN);
    totals->n[TOTAL_RECEIPTS] = account_sum(account, EFFECT_PAYMENT);
    totals->n[TOTAL_FLOWS_CANCELLED] = account_sum(account, EFFECT_FLOW_CANCELLED);
    totals->n[TOTAL_TICKETS] = account->visits.taken;
    totals->n[TOTAL_CALLED] = account->visits.called;
    totals->n[TOTAL_SERVED] = account->visits.served;
    totals->n[TOTAL_GONE] = account->visits.gone;
    for (int32_t i = 0; i < account->order->cases; i++)
        count_case(totals, &account->cases[i]);
}

/* ---- the services */

static const void *ask(struct client *client, const ProtobufCMessage *message,
                       const ProtobufCMessageDescriptor *reply, struct arena *arena)
{
    struct answer answer = client_call(
        client,
        &(struct ask){
            .lane = LANE_QUERY,
            .message = message,
            .reply = reply,
            .actor = {.id = "simulator", .role = ONEDOOR__ROLE__BUSINESS_MANAGER, .department = ""},
            .timeout_ms = ASK_MS},
        arena);
    if (answer.kind == ANSWER_OK)
        return answer.message;
    fprintf(stderr, "onedoor-simulate: %s is not answered: %s\n", message->descriptor->name,
            answer.kind == ANSWER_UNKNOWN ? "no answer in time" : answer.detail);
    exit(1);
}

static void ask_intake(struct totals *totals, struct client *client, struct arena *arena)
{
    Onedoor__Intake__CountCases count = ONEDOOR__INTAKE__COUNT_CASES__INIT;
    const Onedoor__Intake__CountCasesReply *reply =
        ask(client, &count.base, &onedoor__intake__count_cases_reply__descriptor, arena);
    int64_t states[32] = {0}, sum = 0;
    for (size_t i = 0; i < reply->n_counts; i++) {
        sum += reply->counts[i]->cases;
        if (reply->counts[i]->state < 32)
            states[reply->counts[i]->state] += reply->counts[i]->cases;
    }
    totals->n[TOTAL_RECEIVED] = sum;
    totals->n[TOTAL_REFUSED] = states[ONEDOOR__INTAKE__CASE_STATE__REFUSED];
    totals->n[TOTAL_WITHDRAWN] = states[ONEDOOR__INTAKE__CASE_STATE__WITHDRAWN];
    totals->n[TOTAL_CLOSED] = states[ONEDOOR__INTAKE__CASE_STATE__CLOSED] +
                              states[ONEDOOR__INTAKE__CASE_STATE__DELIVERED];
}

static void ask_charging(struct totals *totals, struct client *client, struct arena *arena)
{
    Onedoor__Charging__GetTakings takings = ONEDOOR__CHARGING__GET_TAKINGS__INIT;
    const Onedoor__Charging__GetTakingsReply *reply =
        ask(client, &takings.base, &onedoor__charging__get_takings_reply__descriptor, arena);
    totals->n[TOTAL_ORDERS] = reply->orders;
    totals->n[TOTAL_PAID_FEN] = reply->paid_fen;
    totals->n[TOTAL_WAIVED_FEN] = reply->waived_fen;
    totals->n[TOTAL_REFUNDED_FEN] = reply->refunded_fen;
    totals->n[TOTAL_RECEIPTS] = reply->receipts;
}

static void ask_supervision(struct totals *totals, struct client *client, struct arena *arena)
{
    Onedoor__Supervision__ListCards cards = ONEDOOR__SUPERVISION__LIST_CARDS__INIT;
    cards.limit = 1;
    const Onedoor__Supervision__ListCardsReply *reply =
        ask(client, &cards.base, &onedoor__supervision__list_cards_reply__descriptor, arena);
    totals->n[TOTAL_YELLOW] = reply->yellow;
    totals->n[TOTAL_RED] = reply->red;
}

static void ask_routing(struct totals *totals, struct client *client, struct arena *arena)
{
    Onedoor__Routing__CountFlows flows = ONEDOOR__ROUTING__COUNT_FLOWS__INIT;
    const Onedoor__Routing__CountFlowsReply *reply =
        ask(client, &flows.base, &onedoor__routing__count_flows_reply__descriptor, arena);
    totals->n[TOTAL_TASKS_OPENED] = reply->tasks;
    totals->n[TOTAL_FLOWS_GRANTED] = reply->granted;
    totals->n[TOTAL_FLOWS_DENIED] = reply->denied;
    totals->n[TOTAL_FLOWS_CANCELLED] = reply->cancelled;
}

void totals_of_services(struct totals *totals, struct client *client)
{
    struct arena *arena = arena_new(ANSWER_BYTES);
    know_nothing(totals, "the services");
    ask_intake(totals, client, arena);
    ask_routing(totals, client, arena);
    ask_charging(totals, client, arena);
    ask_supervision(totals, client, arena);
    arena_free(&arena);
}

/* A period of visits is a year at most. */
static void ask_visits(struct totals *totals, struct client *client, struct day first,
                       struct arena *arena)
{
    Onedoor__Reporting__Visits visits = ONEDOOR__REPORTING__VISITS__INIT;
    visits.from_day = first.n;
    visits.to_day = first.n + YEAR_DAYS - 1;
    visits.by = ONEDOOR__REPORTING__BY__BY_DEPARTMENT;
    const Onedoor__Reporting__VisitsReply *reply =
        ask(client, &visits.base, &onedoor__reporting__visits_reply__descriptor, arena);
    totals->n[TOTAL_CALLED] = totals->n[TOTAL_SERVED] = totals->n[TOTAL_GONE] = 0;
    for (size_t i = 0; i < reply->n_lines; i++) {
        totals->n[TOTAL_CALLED] += reply->lines[i]->called;
        totals->n[TOTAL_SERVED] += reply->lines[i]->served;
        totals->n[TOTAL_GONE] += reply->lines[i]->gone;
    }
}

void totals_of_reporting(struct totals *totals, struct client *client, struct day first)
{
    struct arena *arena = arena_new(ANSWER_BYTES);
    Onedoor__Reporting__Overview overview = ONEDOOR__REPORTING__OVERVIEW__INIT;
    const Onedoor__Reporting__OverviewReply *reply =
        ask(client, &overview.base, &onedoor__reporting__overview_reply__descriptor, arena);
    const Onedoor__Reporting__Figures *f = reply->total;
    know_nothing(totals, "reporting");
    const int64_t numbers[TOTALS] = {
        [TOTAL_RECEIVED] = f->received,     [TOTAL_ACCEPTED] = f->accepted,
        [TOTAL_CORRECTED] = f->corrected,   [TOTAL_REFUSED] = f->refused,
        [TOTAL_WITHDRAWN] = f->withdrawn,   [TOTAL_GRANTED] = f->granted,
        [TOTAL_DENIED] = f->denied,         [TOTAL_CLOSED] = f->closed,
        [TOTAL_TASKS] = f->tasks,           [TOTAL_ORDERS] = f->orders,
        [TOTAL_PAID_FEN] = f->paid_fen,     [TOTAL_RECEIPTS] = TOTALS_UNKNOWN,
        [TOTAL_YELLOW] = f->yellow,         [TOTAL_RED] = f->red,
        [TOTAL_WAIVED_FEN] = f->waived_fen, [TOTAL_REFUNDED_FEN] = f->refunded_fen,
        [TOTAL_TICKETS] = TOTALS_UNKNOWN,
    };
    for (int i = 0; i < TOTALS_REPORTED; i++)
        totals->n[i] = numbers[i];
    ask_visits(totals, client, first, arena);
    arena_free(&arena);
}

/* ---- the database, asked directly */

void totals_of_database(struct totals *totals, PGconn *conn, int16_t centre)
{
    /* clang-format off */
    static const char *const counts[TOTALS] = {
        [TOTAL_RECEIVED] = "select count(*) from intake.cases where centre = $1",
        [TOTAL_ACCEPTED] = "select count(accepted_at) from intake.cases where centre = $1",
        [TOTAL_CORRECTED] = "select count(asked_at) from intake.cases where centre = $1",
        [TOTAL_REFUSED] = "select count(*) from intake.cases where centre = $1 and state = 3",
        [TOTAL_WITHDRAWN] = "select count(*) from intake.cases where centre = $1 and state = 12",
        [TOTAL_GRANTED] = "select count(decided_at) from intake.cases where centre = $1 and granted",
        [TOTAL_DENIED] = "select count(decided_at) from intake.cases where centre = $1 and not granted",
        [TOTAL_CLOSED] = "select count(closed_at) from intake.cases where centre = $1",
        [TOTAL_TASKS] = "select count(*) from routing.task where centre = $1 and state in (2, 3)",
        [TOTAL_ORDERS] = "select count(*) from charging.payment_order where centre = $1 and state <> 5",
        [TOTAL_PAID_FEN] = "select sum(debit_fen) from charging.entry where centre = $1 and account between 1 and 4",
        [TOTAL_RECEIPTS] = "select count(*) from charging.receipt where centre = $1",
        [TOTAL_YELLOW] = "select count(*) from supervision.card where centre = $1 and level = 2 and withdrawn = 0",
        [TOTAL_RED] = "select count(*) from supervision.card where centre = $1 and level = 3 and withdrawn = 0",
        [TOTAL_WAIVED_FEN] = "select coalesce(sum(waived_fen), 0) from charging.payment_order where centre = $1 and state <> 5",
        [TOTAL_REFUNDED_FEN] = "select coalesce(sum(refunded_fen), 0) from charging.payment_order where centre = $1",
        [TOTAL_TICKETS] = "select count(distinct (day, number)) from intake.ticket where centre = $1",
        [TOTAL_SERVED] = "select count(*) from intake.ticket where centre = $1 and state in (4, 5)",
        [TOTAL_GONE] = "select count(*) from intake.ticket where centre = $1 and state = 6",
        [TOTAL_CALLED] = "select count(*) from intake.ticket where centre = $1 and call_no > 0",
        [TOTAL_TASKS_OPENED] = "select count(*) from routing.task where centre = $1",
        [TOTAL_FLOWS_GRANTED] = "select count(*) from routing.flow where centre = $1 and state = 2",
        [TOTAL_FLOWS_DENIED] = "select count(*) from routing.flow where centre = $1 and state = 3",
        [TOTAL_FLOWS_CANCELLED] = "select count(*) from routing.flow where centre = $1 and state = 4",
    };
    /* clang-format on */
    know_nothing(totals, "the database");
    for (int i = 0; i < TOTALS; i++)
        totals->n[i] = pgadmin_number(conn, counts[i], PARAMS(P_I16(centre)));
}

/* ---- side by side */

static void show_difference(const struct totals *sides, int n, int which)
{
    fprintf(stderr, "mismatch: %s:", totals_names[which]);
    for (int i = 0; i < n; i++)
        if (sides[i].n[which] != TOTALS_UNKNOWN)
            fprintf(stderr, " %lld (%s)", (long long)sides[i].n[which], sides[i].side);
    fputc('\n', stderr);
}

int64_t totals_compare(const struct totals *sides, int n)
{
    int64_t mismatches = 0;
    for (int which = 0; which < TOTALS; which++) {
        int64_t first = TOTALS_UNKNOWN;
        bool differ = false;
        for (int i = 0; i < n; i++) {
            int64_t number = sides[i].n[which];
            differ |= first != TOTALS_UNKNOWN && number != TOTALS_UNKNOWN && number != first;
            first = first == TOTALS_UNKNOWN ? number : first;
        }
        mismatches += differ;
        if (differ)
            show_difference(sides, n, which);
    }
    return mismatches;
}
