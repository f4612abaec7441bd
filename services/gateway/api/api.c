/* SPDX-License-Identifier: Apache-2.0 */
/* api.c: the steps of a call: each calls the next one, answers, or leaves the call to others. */
#include "services/gateway/api/api.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/values/log.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/api/access.h"
#include "services/gateway/api/amount.h"
#include "services/gateway/api/call.h"
#include "services/gateway/api/denying.h"
#include "services/gateway/api/export.h"
#include "services/gateway/api/guessing.h"
#include "services/gateway/api/input.h"
#include "services/gateway/api/json.h"
#include "services/gateway/api/leaving.h"
#include "services/gateway/api/openapi.h"
#include "services/gateway/api/pieces.h"
#include "services/gateway/api/problem.h"
#include "services/gateway/api/reasons.h"
#include "services/gateway/api/scan.h"
#include "services/gateway/api/seat.h"
#include "services/gateway/api/seeing.h"
#include "services/gateway/api/tracing.h"
#include "services/gateway/live/departments.h"
#include "services/gateway/people/secrets.h"
#include "services/gateway/people/sessions.h"
#include "services/gateway/people/vouch.h"

void api_init(struct api *api, bool secure)
{
    json_t *document = openapi_document(access_cookie_name(secure));
    api->secure = secure;
    api->openapi = json_dumps(document, JSON_COMPACT);
    must(api->openapi != NULL);
    json_decref(document);
    cache_init(&api->callers);
    pieces_init(&api->pieces);
    api->seen = seen_new();
}

void api_release(struct api *api)
{
    free(api->openapi);
    api->openapi = NULL;
    seen_free(&api->seen);
}

/* ---- answers */

static void answer(struct call *call, char *text, size_t size)
{
    must(text != NULL);
    exchange_answer(call->exchange, 200, "application/json", text, size);
}

void api_answer_message(struct call *call, const ProtobufCMessage *message)
{
    size_t size;
    char *text = json_of_message(message, &size);
    answer(call, text, size);
}

/* 503 is not logged: clients retry, and there may be thousands at once. */
static void log_failure(struct call *call, struct outcome outcome)
{
    const struct api_route *route = call->match.route;
    int status = reason_status(outcome);
    if (status < 500 || status == 503)
        return;
    tracing_of(call);
    log_trace(&call->trace);
    log_warn(0, "request.failed", "%s %s: %d %s%s%s", route->method, route->path, status,
             reason_name((int)outcome.reason), outcome.detail == NULL ? "" : ", ",
             outcome.detail == NULL ? "" : outcome.detail);
    log_trace(NULL);
}

void api_refuse(struct call *call, struct outcome outcome)
{
    log_failure(call, outcome);
    denying_record(call, outcome);
    export_drop(call);
    problem_answer(call->exchange, outcome);
}

static void refuse_call(struct call *call, Onedoor__Code code, int reason, const char *detail)
{
    api_refuse(call, (struct outcome){code, (Onedoor__Reason)reason, detail, NULL});
}

/* RULE H21: a department sees a case when the case names it. */
static bool may_see(const struct call *call, struct bytes reply)
{
    const struct api_route *route = call->match.route;
    return route->own != OWN_CASE || call->caller.department[0] == '\0' ||
           departments_include(route->reply, reply, call->caller.department);
}

static void answer_reply(struct call *call, struct bytes reply)
{
    size_t size;
    char *text = NULL;
    if (reply.data != NULL && !may_see(call, reply))
        refuse_call(call, ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__OTHER_DEPARTMENT,
                    NULL);
    else if (reply.data == NULL ||
             (text = json_of_packed(call->match.route->reply, reply, &size)) == NULL)
        refuse_call(call, ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__MALFORMED,
                    "what the service answered cannot be read");
    else
        answer(call, text, size);
}

/* ---- the service's answer */

/* With this mark the caller's next requests see the effect of his command. */
void api_refuse_answer(struct call *call, const struct answer *reply)
{
    if (reply->kind == ANSWER_UNKNOWN)
        refuse_call(call, ONEDOOR__CODE__DEADLINE_EXCEEDED, ONEDOOR__GATEWAY__REFUSAL__NO_ANSWER,
                    reply->detail);
    else
        api_refuse(call, (struct outcome){reply->code, reply->reason, reply->detail, reply->field});
}

static void send_ask(struct call *call)
{
    struct ask ask = api_ask_of(call);
    client_ask(call->api->client, &ask);
}

static void service_answered(void *context, const struct answer *reply)
{
    struct call *call = context;
    pieces_left(&call->api->pieces, call, send_ask);
    guessing_judge(call, reply);
    seeing_end(call, &reply->mark);
    if (reply->kind != ANSWER_OK)
        api_refuse_answer(call, reply);
    else if (call->match.route->reply == NULL)
        answer(call, strdup("{}"), 2);
    else if (!amount_is_awaited(call, reply))
        answer_reply(call, reply->packed);
}

struct ask api_ask_of(struct call *call)
{
    const struct api_route *route = call->match.route;
    const struct caller *caller = &call->caller;
    struct actor actor = {caller->name, caller->role, caller->department, caller->window};
    if (!caller_is_signed_in(caller))
        actor = (struct actor){"public", ONEDOOR__ROLE__PUBLIC, "", 0};
    struct ask ask = {.lane = route->asked == ASKED_COMMAND ? LANE_COMMAND : LANE_QUERY,
                      .service = input_service(call),
                      .message = call->message,
                      .reply = route->reply,
                      .packed = true,
                      .actor = actor,
                      .trace = tracing_of(call),
                      .seen = &call->seen,
                      .timeout_ms = call->api->answer_ms,
                      .done = service_answered,
                      .context = call};
    memcpy(ask.id, call->id, sizeof ask.id);
    return ask;
}

static void ask_service(struct call *call)
{
    if (scan_is_asked(call)) {
        scan_answer(call);
        return;
    }
    seeing_begin(call);
    if (pieces_enter(&call->api->pieces, call))
        send_ask(call);
}

/* ---- the register answers */

static void submit(struct call *call, enum worker_kind worker, job_handler *handler,
                   void (*done)(struct job *))
{
    struct job *job = ARENA_NEW(call->arena, struct job);
    job->handler = handler;
    job->reply_type = call->match.route->reply;
    job->message = call->message;
    job->arena = call->arena;
    job->caller = call->caller;
    inet_ntop(AF_INET, &call->exchange->address, job->address, sizeof job->address);
    if (handler != vouch_for) /* the service keeps its command's key */
        memcpy(job->key, call->id, sizeof job->key);
    job->urgent = handler == session_authenticate;
    if (handler != session_authenticate && access_device(call) != NULL)
        secret_hash(access_device(call), job->device);
    job->done = done;
    job->context = call;
    if (!worker_submit(call->api->workers[worker], job))
        refuse_call(call, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                    ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS,
                    "too many wait for the people's register");
}

void api_forget_callers(void *context)
{
    struct api *api = context;
    cache_clear(&api->callers);
    live_end(api->live, NULL);
}

static void job_done(struct job *job)
{
    struct call *call = job->context;
    struct api *api = call->api;
    if (job->people_changed)
        api_forget_callers(api);
    if (job->signed_out) {
        cache_remove(&api->callers, call->secret);
        live_end(api->live, call->caller.hash);
        call->exchange->set_cookies[0] = access_cookie(call, "");
    }
    if (job->secret[0] != '\0')
        call->exchange->set_cookies[0] = access_cookie(call, job->secret);
    if (job->new_device[0] != '\0')
        call->exchange->set_cookies[1] = access_device_cookie(call, job->new_device);
    call->exchange->retry_after_s = (int)((job->wait_ms + 999) / 1000);
    if (!is_ok(job->outcome)) {
        api_refuse(call, job->outcome);
    } else if (call->csv != NULL) {
        if (export_take(call, job->reply))
            submit(call, WORKER_ROWS, call->match.route->handler, job_done);
    } else if (leaving_is(call, job)) {
        leaving_release(call, job);
    } else if (job->reply == NULL) {
        answer(call, strdup("{}"), 2);
    } else {
        api_answer_message(call, job->reply);
    }
    sodium_memzero(job->secret, sizeof job->secret);
    sodium_memzero(job->new_device, sizeof job->new_device);
}

/* ---- the gateway itself answers */

/* The register knows the people whom the command names. */
static void vouched(struct job *job)
{
    struct call *call = job->context;
    if (is_ok(job->outcome))
        ask_service(call);
    else
        api_refuse(call, job->outcome);
}

static void answer_events(struct call *call)
{
    const char *position = exchange_header(call->exchange, "Last-Event-ID");
    if (!exchange_takes_streams(call->exchange))
        refuse_call(call, ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__GATEWAY__REFUSAL__HTTP_VERSION,
                    NULL);
    else if (!live_open(call->api->live, call->exchange, &call->caller, position))
        refuse_call(call, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                    ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS, "too many streams are open");
}

/* ---- the steps */

/* The service, the register or the gateway itself. */
static void ask_whom_it_concerns(struct call *call)
{
    const struct api_route *route = call->match.route;
    switch (route->asked) {
    case ASKED_COMMAND:
    case ASKED_QUERY:
        if (call->csv != NULL)
            export_ask(call);
        else if (vouch_is_needed(call->message))
            submit(call, WORKER_ROWS, vouch_for, vouched);
        else if (guessing_may(call))
            ask_service(call);
        else
            api_refuse(call, guessing_refused);
        return;
    case ASKED_PEOPLE:
        submit(call, WORKER_ROWS, route->handler, job_done);
        return;
    case ASKED_PASSWORD:
        submit(call, WORKER_PASSWORDS, route->handler, job_done);
        return;
    case ASKED_EVENTS:
        answer_events(call);
        return;
    case ASKED_OPENAPI:
        openapi_answer(call->exchange, call->api->openapi);
        return;
    }
}

/* Once the caller is known. Without the client's headers a command would lack its key, and be done
 * again when it is repeated. */
static void go_on(struct call *call)
{
    struct outcome outcome = access_check(call);
    if (exchange_is_left(call->exchange))
        outcome = refuse((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__STOPPING, NULL);
    if (is_ok(outcome))
        outcome = input_read(call);
    if (is_ok(outcome))
        outcome = seeing_read(call);
    if (!is_ok(outcome)) {
        api_refuse(call, outcome);
        return;
    }
    if (export_is_asked(call))
        export_begin(call);
    seat_check(call, ask_whom_it_concerns);
}

static void authenticated(struct job *job)
{
    struct call *call = job->context;
    bool stale = (int)job->outcome.reason == ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED;
    if (is_ok(job->outcome)) {
        call->caller = job->caller;
        secret_csrf(call->secret, call->caller.csrf);
        cache_add(&call->api->callers, call->secret, &call->caller, monotonic_ms());
    } else if (stale && call->by_cookie) {
        call->caller = (struct caller){0}; /* an old cookie must not prevent signing in */
    } else {
        api_refuse(call, job->outcome);
        return;
    }
    go_on(call);
}

static void authenticate(struct call *call)
{
    access_read_secret(call);
    if (call->secret[0] == '\0') {
        go_on(call);
        return;
    }
    const struct caller *caller = cache_find(&call->api->callers, call->secret, monotonic_ms());
    if (caller != NULL) {
        call->caller = *caller;
        go_on(call);
        return;
    }
    secret_hash(call->secret, call->caller.hash);
    submit(call, WORKER_ROWS, session_authenticate, authenticated);
}

/* The path is unknown, or not by this method. */
static void refuse_path(struct call *call)
{
    call->exchange->allow = route_allow(&call->match, call->arena);
    if (call->exchange->allow == NULL)
        refuse_call(call, ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_PATH, NULL);
    else
        refuse_call(call, ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_METHOD,
                    NULL);
}

void api_handle(struct api *api, struct exchange *exchange, const char *method, const char *path)
{
    struct call *call = ARENA_NEW(exchange->arena, struct call);
    call->api = api;
    call->secure = api->secure;
    call->exchange = exchange;
    call->arena = exchange->arena;
    route_match(method, path, &call->match);
    if (call->match.route == NULL) {
        refuse_path(call);
        return;
    }
    tracing_begin(call);
    authenticate(call);
}
