/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "services/gateway/http/language.h"
#include "services/gateway/http/request.h"

/* FIRST_ROOM: glibc keeps freed pieces of up to 1032 bytes at hand for the thread; larger ones cost
 * several times as much to get. */
enum { EXCHANGE_MEMORY = 4 << 20, SPARED = 64 << 10, FIRST_ROOM = 1000 };

/* ---- states */

enum trigger { HAND_OVER, ANSWER, LEAVE, TRIGGERS };

/* EXCHANGE_NONE: impossible. */
static const enum exchange_state moves[EXCHANGE_STATES][TRIGGERS] = {
    [EXCHANGE_READING] =
        {[HAND_OVER] = EXCHANGE_WAITING, [ANSWER] = EXCHANGE_ANSWERED, [LEAVE] = EXCHANGE_OVER},
    [EXCHANGE_WAITING] = {[ANSWER] = EXCHANGE_ANSWERED, [LEAVE] = EXCHANGE_LEFT},
    [EXCHANGE_LEFT] = {[ANSWER] = EXCHANGE_OVER},
    [EXCHANGE_ANSWERED] = {[LEAVE] = EXCHANGE_OVER},
};

static bool is_handed_over(enum exchange_state state)
{
    return state == EXCHANGE_WAITING || state == EXCHANGE_LEFT;
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

struct exchange *exchange_new(struct exchanges *all, struct connection *connection,
                              struct in_addr address)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    must(exchange != NULL);
    exchange->all = all;
    exchange->connection = connection;
    exchange->state = EXCHANGE_READING;
    exchange->began_ms = monotonic_ms();
    exchange->arena = take_arena(all);
    exchange->address = address;
    return exchange;
}

static void exchange_free(struct exchange *exchange)
{
    must(exchange->state == EXCHANGE_OVER);
    if (exchange->stream != NULL)
        exchange->drop_stream(&exchange->stream);
    give_back_arena(exchange);
    free(exchange->owned);
    free(exchange->body);
    free(exchange);
}

void exchange_leave(struct exchange *exchange)
{
    move(exchange, LEAVE);
    exchange->connection = NULL;
    exchange->request = NULL;
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
    if (exchange->n_body + size > exchange->room) {
        size_t room = exchange->room == 0 ? FIRST_ROOM : exchange->room * 2;
        exchange->room = room > exchange->n_body + size ? room : exchange->n_body + size;
        exchange->body = realloc(exchange->body, exchange->room);
        must(exchange->body != NULL);
    }
    memcpy(exchange->body + exchange->n_body, data, size);
    exchange->n_body += size;
}

bool exchange_is_left(const struct exchange *exchange)
{
    return exchange->state == EXCHANGE_LEFT;
}

bool exchange_takes_streams(const struct exchange *exchange)
{
    return exchange->request != NULL && !exchange->request->is_1_0;
}

const char *exchange_header(const struct exchange *exchange, const char *name)
{
    return exchange->request == NULL ? NULL : request_header(exchange->request, name);
}

const char *exchange_cookie(const struct exchange *exchange, const char *name)
{
    const char *at = exchange_header(exchange, "Cookie");
    size_t length = strlen(name);
    for (; at != NULL && *at != '\0'; at += strcspn(at, ";"), at += *at == ';') {
        at += strspn(at, " \t");
        if (strncmp(at, name, length) == 0 && at[length] == '=')
            return arena_printf(exchange->arena, "%.*s", (int)strcspn(at + length + 1, "; \t"),
                                at + length + 1);
    }
    return NULL;
}

void exchange_parameters(const struct exchange *exchange,
                         bool (*visit)(void *context, const struct exchange_parameter *),
                         void *context)
{
    char *rest =
        arena_strdup(exchange->arena, exchange->request == NULL ? "" : exchange->request->query);
    for (char *name; (name = strsep(&rest, "&")) != NULL;) {
        char *value = strchr(name, '=');
        if (*name == '\0')
            continue;
        if (value != NULL) {
            *value++ = '\0';
            request_unescape(value, true);
        }
        request_unescape(name, true);
        if (!visit(context, &(struct exchange_parameter){name, value}))
            return;
    }
}

void exchange_hand_over(struct exchange *exchange)
{
    struct exchanges *all = exchange->all;
    const struct request *request = exchange->request;
    all->handler->handle(all->handler->context, exchange, request->method, request->path);
    if (exchange->state != EXCHANGE_READING)
        return; /* it was answered at once */
    move(exchange, HAND_OVER);
    LIST_INSERT_HEAD(&all->waiting, exchange, link);
    all->n_waiting++;
    all->n_moved++;
}

/* ---- the head of the answer */

static const char *phrase_of(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {
        {200, "OK"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "";
}

static const char *date_now(struct exchanges *all)
{
    time_t now = time(NULL);
    struct tm parts;
    if (now != all->date_s)
        strftime(all->date, sizeof all->date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &parts));
    all->date_s = now;
    return all->date;
}

static void append(struct exchange *exchange, const char *text, size_t size)
{
    if (exchange->n_head + size > exchange->head_room) {
        size_t room = exchange->head_room * 2 + size + FIRST_ROOM;
        exchange->head = arena_grow(exchange->arena, exchange->head, exchange->n_head, room, 1);
        exchange->head_room = room;
    }
    memcpy(exchange->head + exchange->n_head, text, size);
    exchange->n_head += size;
}

void exchange_put(struct exchange *exchange, const char *name, const char *value)
{
    must(strpbrk(value, "\r\n") == NULL);
    append(exchange, name, strlen(name));
    append(exchange, ": ", 2);
    append(exchange, value, strlen(value));
    append(exchange, "\r\n", 2);
}

static void put_number(struct exchange *exchange, const char *name, size_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    exchange_put(exchange, name, text);
}

/* One that a browser obeys whatever it was led to ask for. */
static void put_protection(struct exchange *exchange)
{
    exchange_put(exchange, "X-Content-Type-Options", "nosniff");
    exchange_put(exchange, "Referrer-Policy", "no-referrer");
    exchange_put(exchange, "Cross-Origin-Resource-Policy", "same-origin");
    exchange_put(exchange, "Content-Security-Policy",
                 exchange->policy == NULL ? "default-src 'none'; frame-ancestors 'none'"
                                          : exchange->policy);
    if (exchange->policy != NULL)
        exchange_put(exchange, "Cross-Origin-Opener-Policy", "same-origin");
    if (exchange->all->secure)
        exchange_put(exchange, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static const char *language_in(const struct exchange *exchange)
{
    return exchange->language != NULL
               ? exchange->language
               : language_tag(language_of(exchange_header(exchange, "Accept-Language")));
}

static void put_what_status_says(struct exchange *exchange, int status)
{
    if (exchange->language != NULL || status >= 400)
        exchange_put(exchange, "Content-Language", language_in(exchange));
    if (status == 401)
        exchange_put(exchange, "WWW-Authenticate", "Bearer");
    if (status == 429 || status == 503)
        put_number(exchange, "Retry-After",
                   exchange->retry_after_s == 0 ? RETRY_AFTER_S : (size_t)exchange->retry_after_s);
    if (status == 405)
        exchange_put(exchange, "Allow", exchange->allow == NULL ? "GET, HEAD" : exchange->allow);
}

void exchange_begin(struct exchange *exchange, int status)
{
    char line[60];
    append(exchange, line,
           (size_t)snprintf(line, sizeof line, "HTTP/1.1 %d %s\r\n", status, phrase_of(status)));
    exchange->status = status;
    exchange_put(exchange, "Date", date_now(exchange->all));
    if (exchange->closes)
        exchange_put(exchange, "Connection", "close");
    put_protection(exchange);
    put_what_status_says(exchange, status);
    for (int i = 0; i < EXCHANGE_COOKIES_MAX && exchange->set_cookies[i] != NULL; i++)
        exchange_put(exchange, "Set-Cookie", exchange->set_cookies[i]);
    if (exchange->seen != NULL)
        exchange_put(exchange, "Onedoor-Seen", exchange->seen);
    if (exchange->disposition != NULL)
        exchange_put(exchange, "Content-Disposition", exchange->disposition);
}

/* ---- the answer */

static void tell_span(struct exchange *exchange)
{
    struct span *span = exchange->span;
    if (span == NULL)
        return;
    span->began_ms = exchange->began_ms;
    span->ended_ms = monotonic_ms();
    span->failed = exchange->status >= 500;
    spans_add(exchange->all->handler->spans, span);
}

static void finish(struct exchange *exchange)
{
    struct exchanges *all = exchange->all;
    append(exchange, "\r\n", 2);
    enum exchange_state before = move(exchange, ANSWER);
    all->n_moved++;
    all->traffic.answered[exchange->status / 100 % STATUS_CLASSES]++;
    histogram_add(&all->traffic.requests, monotonic_ms() - exchange->began_ms);
    tell_span(exchange);
    if (is_handed_over(before)) {
        LIST_REMOVE(exchange, link);
        all->n_waiting--;
    }
    if (before == EXCHANGE_LEFT)
        LIST_INSERT_HEAD(&all->over, exchange, link);
    else if (before == EXCHANGE_WAITING && exchange->connection != NULL)
        all->wake(exchange->connection);
}

void exchange_finish(struct exchange *exchange, const char *content, size_t size)
{
    exchange->content = content;
    exchange->n_content = size;
    if (exchange->status != 304)
        put_number(exchange, "Content-Length", size);
    finish(exchange);
}

void exchange_finish_stream(struct exchange *exchange, struct stream *stream,
                            void (*drop)(struct stream **))
{
    exchange->stream = stream;
    exchange->drop_stream = drop;
    exchange_put(exchange, "Transfer-Encoding", "chunked");
    finish(exchange);
}

void exchange_answer(struct exchange *exchange, int status, const char *content_type, char *text,
                     size_t size)
{
    exchange_begin(exchange, status);
    exchange_put(exchange, "Content-Type", content_type);
    exchange_put(exchange, "Cache-Control", "no-store");
    exchange->owned = text;
    exchange_finish(exchange, text, size);
}

void exchange_refuse(struct exchange *exchange, Onedoor__Code code, Onedoor__Gateway__Refusal why,
                     const char *detail)
{
    exchange->all->handler->refuse(exchange,
                                   (struct outcome){code, (Onedoor__Reason)why, detail, NULL});
}
