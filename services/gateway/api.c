/* SPDX-License-Identifier: Apache-2.0 */
/* api.c: a request of the API on its way: who asks, may he, what does he ask, who answers. Every
 * step either goes on, answers, or waits. */
#include <arpa/inet.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/api/json.h"
#include "services/gateway/exchange.h"
#include "services/gateway/live/departments.h"
#include "services/gateway/people/secrets.h"
#include "services/gateway/people/sessions.h"

enum { PAGE = 100 };

#define COOKIE        "onedoor_session"
#define SECURE_COOKIE "__Host-onedoor_session" /* over TLS: bound to this very host by its name */

static void refuse_by(struct exchange *exchange, Onedoor__Code code, Onedoor__Gateway__Refusal why,
                      const char *detail)
{
    exchange_refuse_as(exchange, code, (int)why, detail);
}

static const char *cookie_name(const struct gateway *gateway)
{
    return gateway->tls ? SECURE_COOKIE : COOKIE;
}

/* ---- the answers of others */

static void say(struct exchange *exchange, char *text, size_t size)
{
    must(text != NULL);
    exchange_answer_text(exchange, 200, text, size);
}

static void say_done(struct exchange *exchange)
{
    say(exchange, strdup("{}"), 2);
}

static void say_message(struct exchange *exchange, const ProtobufCMessage *message)
{
    size_t size;
    char *text = json_of_message(message, &size);
    say(exchange, text, size);
}

/* RULE H21: a department sees a case when the case speaks of it. */
static bool may_see(const struct exchange *exchange, struct bytes reply)
{
    const struct api_route *route = exchange->match.route;
    return route->own != OWN_CASE || exchange->caller.department[0] == '\0' ||
           departments_include(route->reply, reply, exchange->caller.department);
}

static void say_reply(struct exchange *exchange, struct bytes reply)
{
    size_t size;
    char *text = NULL;
    if (reply.data != NULL && !may_see(exchange, reply))
        exchange_refuse_as(exchange, ONEDOOR__CODE__PERMISSION_DENIED,
                           ONEDOOR__REASON__OTHER_DEPARTMENT, NULL);
    else if (reply.data == NULL ||
             (text = json_of_packed(exchange->match.route->reply, reply, &size)) == NULL)
        exchange_refuse_as(exchange, ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__MALFORMED,
                           "what the service answered cannot be read");
    else
        say(exchange, text, size);
}

static void service_answered(void *context, const struct answer *answer)
{
    struct exchange *exchange = context;
    if (answer->kind == ANSWER_UNKNOWN)
        refuse_by(exchange, ONEDOOR__CODE__DEADLINE_EXCEEDED, ONEDOOR__GATEWAY__REFUSAL__NO_ANSWER,
                  answer->detail);
    else if (answer->kind == ANSWER_REJECTED)
        exchange_refuse(exchange, (struct outcome){answer->code, answer->reason, answer->detail,
                                                   answer->field});
    else if (exchange->match.route->reply == NULL)
        say_done(exchange);
    else
        say_reply(exchange, answer->packed);
}

static void ask_service(struct exchange *exchange)
{
    const struct api_route *route = exchange->match.route;
    const struct caller *caller = &exchange->caller;
    bool nobody = caller->role == ONEDOOR__ROLE__ROLE_UNSPECIFIED;
    struct ask ask = {.lane = route->asked == ASKED_COMMAND ? LANE_COMMAND : LANE_QUERY,
                      .message = exchange->message,
                      .reply = route->reply,
                      .packed = true,
                      .actor = {nobody ? "public" : caller->name,
                                nobody ? ONEDOOR__ROLE__PUBLIC : caller->role, caller->department,
                                caller->window},
                      .timeout_ms = exchange->gateway->answer_ms,
                      .done = service_answered,
                      .context = exchange};
    memcpy(ask.id, exchange->id, sizeof ask.id);
    exchange_wait(exchange);
    client_ask(exchange->gateway->client, &ask);
}

/* ---- the people's register */

static void set_cookie(struct exchange *exchange, const char *secret)
{
    const struct gateway *gateway = exchange->gateway;
    exchange->set_cookie = arena_printf(
        exchange->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", cookie_name(gateway),
        secret, gateway->tls ? "; Secure" : "", secret[0] == '\0' ? "; Max-Age=0" : "");
}

static void submit(struct exchange *exchange, job_handler *handler, void (*done)(struct job *))
{
    struct job *job = ARENA_NEW(exchange->arena, struct job);
    job->handler = handler;
    job->done = done;
    job->context = exchange;
    job->urgent = handler == session_authenticate;
    job->arena = exchange->arena;
    job->reply_type = exchange->match.route->reply;
    job->message = exchange->message;
    job->caller = exchange->caller;
    inet_ntop(AF_INET, &exchange->address, job->address, sizeof job->address);
    memcpy(job->key, exchange->id, sizeof job->key);
    exchange_wait(exchange);
    if (!worker_submit(exchange->gateway->worker, job))
        refuse_by(exchange, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                  ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS,
                  "too many wait for the people's register");
}

static void job_done(struct job *job)
{
    struct exchange *exchange = job->context;
    struct gateway *gateway = exchange->gateway;
    if (job->people_changed) {
        cache_clear(&gateway->callers);
        live_end(gateway->live, NULL);
    }
    if (job->signed_out) {
        cache_remove(&gateway->callers, exchange->secret);
        live_end(gateway->live, exchange->caller.hash);
        set_cookie(exchange, "");
    }
    if (job->secret[0] != '\0')
        set_cookie(exchange, job->secret);
    if (!is_ok(job->outcome))
        exchange_refuse(exchange, job->outcome);
    else if (job->reply == NULL)
        say_done(exchange);
    else
        say_message(exchange, job->reply);
    sodium_memzero(job->secret, sizeof job->secret);
}

/* ---- what is asked */

static struct outcome unknown_field(const char *name, const char *detail)
{
    return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_FIELD, name, detail);
}

struct query_walk {
    struct exchange *exchange;
    uint64_t seen;
    struct outcome outcome;
};

/* A name that is no UTF-8 cannot be repeated in the answer. */
static const char *shown(const char *name, struct arena *arena)
{
    json_t *readable = json_string(name);
    const char *copy = readable == NULL ? "" : arena_strdup(arena, name);
    json_decref(readable);
    return copy;
}

static enum MHD_Result read_parameter(void *context, enum MHD_ValueKind kind, const char *name,
                                      size_t name_size, const char *value, size_t value_size)
{
    struct query_walk *walk = context;
    struct exchange *exchange = walk->exchange;
    const struct api_route *route = exchange->match.route;
    const ProtobufCFieldDescriptor *field =
        route->request == NULL ? NULL : json_field(route->request, name);
    (void)kind;
    bool whole = strlen(name) == name_size && (value == NULL || strlen(value) == value_size);
    bool plain = field != NULL && field->label != PROTOBUF_C_LABEL_REPEATED &&
                 field->type != PROTOBUF_C_TYPE_MESSAGE;
    if (!whole || !plain || api_has_body(route) || api_in_path(route, name))
        walk->outcome = unknown_field(shown(name, exchange->arena), "there is no such parameter");
    else if ((walk->seen >> (field - route->request->fields) & 1) != 0)
        walk->outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, arena_strdup(exchange->arena, name),
                                "given twice");
    else
        walk->outcome =
            json_from_text(value == NULL ? "" : value, exchange->message, field, exchange->arena);
    if (field != NULL)
        walk->seen |= (uint64_t)1 << (field - route->request->fields);
    return is_ok(walk->outcome) ? MHD_YES : MHD_NO;
}

static struct outcome read_query(struct exchange *exchange)
{
    struct query_walk walk = {exchange, 0, OUTCOME_OK};
    MHD_get_connection_values_n(exchange->connection, MHD_GET_ARGUMENT_KIND, read_parameter, &walk);
    return walk.outcome;
}

static struct outcome read_path(struct exchange *exchange)
{
    const struct path_match *match = &exchange->match;
    struct outcome outcome = OUTCOME_OK;
    for (int i = 0; i < match->n && is_ok(outcome); i++) {
        const ProtobufCFieldDescriptor *field = json_field(match->route->request, match->names[i]);
        must(field != NULL);
        outcome = json_from_text(match->values[i], exchange->message, field, exchange->arena);
    }
    return outcome;
}

static struct outcome bad_json(const char *detail)
{
    return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__BAD_JSON, NULL, detail);
}

static struct outcome body_members(struct exchange *exchange, const json_t *body)
{
    const struct path_match *match = &exchange->match;
    for (int i = 0; i < match->n; i++) {
        const ProtobufCFieldDescriptor *field = json_field(match->route->request, match->names[i]);
        if (json_object_get(body, match->names[i]) != NULL ||
            json_object_get(body, field->name) != NULL)
            return unknown_field(match->names[i], "is given by the path");
    }
    return json_to_message(body, exchange->message, exchange->arena);
}

static struct outcome read_body(struct exchange *exchange)
{
    const char *type = exchange_header(exchange, "Content-Type");
    json_error_t error;
    if (exchange->n_body == 0)
        return OUTCOME_OK;
    /* A form of another site can send text, but not this type. */
    if (type == NULL || strncasecmp(type, "application/json", 16) != 0 ||
        (type[16] != '\0' && type[16] != ';' && type[16] != ' '))
        return bad_json("the Content-Type must be application/json");
    json_values_begin();
    const json_t *body =
        json_loadb(exchange->body, exchange->n_body, JSON_REJECT_DUPLICATES, &error);
    struct outcome outcome = body == NULL
                                 ? bad_json(arena_printf(exchange->arena, "line %d, column %d",
                                                         error.line, error.column))
                                 : body_members(exchange, body);
    json_values_end();
    return outcome;
}

/* RULE H21: whoever belongs to a department asks about that department. */
static struct outcome keep_to_department(struct exchange *exchange)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(
        exchange->match.route->request, "department");
    must(field != NULL);
    char **member = (char **)(void *)((char *)exchange->message + field->offset);
    if (exchange->caller.department[0] == '\0')
        return OUTCOME_OK;
    if ((*member)[0] != '\0' && strcmp(*member, exchange->caller.department) != 0)
        return (struct outcome){ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__OTHER_DEPARTMENT,
                                NULL, "department"};
    *member = exchange->caller.department;
    return OUTCOME_OK;
}

/* A UUID in its usual form. */
static bool parse_uuid(const char *text, unsigned char id[16])
{
    char digits[33];
    size_t n = 0, got;
    if (strlen(text) != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-'))
            return false;
        if (!dash)
            digits[n++] = text[i];
    }
    digits[n] = '\0';
    return sodium_hex2bin(id, 16, digits, n, NULL, &got, NULL) == 0 && got == 16 &&
           !sodium_is_zero(id, 16);
}

static struct outcome read_key(struct exchange *exchange)
{
    const char *key = exchange_header(exchange, "Idempotency-Key");
    if (!api_takes_key(exchange->match.route))
        return OUTCOME_OK;
    if (key == NULL && exchange->match.route->asked == ASKED_COMMAND)
        client_new_id(exchange->id);
    else if (key != NULL && !parse_uuid(key, exchange->id))
        return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__BAD_KEY, NULL, NULL);
    return OUTCOME_OK;
}

/* A list without a `limit` is a page of a hundred; the services want it said. */
static void default_limit(struct exchange *exchange)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(exchange->match.route->request, "limit");
    int32_t *limit =
        field == NULL ? NULL : (int32_t *)(void *)((char *)exchange->message + field->offset);
    if (limit != NULL && *limit == 0)
        *limit = PAGE;
}

static struct outcome read_message(struct exchange *exchange)
{
    exchange->message = json_new_message(exchange->match.route->request, exchange->arena);
    struct outcome outcome = read_key(exchange);
    if (is_ok(outcome))
        outcome = read_query(exchange);
    if (is_ok(outcome) && api_has_body(exchange->match.route))
        outcome = read_body(exchange);
    if (is_ok(outcome))
        outcome = read_path(exchange);
    if (is_ok(outcome) && exchange->match.route->own == OWN_DEPARTMENT)
        outcome = keep_to_department(exchange);
    default_limit(exchange);
    return outcome;
}

/* ---- who asks, and may he */

static struct outcome check_permission(const struct exchange *exchange)
{
    const struct api_route *route = exchange->match.route;
    const struct caller *caller = &exchange->caller;
    bool outside = route->permission == PERMISSION_SIGN_IN ||
                   route->permission == PERMISSION_OWN_ACCOUNT ||
                   route->permission == PERMISSION_SEE_PUBLISHED;
    if (!permission_given(route->permission, caller->role)) {
        if (caller->role == ONEDOOR__ROLE__ROLE_UNSPECIFIED)
            return deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED, NULL);
        return deny(ONEDOOR__REASON__NOT_ALLOWED, NULL);
    }
    if (caller->must_change_password && !outside)
        return deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__CHANGE_PASSWORD_FIRST, NULL);
    return OUTCOME_OK;
}

/* Who signs in has no token yet; a token of a machine is not sent by a browser of its own accord.
 */
static bool csrf_is_right(const struct exchange *exchange)
{
    const char *given = exchange_header(exchange, "X-CSRF-Token");
    const struct api_route *route = exchange->match.route;
    const char *right = exchange->caller.csrf;
    if (!api_is_unsafe(route) || !exchange->caller.by_session ||
        route->permission == PERMISSION_SIGN_IN)
        return true;
    return given != NULL && strlen(given) == strlen(right) &&
           sodium_memcmp(given, right, strlen(right)) == 0;
}

static void say_openapi(struct exchange *exchange)
{
    char *text = strdup(exchange->gateway->openapi);
    must(text != NULL);
    exchange_answer_text(exchange, 200, text, strlen(text));
}

static void go_on(struct exchange *exchange)
{
    const struct api_route *route = exchange->match.route;
    struct outcome outcome = check_permission(exchange);
    if (is_ok(outcome) && !csrf_is_right(exchange))
        outcome = deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__CSRF_TOKEN_NEEDED, NULL);
    if (is_ok(outcome))
        outcome = route->request == NULL ? read_query(exchange) : read_message(exchange);
    if (!is_ok(outcome)) {
        exchange_refuse(exchange, outcome);
        return;
    }
    switch (route->asked) {
    case ASKED_COMMAND:
    case ASKED_QUERY:
        ask_service(exchange);
        return;
    case ASKED_PEOPLE:
        submit(exchange, route->handler, job_done);
        return;
    case ASKED_EVENTS:
        exchange->stream = true;
        exchange_answer(exchange, 200, NULL);
        return;
    case ASKED_OPENAPI:
        say_openapi(exchange);
        return;
    }
}

static void authenticated(struct job *job)
{
    struct exchange *exchange = job->context;
    bool stale = (int)job->outcome.reason == ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED;
    if (is_ok(job->outcome)) {
        exchange->caller = job->caller;
        secret_csrf(exchange->secret, exchange->caller.csrf);
        cache_add(&exchange->gateway->callers, exchange->secret, &exchange->caller, monotonic_ms());
    } else if (stale && exchange->by_cookie) {
        exchange->caller =
            (struct caller){0}; /* an old cookie must not keep anybody from signing in */
    } else {
        exchange_refuse(exchange, job->outcome);
        return;
    }
    go_on(exchange);
}

/* "Authorization: Bearer <secret>" of a machine, or the session's cookie. */
static void read_secret(struct exchange *exchange)
{
    const char *bearer = exchange_header(exchange, "Authorization");
    const char *cookie = MHD_lookup_connection_value(exchange->connection, MHD_COOKIE_KIND,
                                                     cookie_name(exchange->gateway));
    exchange->by_cookie = bearer == NULL;
    if (bearer != NULL)
        snprintf(exchange->secret, sizeof exchange->secret, "%s",
                 strncasecmp(bearer, "Bearer ", 7) == 0 ? bearer + 7 : bearer);
    else if (cookie != NULL)
        snprintf(exchange->secret, sizeof exchange->secret, "%s", cookie);
}

static void authenticate(struct exchange *exchange)
{
    read_secret(exchange);
    if (exchange->secret[0] == '\0') {
        go_on(exchange);
        return;
    }
    const struct caller *caller =
        cache_find(&exchange->gateway->callers, exchange->secret, monotonic_ms());
    if (caller != NULL) {
        exchange->caller = *caller;
        go_on(exchange);
        return;
    }
    secret_hash(exchange->secret, exchange->caller.hash);
    submit(exchange, session_authenticate, authenticated);
}

void api_begin(struct exchange *exchange, const char *method, const char *path)
{
    api_match(method, path, &exchange->match);
    if (exchange->match.route == NULL && exchange->match.n_methods == 0)
        refuse_by(exchange, ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_PATH,
                  NULL);
    else if (exchange->match.route == NULL)
        refuse_by(exchange, ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_METHOD,
                  NULL);
    else
        authenticate(exchange);
}
