/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c: invariant 1. Every stored reply can be read and belongs to its key; what a reply
 * acknowledges is in the service's journal, as often as it was acknowledged; each case number or
 * receipt was given to one command only, and exists.
 *
 * Keys are kept for a while (keys_kept_days), so only what was done later than the oldest key is
 * counted. */
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/seal.h"
#include "common/base/service_names.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/wire/message.h"
#include "onedoor/approval.pb-c.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/verify/verify.h"

enum { REPLY_MEMORY = 1 << 20 };

/* Which reply acknowledges what. `given`: the number that it hands out, to nobody else; `there`
 * lists all that exist. */
struct promise {
    const char *service;
    const ProtobufCMessageDescriptor *reply;
    const char *events; /* how many, later than $2 */
    int64_t (*given)(const void *reply);
    const char *there;
};

/* clang-format off */
#define EVENTS(service, type) \
    "select count(*) from " service ".journal" \
    " where centre = $1 and at > $2 and type = '" service "." type "'"
#define ASKED(service) \
    "select count(*) from " service ".journal" \
    " where centre = $1 and at > $2 and type = 'approval.Asked'"
/* clang-format on */

static int64_t given_case(const void *reply)
{
    return ((const Onedoor__Intake__SubmitReply *)reply)->case_number;
}

static int64_t given_receipt(const void *reply)
{
    return ((const Onedoor__Charging__PayReply *)reply)->receipt;
}

/* clang-format off */
static const struct promise promises[] = {
    {"intake", &onedoor__intake__submit_reply__descriptor, EVENTS("intake", "CaseReceived"),
     given_case, "from intake.cases where centre = $1 order by number"},
    {"intake", &onedoor__intake__publish_item_reply__descriptor, EVENTS("intake", "ItemPublished"), NULL, NULL},
    {"routing", &onedoor__routing__decide_reply__descriptor, EVENTS("routing", "TaskDecided"), NULL, NULL},
    {"charging", &onedoor__charging__pay_reply__descriptor, EVENTS("charging", "OrderPaid"),
     given_receipt, "from charging.receipt where centre = $1 order by number"},
    {"charging", &onedoor__approval__waiting__descriptor, ASKED("charging"), NULL, NULL},
    {"intake", &onedoor__approval__waiting__descriptor, ASKED("intake"), NULL, NULL},
    {"routing", &onedoor__approval__waiting__descriptor, ASKED("routing"), NULL, NULL},
};
/* clang-format on */

enum { PROMISES = sizeof promises / sizeof promises[0] };

/* Numbers given out, to be sorted. */
struct numbers {
    int64_t *list;
    size_t n, room;
};

struct keys {
    struct verify *verify;
    const char *service;
    struct arena *arena;
    int64_t oldest_ms;
    int64_t acknowledged[PROMISES], of_oldest[PROMISES];
    struct numbers given[PROMISES];
};

static void note(struct numbers *numbers, int64_t number)
{
    if (numbers->n == numbers->room) {
        numbers->room = numbers->room == 0 ? 1024 : numbers->room * 2;
        numbers->list = reallocarray(numbers->list, numbers->room, sizeof *numbers->list);
        must(numbers->list != NULL);
    }
    numbers->list[numbers->n++] = number;
}

static int promise_of(const char *service, const char *type)
{
    for (int i = 0; i < PROMISES; i++)
        if (strcmp(promises[i].service, service) == 0 &&
            strcmp(message_type(promises[i].reply), type) == 0)
            return i;
    return -1;
}

static bool take_body(struct keys *keys, int promise, const Onedoor__Reply *reply)
{
    const void *body = message_unpack(
        promises[promise].reply, (struct bytes){reply->body.data, reply->body.len}, keys->arena);
    if (body != NULL && promises[promise].given != NULL)
        note(&keys->given[promise], promises[promise].given(body));
    return body != NULL;
}

/* The text of a key, for a person. */
static const char *id_text(const unsigned char id[16], char text[33])
{
    for (int i = 0; i < 16; i++)
        for (int half = 0; half < 2; half++)
            text[2 * i + half] = "0123456789abcdef"[half == 0 ? id[i] >> 4 : id[i] & 15];
    text[32] = '\0';
    return text;
}

/* RULE H21: a reply with personal data is kept sealed, and begins with its key's id, as no message
 * does. It opens only where the service's secret is. */
static bool is_sealed(struct bytes reply)
{
    return reply.len > SEAL_EXTRA_BYTES && seal_id(reply) == SEAL_BRIEF;
}

static void take_key(void *context, void *data)
{
    struct keys *keys = context;
    const struct command_row *row = data;
    char text[33];
    arena_reset(keys->arena);
    if (is_sealed(row->reply)) {
        keys->verify->finding->checked++;
        return;
    }
    const Onedoor__Reply *reply =
        message_unpack(&onedoor__reply__descriptor, row->reply, keys->arena);
    keys->verify->finding->checked++;
    if (reply == NULL || reply->id.len != sizeof row->id ||
        memcmp(reply->id.data, row->id, sizeof row->id) != 0) {
        verify_broken(keys->verify, "the reply to %s of %s cannot be read, or is another's",
                      id_text(row->id, text), keys->service);
        return;
    }
    int promise = reply->code == ONEDOOR__CODE__OK ? promise_of(keys->service, reply->type) : -1;
    if (promise < 0)
        return;
    if (!take_body(keys, promise, reply))
        verify_broken(keys->verify, "the %s in the reply to %s cannot be read", reply->type,
                      id_text(row->id, text));
    keys->acknowledged[promise]++;
    keys->of_oldest[promise] += row->done_ms == keys->oldest_ms;
}

/* ---- what was acknowledged is there as often */

static void compare_counts(struct keys *keys, int promise)
{
    const struct verify *verify = keys->verify;
    int64_t there = pgadmin_number(verify->conn, promises[promise].events,
                                   PARAMS(P_I16(verify->centre), P_TIME(keys->oldest_ms))),
            acknowledged = keys->acknowledged[promise] - keys->of_oldest[promise];
    if (there != acknowledged)
        verify_broken(keys->verify, "%s: %lld acknowledged, %lld in the journal",
                      message_type(promises[promise].reply), (long long)acknowledged,
                      (long long)there);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Compare the sorted numbers given with the sorted numbers there. */
struct walk {
    struct keys *keys;
    struct numbers *given;
    const char *type;
    size_t at;
};

struct there_row {
    int64_t number;
};
static const struct column there_columns[] = {COLUMN(there_row, number, I64, 0)};
static const struct shape there_shape = SHAPE(there_row, there_columns);

static void step_to(void *context, void *row)
{
    struct walk *walk = context;
    int64_t there = ((const struct there_row *)row)->number;
    for (; walk->at < walk->given->n && walk->given->list[walk->at] < there; walk->at++)
        verify_broken(walk->keys->verify, "%s gave out %lld, which is not there", walk->type,
                      (long long)walk->given->list[walk->at]);
    if (walk->at < walk->given->n && walk->given->list[walk->at] == there)
        walk->at++;
    /* a number given twice is less than the next one there, and so is found above */
}

static void compare_given(struct keys *keys, int promise)
{
    struct walk walk = {keys, &keys->given[promise], message_type(promises[promise].reply), 0};
    qsort(walk.given->list, walk.given->n, sizeof *walk.given->list, by_number);
    pgadmin_select(keys->verify->conn, &there_shape, promises[promise].there,
                   PARAMS(P_I16(keys->verify->centre)), step_to, &walk);
    for (; walk.at < walk.given->n; walk.at++)
        verify_broken(keys->verify, "%s gave out %lld, which is not there or was given before",
                      walk.type, (long long)walk.given->list[walk.at]);
}

struct oldest_row {
    int64_t done_ms;
};
static const struct column oldest_columns[] = {
    COLUMN_AS(oldest_row, done_ms, "min(done_at)", TIME, 0)};
static const struct shape oldest_shape = SHAPE(oldest_row, oldest_columns);

static void take_oldest(void *context, void *row)
{
    *(int64_t *)context = ((const struct oldest_row *)row)->done_ms;
}

static int64_t oldest_key_ms(struct verify *verify, int service)
{
    static const char *const commands[SERVICES] = {
        "from intake.command where centre = $1",    "from routing.command where centre = $1",
        "from charging.command where centre = $1",  "from supervision.command where centre = $1",
        "from reporting.command where centre = $1",
    };
    int64_t oldest_ms = 0;
    pgadmin_select(verify->conn, &oldest_shape, commands[service], PARAMS(P_I16(verify->centre)),
                   take_oldest, &oldest_ms);
    return oldest_ms;
}

void verify_commands(struct verify *verify)
{
    verify->finding->things = "commands";
    for (int i = 0; i < SERVICES; i++) {
        struct keys keys = {
            .verify = verify, .service = service_names[i], .arena = arena_new(REPLY_MEMORY)};
        keys.oldest_ms = oldest_key_ms(verify, i);
        pgadmin_rows(verify->conn, service_names[i], &command_table, verify->centre, take_key,
                     &keys);
        for (int promise = 0; promise < PROMISES; promise++) {
            if (strcmp(promises[promise].service, service_names[i]) == 0 && keys.oldest_ms != 0)
                compare_counts(&keys, promise);
            if (keys.given[promise].n > 0)
                compare_given(&keys, promise);
            free(keys.given[promise].list);
        }
        arena_free(&keys.arena);
    }
}
