/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "services/gateway/http/language.h"

/* FIRST_ROOM: glibc keeps freed pieces of up to 1032 bytes at hand for the thread; larger ones cost
 * several times as much to get. */
enum { EXCHANGE_MEMORY = 4 << 20, SPARED = 64 << 10, FIRST_ROOM = 1000 };

/* ---- states */

enum trigger { HAND_OVER, SUSPEND, ANSWER, SEND, LEAVE, TRIGGERS };

/* EXCHANGE_NONE: impossible. */
static const enum exchange_state moves[EXCHANGE_STATES][TRIGGERS] = {
    [EXCHANGE_READING] =
        {[HAND_OVER] = EXCHANGE_WAITING, [ANSWER] = EXCHANGE_ANSWERED, [LEAVE] = EXCHANGE_OVER},
    [EXCHANGE_WAITING] =
        {[SUSPEND] = EXCHANGE_SUSPENDED, [ANSWER] = EXCHANGE_ANSWERED, [LEAVE] = EXCHANGE_LEFT},
    [EXCHANGE_SUSPENDED] = {[ANSWER] = EXCHANGE_ANSWERED},
    [EXCHANGE_LEFT] = {[ANSWER] = EXCHANGE_OVER},
    [EXCHANGE_ANSWERED] = {[SEND] = EXCHANGE_SENT, [LEAVE] = EXCHANGE_OVER},
    [EXCHANGE_SENT] = {[LEAVE] = EXCHANGE_OVER},
};

static bool is_handed_over(enum exchange_state state)
{
    return state == EXCHANGE_WAITING || state == EXCHANGE_SUSPENDED || state == EXCHANGE_LEFT;
}

/* Gives the state before. */
static enum exchange_state move(struct exchange *exchange, enum trigger trigger)
{
    enum exchange_state before = exchange->state, after = moves[before][trigger];
    if (after == EXCHANGE_NONE)
        panic("an exchange in state %d cannot have trigger %d", (int)before, (int)trigger);
    exchange->state = after;
    return before;
}

/* ---- memory */

static struct in_addr address_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    must(info != NULL && info->client_addr->sa_family == AF_INET); /* it listens on no other */
    return ((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr;
}

static struct arena *take_arena(struct exchanges *all)
{
    return all->n_spare > 0 ? all->spare[--all->n_spare] : arena_new_small(EXCHANGE_MEMORY);
}

/* One that has grown is freed. */
static void give_back_arena(struct exchange *exchange)
{
    struct exchanges *all = exchange->all;
    if (exchange->arena != NULL && all->n_spare < SPARE_ARENAS &&
        arena_used(exchange->arena) <= SPARED) {
        arena_reset(exchange->arena);
        all->spare[all->n_spare++] = exchange->arena;
        exchange->arena = NULL;
    }
    arena_free(&exchange->arena);
}

struct exchange *exchange_new(struct exchanges *all, struct MHD_Connection *connection)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    must(exchange != NULL);
    exchange->all = all;
    exchange->connection = connection;
    exchange->state = EXCHANGE_READING;
    exchange->began_ms = monotonic_ms();
    exchange->arena = take_arena(all);
    exchange->address = address_of(connection);
    return exchange;
}

static void exchange_free(struct exchange *exchange)
{
    must(exchange->state == EXCHANGE_OVER);
    give_back_arena(exchange);
    if (exchange->response != NULL)
        MHD_destroy_response(exchange->response);
    free(exchange->body);
    free(exchange);
}

void exchange_leave(struct exchange *exchange)
{
    move(exchange, LEAVE);
    exchange->connection = NULL;
    if (exchange->state == EXCHANGE_OVER)
        exchange_free(exchange);
}

void exchanges_sweep(struct exchanges *all)
{
    while (!LIST_EMPTY(&all->over)) {
        struct exchange *exchange = LIST_FIRST(&all->over);
        LIST_REMOVE(exchange, link);
        exchange_free(exchange);
    }
}

void exchanges_release(struct exchanges *all)
{
    must(LIST_EMPTY(&all->waiting));
    exchanges_sweep(all);
    while (all->n_spare > 0)
        arena_free(&all->spare[--all->n_spare]);
}

/* ---- the request */

void exchange_read(struct exchange *exchange, const char *data, size_t size)
{
    if (exchange->body_too_large || size > exchange->all->body_max - exchange->n_body) {
        exchange->body_too_large = true;
        return;
    }
    if (exchange->n_body + size > exchange->room) {
        size_t room = exchange->room == 0 ? FIRST_ROOM : exchange->room * 2;
        exchange->room = room > exchange->n_body + size ? room : exchange->n_body + size;
        exchange->body = realloc(exchange->body, exchange->room);
        must(exchange->body != NULL);
    }
    memcpy(exchange->body + exchange->n_body, data, size);
    exchange->n_body += size;
}

static const char *value_of(const struct exchange *exchange, enum MHD_ValueKind kind,
                            const char *name)
{
    return exchange->connection == NULL
               ? NULL
               : MHD_lookup_connection_value(exchange->connection, kind, name);
}

const char *exchange_header(const struct exchange *exchange, const char *name)
{
    return value_of(exchange, MHD_HEADER_KIND, name);
}

const char *exchange_cookie(const struct exchange *exchange, const char *name)
{
    return value_of(exchange, MHD_COOKIE_KIND, name);
}

struct visit {
    bool (*visit)(void *context, const struct exchange_parameter *);
    void *context;
};

static enum MHD_Result visit_parameter(void *context, enum MHD_ValueKind kind, const char *name,
                                       size_t name_size, const char *value, size_t value_size)
{
    const struct visit *visit = context;
    (void)kind;
    return visit->visit(visit->context,
                        &(struct exchange_parameter){name, value, name_size, value_size})
               ? MHD_YES
               : MHD_NO;
}

void exchange_parameters(const struct exchange *exchange,
                         bool (*visit)(void *context, const struct exchange_parameter *),
                         void *context)
{
    if (exchange->connection != NULL)
        MHD_get_connection_values_n(exchange->connection, MHD_GET_ARGUMENT_KIND, visit_parameter,
                                    &(struct visit){visit, context});
}

void exchange_hand_over(struct exchange *exchange, const char *method, const char *path)
{
    struct exchanges *all = exchange->all;
    all->handler->handle(all->handler->context, exchange, method, path);
    if (exchange->state != EXCHANGE_READING)
        return; /* it was answered at once */
    move(exchange, HAND_OVER);
    LIST_INSERT_HEAD(&all->waiting, exchange, link);
    all->n_waiting++;
    all->n_moved++;
}

void exchange_suspend(struct exchange *exchange)
{
    move(exchange, SUSPEND);
    MHD_suspend_connection(exchange->connection);
}

/* ---- the answer */

static void add_retry_after(const struct exchange *exchange, struct MHD_Response *response)
{
    char seconds[12];
    snprintf(seconds, sizeof seconds, "%d",
             exchange->retry_after_s == 0 ? RETRY_AFTER_S : exchange->retry_after_s);
    MHD_add_response_header(response, "Retry-After", seconds);
}

static const char *language_in(const struct exchange *exchange)
{
    return exchange->language != NULL
               ? exchange->language
               : language_tag(language_of(exchange_header(exchange, "Accept-Language")));
}

static void add_headers(const struct exchange *exchange, int status, const char *content_type,
                        struct MHD_Response *response)
{
    MHD_add_response_header(response, "Content-Type", content_type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    if (exchange->language != NULL || status >= 400)
        MHD_add_response_header(response, "Content-Language", language_in(exchange));
    if (exchange->policy != NULL) {
        MHD_add_response_header(response, "Content-Security-Policy", exchange->policy);
        MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    }
    for (int i = 0; i < EXCHANGE_COOKIES_MAX && exchange->set_cookies[i] != NULL; i++)
        MHD_add_response_header(response, "Set-Cookie", exchange->set_cookies[i]);
    if (exchange->seen != NULL)
        MHD_add_response_header(response, "Onedoor-Seen", exchange->seen);
    if (status == 401)
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    if (status == 429 || status == 503)
        add_retry_after(exchange, response);
    if (status == 405)
        MHD_add_response_header(response, "Allow",
                                exchange->allow == NULL ? "GET, HEAD" : exchange->allow);
    if (status == 400 || status == 413)
        MHD_add_response_header(response, "Connection", "close");
}

void exchange_respond(struct exchange *exchange, int status, struct MHD_Response *response)
{
    struct exchanges *all = exchange->all;
    enum exchange_state before = move(exchange, ANSWER);
    must(response != NULL);
    exchange->status = status;
    exchange->response = response;
    all->n_moved++;
    all->traffic.answered[status / 100 % STATUS_CLASSES]++;
    histogram_add(&all->traffic.requests, monotonic_ms() - exchange->began_ms);
    if (is_handed_over(before)) {
        LIST_REMOVE(exchange, link);
        all->n_waiting--;
    }
    if (before == EXCHANGE_SUSPENDED)
        MHD_resume_connection(exchange->connection);
    else if (before == EXCHANGE_LEFT)
        LIST_INSERT_HEAD(&all->over, exchange, link);
}

void exchange_answer(struct exchange *exchange, int status, const char *content_type, char *text,
                     size_t size)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, text, MHD_RESPMEM_MUST_FREE);
    must(response != NULL);
    add_headers(exchange, status, content_type, response);
    exchange_respond(exchange, status, response);
}

void exchange_refuse(struct exchange *exchange, Onedoor__Code code, Onedoor__Gateway__Refusal why,
                     const char *detail)
{
    exchange->all->handler->refuse(exchange,
                                   (struct outcome){code, (Onedoor__Reason)why, detail, NULL});
}

enum MHD_Result exchange_send(struct exchange *exchange)
{
    move(exchange, SEND);
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, (unsigned)exchange->status, exchange->response);
    MHD_destroy_response(exchange->response);
    exchange->response = NULL;
    give_back_arena(exchange); /* a stream may last for an hour */
    return result;
}
