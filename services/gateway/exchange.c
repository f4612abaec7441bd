/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/exchange.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "onedoor/gateway.pb-c.h"

/* FIRST_ROOM: glibc keeps freed pieces of up to 1032 bytes at hand for the thread; larger ones cost
 * several times as much to come by. */
enum { EXCHANGE_MEMORY = 4 << 20, SPARED = 64 << 10, HEADER_SIZE = 200, FIRST_ROOM = 1000 };

static struct in_addr address_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    must(info != NULL && info->client_addr->sa_family == AF_INET); /* it listens on no other */
    return ((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr;
}

static struct arena *take_arena(struct gateway *gateway)
{
    return gateway->n_spare > 0 ? gateway->spare[--gateway->n_spare]
                                : arena_new_small(EXCHANGE_MEMORY);
}

/* One that has grown is let go. */
static void give_back_arena(struct exchange *exchange)
{
    struct gateway *gateway = exchange->gateway;
    if (exchange->arena != NULL && gateway->n_spare < SPARE_ARENAS &&
        arena_used(exchange->arena) <= SPARED) {
        arena_reset(exchange->arena);
        gateway->spare[gateway->n_spare++] = exchange->arena;
        exchange->arena = NULL;
    }
    arena_free(&exchange->arena);
}

struct exchange *exchange_new(struct gateway *gateway, struct MHD_Connection *connection)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    must(exchange != NULL);
    exchange->gateway = gateway;
    exchange->connection = connection;
    exchange->arena = take_arena(gateway);
    exchange->language = language_of(exchange_header(exchange, "Accept-Language"));
    exchange->address = address_of(connection);
    return exchange;
}

void exchange_free(struct exchange *exchange)
{
    if (exchange == NULL)
        return;
    must(exchange->state != EXCHANGE_WAITING);
    give_back_arena(exchange);
    free(exchange->body);
    free(exchange->text);
    free(exchange);
}

void exchange_leave(struct exchange *exchange)
{
    if (exchange != NULL && exchange->state == EXCHANGE_WAITING)
        exchange->connection = NULL;
    else
        exchange_free(exchange);
}

const char *exchange_header(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

void exchange_read(struct exchange *exchange, const char *data, size_t size)
{
    if (exchange->body_too_large || size > exchange->gateway->body_max - exchange->n_body) {
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

/* ---- waiting */

void exchange_wait(struct exchange *exchange)
{
    struct gateway *gateway = exchange->gateway;
    if (exchange->state == EXCHANGE_WAITING)
        return;
    exchange->state = EXCHANGE_WAITING;
    exchange->next = gateway->waiting;
    exchange->link = &gateway->waiting;
    if (exchange->next != NULL)
        exchange->next->link = &exchange->next;
    gateway->waiting = exchange;
    gateway->n_waiting++;
    gateway->moved++;
}

static void answered(struct exchange *exchange)
{
    must(exchange->state != EXCHANGE_ANSWERED);
    if (exchange->state == EXCHANGE_WAITING) {
        *exchange->link = exchange->next;
        if (exchange->next != NULL)
            exchange->next->link = exchange->link;
        exchange->gateway->n_waiting--;
    }
    exchange->gateway->moved++;
    exchange->state = EXCHANGE_ANSWERED;
    if (exchange->suspended) {
        exchange->suspended = false;
        MHD_resume_connection(exchange->connection);
    } else if (exchange->connection == NULL) {
        exchange->next = exchange->gateway->left;
        exchange->gateway->left = exchange;
    }
}

/* ---- answering */

static void answer_as(struct exchange *exchange, int status, json_t *object,
                      const char *content_type)
{
    char *text = object == NULL ? NULL : json_dumps(object, JSON_COMPACT);
    json_decref(object);
    exchange_answer_text(exchange, status, text, text == NULL ? 0 : strlen(text));
    exchange->content_type = content_type;
}

void exchange_answer(struct exchange *exchange, int status, json_t *object)
{
    answer_as(exchange, status, object, "application/json");
}

void exchange_answer_text(struct exchange *exchange, int status, char *text, size_t size)
{
    exchange->status = status;
    exchange->text = text;
    exchange->n_text = size;
    exchange->content_type = "application/json";
    answered(exchange);
}

/* "materials[2].name_zh" as it is called in JSON. */
static const char *field_name(const char *field, struct arena *arena)
{
    char *name = arena_strdup(arena, field), *to = name;
    for (const char *from = field; *from != '\0'; from++) {
        bool raise = *from == '_' && from[1] >= 'a' && from[1] <= 'z';
        *to++ = raise ? (char)(*++from - 'a' + 'A') : *from;
    }
    *to = '\0';
    return name;
}

json_t *problem_of(struct outcome outcome, enum language language, struct arena *arena)
{
    const char *reason = reason_name((int)outcome.reason);
    json_t *problem =
        json_pack("{ss ss si ss}", "type", arena_printf(arena, "urn:onedoor:reason:%s", reason),
                  "title", reason_sentence((int)outcome.reason, language), "status",
                  reason_status(outcome), "reason", reason);
    if (outcome.detail != NULL && outcome.detail[0] != '\0')
        json_object_set_new(problem, "detail", json_string(outcome.detail));
    if (outcome.field != NULL && outcome.field[0] != '\0')
        json_object_set_new(problem, "field", json_string(field_name(outcome.field, arena)));
    return problem;
}

void exchange_refuse(struct exchange *exchange, struct outcome outcome)
{
    answer_as(exchange, reason_status(outcome),
              problem_of(outcome, exchange->language, exchange->arena), "application/problem+json");
}

void exchange_refuse_as(struct exchange *exchange, Onedoor__Code code, int reason,
                        const char *detail)
{
    exchange_refuse(exchange, (struct outcome){code, (Onedoor__Reason)reason, detail, NULL});
}

/* ---- sending */

static void add_allow(const struct exchange *exchange, struct MHD_Response *response)
{
    char allow[HEADER_SIZE] = "";
    for (int i = 0; i < exchange->match.n_methods; i++)
        snprintf(allow + strlen(allow), sizeof allow - strlen(allow), "%s%s", i == 0 ? "" : ", ",
                 exchange->match.methods[i]);
    MHD_add_response_header(response, "Allow", allow[0] == '\0' ? "GET, HEAD" : allow);
}

static void add_headers(const struct exchange *exchange, struct MHD_Response *response)
{
    MHD_add_response_header(response, "Content-Type",
                            exchange->stream ? "text/event-stream" : exchange->content_type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    if (exchange->stream)
        MHD_add_response_header(response, "X-Accel-Buffering", "no");
    if (exchange->status >= 400)
        MHD_add_response_header(response, "Content-Language", language_tag(exchange->language));
    if (exchange->set_cookie != NULL)
        MHD_add_response_header(response, "Set-Cookie", exchange->set_cookie);
    if (exchange->status == 401)
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    if (exchange->status == 429 || exchange->status == 503)
        MHD_add_response_header(response, "Retry-After", "2");
    if (exchange->status == 405)
        add_allow(exchange, response);
    if (exchange->status == 400 || exchange->status == 413)
        MHD_add_response_header(response, "Connection", "close");
}

enum MHD_Result exchange_send(struct exchange *exchange)
{
    struct MHD_Response *response = NULL;
    if (exchange->stream)
        response = live_open(exchange->gateway->live, exchange->connection, &exchange->caller,
                             exchange_header(exchange, "Last-Event-ID"));
    if (exchange->stream && response == NULL) {
        exchange->stream = false;
        exchange->state = EXCHANGE_READING;
        exchange_refuse_as(exchange, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                           ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS,
                           "too many streams are open");
    }
    if (response == NULL)
        response = MHD_create_response_from_buffer(exchange->n_text, exchange->text,
                                                   MHD_RESPMEM_MUST_FREE);
    must(response != NULL);
    exchange->text = NULL;
    add_headers(exchange, response);
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, (unsigned)exchange->status, response);
    MHD_destroy_response(response);
    give_back_arena(exchange); /* a stream may last for an hour */
    return result;
}
