/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/readers.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/postgres/pg.h"
#include "common/postgres/pgstore.h"
#include "common/service/reader.h"
#include "common/values/day.h"
#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum {
    STATEMENTS_MAX = 64,
    PARAMS_MAX = 16,
    PARAM_BYTES = 48,
    REOPEN_MS = 200,
    RESULTS_MAX = 64,
    HOLD_MS = 5
};

struct reader_link {
    struct pgstore *store;
    struct pg *pg;
    const char *prepared[STATEMENTS_MAX]; /* SQL by its address; the index names the statement */
    int n_prepared;
    PGresult *results[RESULTS_MAX]; /* of the request in hand */
    int n_results;
    jmp_buf failed; /* where a failed statement ends the request */
    enum status status;
};

struct readers {
    struct bus *bus;
    const struct service *service;
    const struct config *config;
    const atomic_int *generation;
    int known; /* generation of the memory */
    struct mailbox box;
    int64_t held_ms; /* monotonic: when the first of the replies held back was ready */
    pthread_t thread;
    struct arena *arena, *memory_arena;
    struct reader reader;
    struct reader_link link;
    int64_t try_again_ms;
};

/* ---- asking the database */

static _Noreturn void fail(struct reader *reader, enum status status, const char *sql)
{
    log_error(0, "query.failed", "%s: %s", sql, PQerrorMessage(reader->link->pg->conn));
    reader->link->status = status;
    longjmp(reader->link->failed, 1);
}

static const char *statement(struct reader *reader, const char *sql)
{
    struct reader_link *link = reader->link;
    int i = 0;
    while (i < link->n_prepared && link->prepared[i] != sql)
        i++;
    const char *name = arena_printf(reader->arena, "q%d", i);
    if (i < link->n_prepared)
        return name;
    must(i < STATEMENTS_MAX);
    enum status status = pg_prepare(link->pg, name, sql, NULL, 0);
    if (status != STATUS_OK)
        fail(reader, status, sql);
    link->prepared[link->n_prepared++] = sql;
    return name;
}

static const char *format_time(struct arena *arena, int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                        parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                        (int)(ms % 1000));
}

static const char *format_day(struct arena *arena, int32_t n)
{
    struct ymd ymd = day_to_ymd((struct day){n});
    return arena_printf(arena, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
}

static const char *parameter(struct arena *arena, char type, va_list *args)
{
    switch (type) {
    case 's':
    case 'd':
        return arena_printf(arena, "%d", va_arg(*args, int));
    case 'b':
        return va_arg(*args, int) != 0 ? "t" : "f";
    case 'i':
        return arena_printf(arena, "%lld", (long long)va_arg(*args, int64_t));
    case 't':
        return va_arg(*args, const char *);
    case 'm': {
        int64_t ms = va_arg(*args, int64_t);
        return ms == 0 ? NULL : format_time(arena, ms);
    }
    case 'y': {
        int day = va_arg(*args, int);
        return day == 0 ? NULL : format_day(arena, day);
    }
    default:
        panic("no such parameter type: %c", type);
    }
}

struct rows_read *reader_ask(struct reader *reader, const char *sql, const char *types, ...)
{
    const char *values[PARAMS_MAX];
    int n = (int)strlen(types);
    va_list args;
    must(n <= PARAMS_MAX && reader->link->n_results < RESULTS_MAX);
    va_start(args, types);
    for (int i = 0; i < n; i++)
        values[i] = parameter(reader->arena, types[i], &args);
    va_end(args);
    const char *name = statement(reader, sql);
    struct rows_read *rows = ARENA_NEW(reader->arena, struct rows_read);
    PGresult *result = PQexecPrepared(reader->link->pg->conn, name, n, values, NULL, NULL, 0);
    rows->result = reader->link->results[reader->link->n_results++] = result;
    enum status status = pg_classify(reader->link->pg->conn, result);
    if (status != STATUS_OK)
        fail(reader, status, sql);
    rows->n = PQntuples(result);
    return rows;
}

const char *read_text(const struct rows_read *rows, int row, int column)
{
    return PQgetvalue((PGresult *)rows->result, row, column);
}

struct bytes read_bytes(struct reader *reader, const struct rows_read *rows, int row, int column)
{
    size_t len;
    if (read_null(rows, row, column))
        return (struct bytes){NULL, 0};
    unsigned char *data =
        PQunescapeBytea((const unsigned char *)read_text(rows, row, column), &len);
    if (data == NULL)
        panic("out of memory");
    struct bytes bytes = arena_bytes(reader->arena, (struct bytes){data, len});
    PQfreemem(data);
    return bytes;
}

bool read_null(const struct rows_read *rows, int row, int column)
{
    return PQgetisnull((PGresult *)rows->result, row, column) != 0;
}

bool read_bool(const struct rows_read *rows, int row, int column)
{
    return read_text(rows, row, column)[0] == 't';
}

int64_t read_int(const struct rows_read *rows, int row, int column)
{
    const char *text = read_text(rows, row, column);
    return text[0] == 't' ? 1 : strtoll(text, NULL, 10);
}

int32_t read_day(const struct rows_read *rows, int row, int column)
{
    int year, month, day;
    if (sscanf(read_text(rows, row, column), "%d-%d-%d", &year, &month, &day) != 3)
        return 0;
    return day_from_ymd(year, month, day).n;
}

/* The session's zone is UTC: "2022-01-13 02:00:00.123+00". */
int64_t read_time(const struct rows_read *rows, int row, int column)
{
    int year, month, day, hour, minute, second, used = 0;
    const char *text = read_text(rows, row, column);
    if (sscanf(text, "%d-%d-%d %d:%d:%d%n", &year, &month, &day, &hour, &minute, &second, &used) !=
        6)
        return 0;
    int64_t ms = (((int64_t)day_from_ymd(year, month, day).n * 24 + hour) * 60 + minute) * 60000 +
                 second * 1000;
    int scale = 100;
    if (text[used] == '.')
        for (const char *p = text + used + 1; *p >= '0' && *p <= '9' && scale > 0; p++, scale /= 10)
            ms += (*p - '0') * scale;
    return ms;
}

struct clock read_clock(const struct rows_read *rows, int row, int column)
{
    return (struct clock){
        .budget_min = (int32_t)read_int(rows, row, column),
        .used_min = (int32_t)read_int(rows, row, column + 1),
        .paused_min = (int32_t)read_int(rows, row, column + 2),
        .open_pauses = (int16_t)read_int(rows, row, column + 3),
        .started_ms = read_time(rows, row, column + 4),
        .running_since_ms = read_time(rows, row, column + 5),
        .paused_since_ms = read_time(rows, row, column + 6),
    };
}

/* ---- one request */

static const struct query *query_of(const struct service *service, const char *type)
{
    for (const struct query *query = service->queries; query != NULL && query->message != NULL;
         query++)
        if (strcmp(message_type(query->message), type) == 0)
            return query;
    return NULL;
}

static struct outcome failure(const struct readers *readers)
{
    if (readers->link.status == STATUS_FAILED)
        return (struct outcome){ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
                                "this could not be answered; the hall's operator is told", NULL};
    return (struct outcome){ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                            "the database is not reachable now", NULL};
}

/* A failed statement comes back here. Not inlined, so that nothing of the caller's is kept in
 * registers across the jump. */
static __attribute__((noinline)) struct outcome
run_query(struct readers *readers, const struct query *query, struct call *call)
{
    readers->link.status = STATUS_OK;
    readers->reader.status = STATUS_OK;
    if (setjmp(readers->link.failed) != 0)
        return failure(readers);
    struct outcome outcome = query->answer(&readers->reader, call);
    readers->link.status = readers->reader.status;
    return readers->link.status == STATUS_OK ? outcome : failure(readers);
}

static struct outcome answer(struct readers *readers, const struct request *request,
                             ProtobufCMessage **reply)
{
    const struct query *query = query_of(readers->service, request->type);
    void *message = NULL;
    if (query == NULL)
        return (struct outcome){ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__REASON__UNKNOWN_MESSAGE,
                                "no such query here", NULL};
    struct outcome outcome = edge_role(&request->actor, query->roles);
    if (is_ok(outcome))
        outcome = edge_body(request, query->message, query->check, readers->arena, &message);
    if (!is_ok(outcome))
        return outcome;
    if (readers->link.store == NULL)
        return (struct outcome){ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                                "the database is not reachable now", NULL};
    struct call call = {&request->actor, message, NULL};
    outcome = run_query(readers, query, &call);
    *reply = call.reply;
    return outcome;
}

static void close_link(struct readers *readers)
{
    pgstore_free(&readers->link.store);
    readers->link.n_prepared = 0;
}

static void open_link(struct readers *readers)
{
    if (readers->link.store != NULL && readers->known == atomic_load(readers->generation))
        return;
    if (readers->link.store == NULL && monotonic_ms() < readers->try_again_ms)
        return;
    int generation = atomic_load(readers->generation);
    close_link(readers);
    enum status status =
        pgstore_open(&readers->link.store, readers->service, readers->config, false);
    arena_free(&readers->memory_arena);
    readers->memory_arena = arena_new((size_t)config_number(readers->config, "memory_max"));
    if (status == STATUS_OK && readers->service->open != NULL)
        status = readers->service->open(pgstore_store(readers->link.store), readers->config,
                                        readers->memory_arena, &readers->reader.memory);
    if (status != STATUS_OK) {
        close_link(readers);
        readers->try_again_ms = monotonic_ms() + REOPEN_MS;
        return;
    }
    readers->link.pg = pgstore_link(readers->link.store);
    readers->reader.read = pgstore_read(readers->link.store);
    readers->known = generation;
}

static void serve_one(struct readers *readers, struct letter *letter)
{
    struct request request;
    ProtobufCMessage *reply = NULL;
    open_link(readers);
    readers->reader.now_ms = business_ms();
    struct outcome outcome = bus_read(letter, readers->arena, &request);
    if (is_ok(outcome) && (letter->kind & (PEER_DESK | PEER_OPERATOR)) == 0)
        outcome = deny(ONEDOOR__REASON__NOT_ALLOWED, "this caller may not ask this");
    if (is_ok(outcome))
        outcome = answer(readers, &request, &reply);
    struct bytes out = edge_reply(request.id, outcome, reply, readers->arena);
    if (out.len > MESSAGE_MAX_BYTES)
        out = edge_reply(request.id,
                         invalid(ONEDOOR__REASON__TOO_LARGE, "limit",
                                 "the answer is larger than a frame: ask for less"),
                         NULL, readers->arena);
    bus_reply(&readers->box, &letter->from, out);
    for (int i = 0; i < readers->link.n_results; i++)
        PQclear(readers->link.results[i]);
    readers->link.n_results = 0;
    if (readers->link.status != STATUS_OK && readers->link.status != STATUS_FAILED)
        close_link(readers);
    arena_reset(readers->arena);
}

/* Those who ask at once are answered at once; but nobody waits long for the others' queries, and
 * who comes alone for nobody. */
static bool held_long_enough(struct readers *readers)
{
    int64_t now_ms = monotonic_ms();
    if (readers->box.replies.n == 1)
        readers->held_ms = now_ms;
    return now_ms - readers->held_ms >= HOLD_MS;
}

static void *run(void *context)
{
    struct readers *readers = context;
    struct letter letter;
    enum status status;
    while ((status = bus_receive(readers->bus, &readers->box, &letter,
                                 readers->box.replies.n > 0 ? ZMQ_DONTWAIT : 0)) != STATUS_LOST) {
        if (status == STATUS_OK) {
            serve_one(readers, &letter);
            bus_drop(&letter);
        }
        if (status != STATUS_OK || held_long_enough(readers))
            bus_flush(&readers->box);
    }
    close_link(readers);
    bus_unbind(&readers->box);
    return NULL;
}

struct readers *readers_start(struct bus *bus, const struct service *service,
                              const struct config *config, const atomic_int *generation)
{
    struct readers *readers = calloc(1, sizeof *readers);
    must(readers != NULL);
    readers->bus = bus;
    readers->service = service;
    readers->config = config;
    readers->generation = generation;
    readers->arena = arena_new((size_t)config_number(config, "memory_max"));
    readers->reader = (struct reader){.arena = readers->arena,
                                      .config = config,
                                      .centre = (int16_t)config_number(config, "centre"),
                                      .link = &readers->link};
    if (bus_bind(bus, service->name, LANE_QUERY, &readers->box) &&
        pthread_create(&readers->thread, NULL, run, readers) == 0)
        return readers;
    bus_unbind(&readers->box);
    arena_free(&readers->arena);
    free(readers);
    return NULL;
}

void readers_stop(struct readers **readers)
{
    if (*readers == NULL)
        return;
    pthread_join((*readers)->thread, NULL);
    arena_free(&(*readers)->arena);
    arena_free(&(*readers)->memory_arena);
    free(*readers);
    *readers = NULL;
}
