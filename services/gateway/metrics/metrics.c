/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/metrics/metrics.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/business.h"
#include "common/base/disk.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "services/gateway/metrics/known.h"

struct metrics {
    const struct config *config;
    struct client *client;
    struct http *http; /* whose figures are told */
    struct exchange_handler handler;
    struct http *port; /* where they are told */
    struct known known;
    int64_t ask_ms; /* when the services are asked next; monotonic */
};

bool metrics_wanted(const struct config *config)
{
    return config_number(config, "metrics_port") >= 0;
}

/* ---- asking */

static void health_came(void *context, const struct answer *answer)
{
    struct known_service *service = context;
    service->answers = answer->kind == ANSWER_OK;
    if (!service->answers)
        return;
    Onedoor__HealthReply *health =
        onedoor__health_reply__unpack(NULL, answer->packed.len, answer->packed.data);
    service->answers = health != NULL;
    if (health == NULL)
        return;
    if (service->health != NULL)
        onedoor__health_reply__free_unpacked(service->health, NULL);
    service->health = health;
    service->offset_ms = health->now_ms - business_ms();
}

static void board_came(void *context, const struct answer *answer)
{
    struct known *known = context;
    if (answer->kind != ANSWER_OK)
        return;
    if (known->board != NULL)
        onedoor__reporting__board_reply__free_unpacked(known->board, NULL);
    known->board =
        onedoor__reporting__board_reply__unpack(NULL, answer->packed.len, answer->packed.data);
}

static void due_came(void *context, const struct answer *answer)
{
    struct known *known = context;
    if (answer->kind != ANSWER_OK)
        return;
    if (known->due != NULL)
        onedoor__supervision__list_due_reply__free_unpacked(known->due, NULL);
    known->due =
        onedoor__supervision__list_due_reply__unpack(NULL, answer->packed.len, answer->packed.data);
}

static int every_ms(const struct metrics *metrics)
{
    return (int)config_number(metrics->config, "metrics_every_ms");
}

/* What is asked, and who takes the answer. */
struct question {
    const char *service; /* null: it follows from the message */
    const ProtobufCMessage *message;
    const ProtobufCMessageDescriptor *reply;
    void (*came)(void *context, const struct answer *);
    void *context;
};

static void ask(struct metrics *metrics, const struct question *question)
{
    client_ask(metrics->client, &(struct ask){
                                    .lane = LANE_QUERY,
                                    .service = question->service,
                                    .message = question->message,
                                    .reply = question->reply,
                                    .packed = true,
                                    .actor = {"gateway", ONEDOOR__ROLE__SUPERVISOR, "", 0},
                                    .timeout_ms = every_ms(metrics),
                                    .done = question->came,
                                    .context = question->context,
                                });
}

static void ask_all(struct metrics *metrics)
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    Onedoor__Reporting__Board board = ONEDOOR__REPORTING__BOARD__INIT;
    Onedoor__Supervision__ListDue due = ONEDOOR__SUPERVISION__LIST_DUE__INIT;
    struct known *known = &metrics->known;
    due.limit = 1; /* how many there are is said beside the lines */
    for (int i = 0; i < SERVICES; i++)
        ask(metrics,
            &(struct question){service_names[i], &health.base, &onedoor__health_reply__descriptor,
                               health_came, &known->services[i]});
    ask(metrics, &(struct question){NULL, &board.base, &onedoor__reporting__board_reply__descriptor,
                                    board_came, known});
    ask(metrics,
        &(struct question){NULL, &due.base, &onedoor__supervision__list_due_reply__descriptor,
                           due_came, known});
}

/* ---- answering */

static void answer_figures(struct metrics *metrics, struct exchange *exchange)
{
    size_t size;
    metrics->known.traffic = http_traffic(metrics->http);
    metrics->known.disk_free_bytes = disk_free_bytes(config_text(metrics->config, "home"));
    char *text = known_text(&metrics->known, &size);
    exchange_answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", text, size);
}

static void handle(void *context, struct exchange *exchange, const char *method, const char *path)
{
    if (strcmp(path, "/metrics") != 0)
        exchange_refuse(exchange, ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_PATH,
                        NULL);
    else if (strcmp(method, "GET") != 0)
        exchange_refuse(exchange, ONEDOOR__CODE__UNIMPLEMENTED,
                        ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_METHOD, NULL);
    else
        answer_figures(context, exchange);
}

/* A scraper reads the status alone. */
static void refuse_scrape(struct exchange *exchange, struct outcome outcome)
{
    int status = outcome.code == ONEDOOR__CODE__NOT_FOUND       ? 404
                 : outcome.code == ONEDOOR__CODE__UNIMPLEMENTED ? 405
                 : outcome.code == ONEDOOR__CODE__UNAVAILABLE   ? 503
                                                                : 400;
    exchange_answer(exchange, status, "text/plain; charset=utf-8", NULL, 0);
}

/* ---- opening and closing */

struct metrics *metrics_new(const struct config *config, struct client *client, struct http *http)
{
    struct metrics *metrics = calloc(1, sizeof *metrics);
    must(metrics != NULL);
    metrics->config = config;
    metrics->client = client;
    metrics->http = http;
    metrics->handler = (struct exchange_handler){handle, refuse_scrape, metrics, NULL};
    metrics->port = http_new(config, &(struct http_place){"metrics_address", "metrics_port", true},
                             &metrics->handler);
    if (metrics->port == NULL)
        metrics_free(&metrics);
    return metrics;
}

void metrics_free(struct metrics **pointer)
{
    struct metrics *metrics = *pointer;
    if (metrics == NULL)
        return;
    http_free(&metrics->port);
    for (int i = 0; i < SERVICES; i++)
        onedoor__health_reply__free_unpacked(metrics->known.services[i].health, NULL);
    onedoor__reporting__board_reply__free_unpacked(metrics->known.board, NULL);
    onedoor__supervision__list_due_reply__free_unpacked(metrics->known.due, NULL);
    free(metrics);
    *pointer = NULL;
}

int metrics_port(const struct metrics *metrics)
{
    return http_port(metrics->port);
}

void metrics_fds(const struct metrics *metrics, int fds[HTTP_FDS])
{
    http_fds(metrics->port, fds);
}

void metrics_turn(struct metrics *metrics)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms >= metrics->ask_ms) {
        metrics->ask_ms = now_ms + every_ms(metrics);
        ask_all(metrics);
    }
    http_turn(metrics->port);
}
