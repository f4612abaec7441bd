/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/metrics/metrics.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/values/log.h"
#include "services/gateway/metrics/known.h"

enum { CONNECTIONS = 16, IDLE_S = 10 };

struct metrics {
    const struct config *config;
    struct client *client;
    struct http *http;
    struct MHD_Daemon *daemon;
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

static int64_t disk_free(const struct config *config)
{
    struct statvfs disk;
    return statvfs(config_text(config, "home"), &disk) == 0
               ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize
               : 0;
}

static struct MHD_Response *metrics_response(struct metrics *metrics)
{
    size_t size;
    metrics->known.traffic = http_traffic(metrics->http);
    metrics->known.disk_free_bytes = disk_free(metrics->config);
    char *text = known_text(&metrics->known, &size);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, text, MHD_RESPMEM_MUST_FREE);
    must(response != NULL);
    MHD_add_response_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    return response;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **begun)
{
    (void)version;
    (void)data;
    if (*begun == NULL || *size > 0) { /* a body is read over */
        *begun = context;
        *size = 0;
        return MHD_YES;
    }
    bool known = strcmp(path, "/metrics") == 0, reads = strcmp(method, "GET") == 0;
    struct MHD_Response *response =
        known && reads ? metrics_response(context)
                       : MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    must(response != NULL);
    enum MHD_Result result = MHD_queue_response(connection,
                                                !known   ? 404
                                                : !reads ? 405
                                                         : 200,
                                                response);
    MHD_destroy_response(response);
    return result;
}

/* ---- opening and closing */

static bool listen_on(struct metrics *metrics)
{
    const char *text = config_text(metrics->config, "metrics_address");
    int64_t port = config_number(metrics->config, "metrics_port");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, text, &address.sin_addr) == 1)
        metrics->daemon =
            MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, metrics, MHD_OPTION_SOCK_ADDR,
                             &address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                             MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_END);
    if (metrics->daemon == NULL)
        log_error(0, "metrics.listen", "cannot listen on %s:%lld", text, (long long)port);
    return metrics->daemon != NULL;
}

struct metrics *metrics_new(const struct config *config, struct client *client, struct http *http)
{
    struct metrics *metrics = calloc(1, sizeof *metrics);
    must(metrics != NULL);
    metrics->config = config;
    metrics->client = client;
    metrics->http = http;
    if (!listen_on(metrics))
        metrics_free(&metrics);
    return metrics;
}

void metrics_free(struct metrics **pointer)
{
    struct metrics *metrics = *pointer;
    if (metrics == NULL)
        return;
    if (metrics->daemon != NULL)
        MHD_stop_daemon(metrics->daemon);
    for (int i = 0; i < SERVICES; i++)
        onedoor__health_reply__free_unpacked(metrics->known.services[i].health, NULL);
    onedoor__reporting__board_reply__free_unpacked(metrics->known.board, NULL);
    onedoor__supervision__list_due_reply__free_unpacked(metrics->known.due, NULL);
    free(metrics);
    *pointer = NULL;
}

int metrics_port(const struct metrics *metrics)
{
    return MHD_get_daemon_info(metrics->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

int metrics_fd(const struct metrics *metrics)
{
    return MHD_get_daemon_info(metrics->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

void metrics_turn(struct metrics *metrics)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms >= metrics->ask_ms) {
        metrics->ask_ms = now_ms + every_ms(metrics);
        ask_all(metrics);
    }
    MHD_run(metrics->daemon);
}
