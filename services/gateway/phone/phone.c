/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/phone/phone.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/business.h"
#include "common/base/panic.h"
#include "common/values/case_number.h"
#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/gateway/http/pages.h"
#include "services/gateway/people/hall.h"
#include "services/gateway/phone/form.h"
#include "services/gateway/phone/style.h"
#include "services/gateway/phone/words.h"

#define ROOT "/p"

/* One request on its way: first intake is asked for the case, then all others at once for what
 * else its page says. It lives in the memory of its exchange. */
struct visit {
    struct phone *phone;
    struct exchange *exchange;
    struct page page;
    struct page_case of;
    struct guess guess; /* what was tried; without a number by code */
    int awaited;        /* answers that have not come yet */
};

/* ---- answers */

static void answer(struct visit *visit, int status, char *html, size_t size)
{
    pages_answer_html(visit->exchange, status, visit->page.language, html, size);
}

static void answer_form(struct visit *visit, int status, const char *fault)
{
    size_t size;
    char *html = page_form(&visit->page, fault, &size);
    answer(visit, status, html, size);
}

static void answer_fault(struct visit *visit, int status, enum word fault)
{
    answer_form(visit, status, word(fault, visit->page.language));
}

static void answer_too_often(struct visit *visit, int wait_s)
{
    enum language language = visit->page.language;
    visit->exchange->retry_after_s = wait_s;
    answer_form(visit, 429,
                arena_printf(visit->exchange->arena, "%s %d %s", word(WORD_TOO_OFTEN, language),
                             wait_s, word(WORD_SECONDS, language)));
}

static void answer_case(struct visit *visit)
{
    size_t size;
    visit->of.now_ms = business_ms();
    char *html = page_case(&visit->page, &visit->of, &size);
    answer(visit, 200, html, size);
}

/* ---- asking */

static void ask(struct visit *visit, const ProtobufCMessage *message,
                const ProtobufCMessageDescriptor *reply,
                void (*done)(void *context, const struct answer *))
{
    struct ask ask = {.lane = LANE_QUERY,
                      .message = message,
                      .reply = reply,
                      .packed = true,
                      .actor = {"public", ONEDOOR__ROLE__PUBLIC, "", 0},
                      .timeout_ms = visit->phone->answer_ms,
                      .done = done,
                      .context = visit};
    visit->awaited++;
    client_ask(visit->phone->client, &ask);
}

/* The answer in the memory of the exchange; null when there is none. */
static const void *read_answer(struct visit *visit, const ProtobufCMessageDescriptor *type,
                               const struct answer *answer)
{
    return answer->kind == ANSWER_OK ? message_unpack(type, answer->packed, visit->exchange->arena)
                                     : NULL;
}

/* The page is shown with what is known once every answer has come or has failed to. */
static void arrived(struct visit *visit)
{
    if (--visit->awaited == 0)
        answer_case(visit);
}

static void bill_came(void *context, const struct answer *reply)
{
    struct visit *visit = context;
    const Onedoor__Charging__GetOrderReply *order =
        read_answer(visit, &onedoor__charging__get_order_reply__descriptor, reply);
    if (order != NULL) {
        visit->of.bill_known = true;
        visit->of.bill_fen = order->due_fen;
    }
    arrived(visit);
}

static void deadline_came(void *context, const struct answer *reply)
{
    struct visit *visit = context;
    const Onedoor__Routing__ExplainDeadlineReply *deadline =
        read_answer(visit, &onedoor__routing__explain_deadline_reply__descriptor, reply);
    if (deadline != NULL) {
        visit->of.due_ms = deadline->due_ms;
        visit->of.due_provisional = deadline->provisional;
    }
    arrived(visit);
}

static void kind_came(struct job *job)
{
    struct visit *visit = job->context;
    struct phone *phone = visit->phone;
    if (is_ok(job->outcome)) {
        phone->hall.demonstration = ((const Onedoor__Gateway__Hall *)job->reply)->demonstration;
        phone->kind_known = true;
    }
    arrived(visit);
}

/* Asked once: a hall never changes its kind. */
static void ask_kind(struct visit *visit)
{
    struct job *job = ARENA_NEW(visit->exchange->arena, struct job);
    job->handler = hall_get;
    job->reply_type = &onedoor__gateway__hall__descriptor;
    job->arena = visit->exchange->arena;
    job->done = kind_came;
    job->context = visit;
    if (worker_submit(visit->phone->worker, job))
        visit->awaited++;
}

static void ask_rest(struct visit *visit)
{
    const Onedoor__Intake__GetProgressReply *progress = visit->of.progress;
    Onedoor__Charging__GetOrder order = ONEDOOR__CHARGING__GET_ORDER__INIT;
    Onedoor__Routing__ExplainDeadline deadline = ONEDOOR__ROUTING__EXPLAIN_DEADLINE__INIT;
    order.case_number = deadline.case_number = progress->case_number;
    visit->of.due_ms = progress->due_ms;
    visit->of.due_provisional = progress->due_provisional;
    visit->awaited++; /* until all have been asked */
    if (progress->state == ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE)
        ask(visit, &order.base, &onedoor__charging__get_order_reply__descriptor, bill_came);
    if (progress->state == ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL)
        ask(visit, &deadline.base, &onedoor__routing__explain_deadline_reply__descriptor,
            deadline_came);
    if (!visit->phone->kind_known)
        ask_kind(visit);
    arrived(visit);
}

static void progress_came(void *context, const struct answer *reply)
{
    struct visit *visit = context;
    bool unknown = reply->kind == ANSWER_REJECTED && reply->code != ONEDOOR__CODE__UNAVAILABLE &&
                   reply->code != ONEDOOR__CODE__RESOURCE_EXHAUSTED &&
                   reply->code != ONEDOOR__CODE__INTERNAL;
    bool by_code = visit->guess.case_number == 0;
    visit->awaited = 0;
    visit->of.progress =
        read_answer(visit, &onedoor__intake__get_progress_reply__descriptor, reply);
    if (!unknown && !by_code)
        guesses_right(visit->phone->guesses, &visit->guess);
    if (visit->of.progress != NULL)
        ask_rest(visit);
    else if (!unknown)
        answer_fault(visit, 503, WORD_UNAVAILABLE);
    else
        answer_fault(visit, 404, by_code ? WORD_NO_SUCH_CODE : WORD_NOT_FOUND);
}

static void ask_progress(struct visit *visit, const ProtobufCMessage *message)
{
    ask(visit, message, &onedoor__intake__get_progress_reply__descriptor, progress_came);
}

/* RULE H21: whoever guesses is slowed. */
static void guess_progress(struct visit *visit, const Onedoor__Intake__AskProgress *message)
{
    visit->guess.case_number = message->case_number;
    int wait_s = guesses_wait_s(visit->phone->guesses, &visit->guess);
    if (wait_s > 0)
        answer_too_often(visit, wait_s);
    else
        ask_progress(visit, &message->base);
}

/* ---- the three requests */

static void show_by_code(struct visit *visit, const char *code)
{
    Onedoor__Intake__AskProgressByCode message = ONEDOOR__INTAKE__ASK_PROGRESS_BY_CODE__INIT;
    message.code = (char *)code;
    ask_progress(visit, &message.base);
}

static void show_by_number(struct visit *visit)
{
    Onedoor__Intake__AskProgress message = ONEDOOR__INTAKE__ASK_PROGRESS__INIT;
    struct page *page = &visit->page;
    const struct exchange *exchange = visit->exchange;
    const struct bytes body = {(unsigned char *)exchange->body, exchange->n_body};
    page->number = form_field(body, "number", TIDY_LINE, exchange->arena);
    page->four = form_field(body, "four", TIDY_DOCUMENT, exchange->arena);
    size_t typed = strlen(page->four);
    const char *number = tidy(TIDY_CASE, page->number, exchange->arena);
    if (!case_number_parse(number, &message.case_number)) {
        answer_fault(visit, 400, WORD_NUMBER_WRONG);
    } else if (typed < 4) {
        answer_fault(visit, 400, WORD_FOUR_WRONG);
    } else {
        message.last_four =
            (char *)page->four + typed - 4; /* of a number that was typed whole too */
        guess_progress(visit, &message);
    }
}

static bool read_language(void *context, const struct exchange_parameter *parameter)
{
    enum language *language = context;
    if (strcmp(parameter->name, "lang") == 0 && parameter->value != NULL)
        *language = strcmp(parameter->value, "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
    return true;
}

static struct visit *visit_new(struct phone *phone, struct exchange *exchange, const char *path)
{
    struct visit *visit = ARENA_NEW(exchange->arena, struct visit);
    visit->phone = phone;
    visit->exchange = exchange;
    visit->page.hall = &phone->hall;
    visit->page.number = visit->page.four = "";
    visit->page.path = arena_strdup(exchange->arena, path);
    visit->page.language = language_of(exchange_header(exchange, "Accept-Language"));
    exchange_parameters(exchange, read_language, &visit->page.language);
    visit->guess.address = exchange->address;
    return visit;
}

bool phone_has(const char *path)
{
    return strcmp(path, ROOT) == 0 || strncmp(path, ROOT "/", sizeof ROOT) == 0;
}

void phone_handle(struct phone *phone, struct exchange *exchange, const char *method,
                  const char *path)
{
    bool posted = strcmp(method, "POST") == 0,
         read = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0,
         whole = strcmp(path, ROOT) == 0 || strcmp(path, ROOT "/") == 0;
    if (!read && !(posted && whole)) {
        exchange->allow = whole ? "GET, HEAD, POST" : "GET, HEAD";
        exchange_refuse(exchange, ONEDOOR__CODE__UNIMPLEMENTED,
                        ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_METHOD, NULL);
        return;
    }
    if (strcmp(path, phone->style.path) == 0) {
        pages_answer_file(exchange, &phone->style);
        return;
    }
    struct visit *visit = visit_new(phone, exchange, whole ? ROOT : path);
    if (posted)
        show_by_number(visit);
    else if (whole)
        answer_form(visit, 200, NULL);
    else
        show_by_code(visit, path + sizeof ROOT);
}

/* ---- opening */

static void init_style(struct phone *phone)
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    char hex[2 * sizeof hash + 1];
    size_t size = strlen(phone_style);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)phone_style, size, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    snprintf(phone->style_path, sizeof phone->style_path, ROOT "/style-%s.css", hex);
    phone->style = (struct file){.path = phone->style_path,
                                 .type = "text/css; charset=utf-8",
                                 .hashed = true,
                                 .copies = {{.data = (char *)phone_style, .size = size}}};
    snprintf(phone->style.copies[CODING_PLAIN].etag, ETAG_SIZE, "\"%s\"", hex);
}

void phone_init(struct phone *phone, const struct config *config)
{
    init_style(phone);
    phone->hall = (struct page_hall){
        .name = {[LANGUAGE_ZH] = config_text(config, "hall_name_zh"),
                 [LANGUAGE_EN] = config_text(config, "hall_name_en")},
        .hours = config_text(config, "hours"),
        .telephone = config_text(config, "hall_telephone"),
        .style_path = phone->style_path,
        .utc_offset_min = (int32_t)config_number(config, "utc_offset_min"),
    };
}
