/* SPDX-License-Identifier: Apache-2.0 */
/* takings.c: answers what was taken in a time, from the books and not from the orders: a refund of
 * today for a payment of yesterday is today's. */
#include "services/charging/queries.h"
#include "services/charging/sums.h"

#define IN_TIME                                                                                    \
    "at >= coalesce($2, '-infinity'::timestamptz) and at < coalesce($3, 'infinity'::timestamptz)"

static const struct column account_columns[] = {
    COLUMN(account_sums, account, I16, 0),
    COLUMN(account_sums, department, TEXT, 0),
    COLUMN(account_sums, cashier, TEXT, 0),
    COLUMN_AS(account_sums, debit_fen, "sum(debit_fen)::bigint", I64, 0),
    COLUMN_AS(account_sums, credit_fen, "sum(credit_fen)::bigint", I64, 0),
};
static const struct shape account_shape = SHAPE(account_sums, account_columns);

static Onedoor__Charging__DepartmentTakings *
department_message(const struct department_takings *department, struct arena *arena)
{
    Onedoor__Charging__DepartmentTakings *message =
        ARENA_NEW(arena, Onedoor__Charging__DepartmentTakings);

    onedoor__charging__department_takings__init(message);
    message->department = (char *)department->department;
    message->paid_fen = department->takings.paid;
    message->refunded_fen = department->takings.refunded;
    message->net_fen = department->takings.paid - department->takings.refunded;
    message->waived_fen = department->takings.waived;
    return message;
}

static Onedoor__Charging__MethodTakings *method_message(int method, const struct takings *takings,
                                                        struct arena *arena)
{
    Onedoor__Charging__MethodTakings *message = ARENA_NEW(arena, Onedoor__Charging__MethodTakings);

    onedoor__charging__method_takings__init(message);
    message->method = (Onedoor__Charging__Method)method;
    message->paid_fen = takings->paid;
    message->refunded_fen = takings->refunded;
    message->net_fen = takings->paid - takings->refunded;
    return message;
}

/* In their order; what had no money is left out. */
static Onedoor__Charging__MethodTakings **methods_message(const struct takings methods[METHODS],
                                                          size_t *n, struct arena *arena)
{
    Onedoor__Charging__MethodTakings **list =
        ARENA_ARRAY(arena, Onedoor__Charging__MethodTakings *, METHODS);

    *n = 0;
    for (int method = 1; method < METHODS; method++)
        if (methods[method].paid != 0 || methods[method].refunded != 0)
            list[(*n)++] = method_message(method, &methods[method], arena);
    return list;
}

static Onedoor__Charging__CashierTakings *cashier_message(const struct cashier_takings *cashier,
                                                          struct arena *arena)
{
    Onedoor__Charging__CashierTakings *message =
        ARENA_NEW(arena, Onedoor__Charging__CashierTakings);

    onedoor__charging__cashier_takings__init(message);
    message->cashier = (char *)cashier->cashier;
    message->paid_fen = cashier->all.paid;
    message->refunded_fen = cashier->all.refunded;
    message->net_fen = cashier->all.paid - cashier->all.refunded;
    message->methods = methods_message(cashier->methods, &message->n_methods, arena);
    return message;
}

/* Departments, methods and cashiers in their order. */
static void fill(Onedoor__Charging__GetTakingsReply *reply, const struct takings_sums *sums,
                 struct arena *arena)
{
    reply->paid_fen = sums->all.paid;
    reply->refunded_fen = sums->all.refunded;
    reply->net_fen = sums->all.paid - sums->all.refunded;
    reply->waived_fen = sums->all.waived;
    reply->n_departments = sums->n_departments;
    reply->departments =
        ARENA_ARRAY(arena, Onedoor__Charging__DepartmentTakings *, sums->n_departments);
    for (size_t i = 0; i < sums->n_departments; i++)
        reply->departments[i] = department_message(&sums->departments[i], arena);
    reply->methods = methods_message(sums->methods, &reply->n_methods, arena);
    reply->n_cashiers = sums->n_cashiers;
    reply->cashiers = ARENA_ARRAY(arena, Onedoor__Charging__CashierTakings *, sums->n_cashiers);
    for (size_t i = 0; i < sums->n_cashiers; i++)
        reply->cashiers[i] = cashier_message(&sums->cashiers[i], arena);
}

static void add_books(struct reader *reader, const Onedoor__Charging__GetTakings *get,
                      Onedoor__Charging__GetTakingsReply *reply)
{
    size_t n;
    const struct account_sums *books = reader_select(
        reader, &account_shape,
        "from entry where centre = $1 and " IN_TIME
        " group by account, department, cashier order by department, cashier, account",
        PARAMS(P_I16(reader->centre), P_TIME(get->from_ms), P_TIME(get->to_ms)), &n);
    struct takings_sums sums = {.departments =
                                    ARENA_ARRAY(reader->arena, struct department_takings, n),
                                .cashiers = ARENA_ARRAY(reader->arena, struct cashier_takings, n)};

    charging_takings_add(&sums, books, n);
    fill(reply, &sums, reader->arena);
}

struct documents_row {
    int64_t orders;
    int64_t receipts;
};

static const struct column documents_columns[] = {
    COLUMN(documents_row, orders, I64, 0),
    COLUMN(documents_row, receipts, I64, 0),
};
static const struct shape documents_shape = SHAPE(documents_row, documents_columns);

struct outcome charging_answer_takings(struct reader *reader, struct call *call)
{
    const Onedoor__Charging__GetTakings *get = call->message;
    const struct documents_row *documents = reader_total(
        reader, &documents_shape,
        "from (select count(*) as orders from payment_order"
        " where centre = $1 and state <> 5 and raised_at >= coalesce($2, '-infinity'::timestamptz)"
        " and raised_at < coalesce($3, 'infinity'::timestamptz)) o,"
        " (select count(*) as receipts from receipt where centre = $1 and " IN_TIME ") r",
        PARAMS(P_I16(reader->centre), P_TIME(get->from_ms), P_TIME(get->to_ms)));
    Onedoor__Charging__GetTakingsReply *reply = READER_REPLY(
        reader, call, Onedoor__Charging__GetTakingsReply, onedoor__charging__get_takings_reply);

    reply->orders = documents->orders;
    reply->receipts = documents->receipts;
    reply->paid_orders = documents->receipts; /* each payment has its receipt */
    add_books(reader, get, reply);
    return OUTCOME_OK;
}
