/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/values/case_number.h"
#include "common/values/money.h"
#include "common/wire/message.h"
#include "onedoor/envelope.pb-c.h"
#include "programs/restore/restore.h"

enum { REPLY_MEMORY = 1 << 20 };

/* ---- events, and the cases that they began */

struct lost_event {
    const char *type, *actor;
    int64_t seq, case_number, at_ms;
};
static const struct column event_columns[] = {
    COLUMN(lost_event, type, TEXT, 0),
    COLUMN(lost_event, actor, TEXT, 0),
    COLUMN(lost_event, seq, I64, 0),
    COLUMN(lost_event, case_number, I64, 0),
    COLUMN_AS(lost_event, at_ms, "at", TIME, 0),
};
static const struct shape event_shape = SHAPE(lost_event, event_columns);

static void print_event(void *context, void *row)
{
    const struct lost_event *event = row;
    char number[CASE_NUMBER_TEXT_SIZE], at[TIME_TEXT_SIZE];
    (void)context;
    case_number_format(event->case_number, number);
    restore_time(event->at_ms, at);
    if (strcmp(event->type, "intake.CaseReceived") == 0)
        printf("lost case %s, received %s by %s\n", number, at, event->actor);
    printf("event %lld %s %s %s by %s\n", (long long)event->seq, event->type,
           event->case_number == 0 ? "-" : number, at, event->actor);
}

/* ---- receipts: each is of one payment, and each case has one */

struct lost_receipt {
    int64_t number, case_number, amount_fen, at_ms;
    const char *cashier;
};
static const struct column receipt_columns[] = {
    COLUMN(lost_receipt, number, I64, 0),     COLUMN(lost_receipt, case_number, I64, 0),
    COLUMN(lost_receipt, amount_fen, I64, 0), COLUMN_AS(lost_receipt, at_ms, "at", TIME, 0),
    COLUMN(lost_receipt, cashier, TEXT, 0),
};
static const struct shape receipt_shape = SHAPE(lost_receipt, receipt_columns);

static void print_receipt(void *context, void *row)
{
    const struct lost_receipt *receipt = row;
    char number[CASE_NUMBER_TEXT_SIZE], at[TIME_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
    (void)context;
    printf("lost receipt %lld of case %s, %s yuan, %s by %s\n", (long long)receipt->number,
           case_number_format(receipt->case_number, number),
           money_format((struct money){receipt->amount_fen}, amount),
           restore_time(receipt->at_ms, at), receipt->cashier);
}

/* ---- commands: those whose keys the restored database does not have */

struct keys {
    const char *service;
    unsigned char (*list)[16]; /* of the restored database, in order */
    size_t n, room;
    int64_t lost;
    struct arena *arena;
};

static void note_key(void *context, void *row)
{
    struct keys *keys = context;
    if (keys->n == keys->room) {
        keys->room = keys->room == 0 ? 1024 : keys->room * 2;
        keys->list = reallocarray(keys->list, keys->room, sizeof *keys->list);
        must(keys->list != NULL);
    }
    memcpy(keys->list[keys->n++], ((const struct command_row *)row)->id, 16);
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

static void find_key(void *context, void *row)
{
    struct keys *keys = context;
    const struct command_row *command = row;
    char at[TIME_TEXT_SIZE];
    if (keys->n > 0 && bsearch(command->id, keys->list, keys->n, 16, by_bytes) != NULL)
        return;
    arena_reset(keys->arena);
    const Onedoor__Reply *reply =
        message_unpack(&onedoor__reply__descriptor, command->reply, keys->arena);
    keys->lost++;
    printf("command %s answered with %s, %s\n", keys->service,
           reply == NULL || reply->type[0] == '\0' ? "a refusal" : reply->type,
           restore_time(command->done_ms, at));
}

static int64_t list_commands(const struct restore *restore, const char *service)
{
    struct keys keys = {.service = service, .arena = arena_new(REPLY_MEMORY)};
    pgadmin_rows(restore->conn, service, &command_table, restore->centre, note_key, &keys);
    qsort(keys.list, keys.n, sizeof *keys.list, by_bytes);
    pgadmin_rows(restore->old, service, &command_table, restore->centre, find_key, &keys);
    free(keys.list);
    arena_free(&keys.arena);
    return keys.lost;
}

void restore_list_lost(const struct restore *restore)
{
    for (int i = 0; i < SERVICES; i++) {
        struct param since[] = {P_I16(restore->centre), P_I64(restore->ends[i].kept)};
        pgadmin_look_in(restore->old, service_names[i]);
        pgadmin_select(restore->old, &event_shape,
                       "from journal where centre = $1 and seq > $2 order by seq",
                       (struct params){since, 2}, print_event, NULL);
        if (strcmp(service_names[i], "charging") == 0)
            pgadmin_select(restore->old, &receipt_shape,
                           "from receipt r where centre = $1 and exists (select from journal j"
                           " where j.centre = r.centre and j.case_number = r.case_number"
                           " and j.type = 'charging.OrderPaid' and j.seq > $2) order by number",
                           (struct params){since, 2}, print_receipt, NULL);
    }
    for (int i = 0; i < SERVICES; i++) {
        int64_t lost = list_commands(restore, service_names[i]);
        if (lost > 0)
            printf("lost commands of %s: %lld\n", service_names[i], (long long)lost);
    }
}
