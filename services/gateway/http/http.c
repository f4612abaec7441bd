/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/http.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/values/log.h"
#include "services/gateway/http/headers.h"
#include "services/gateway/http/rate.h"
#include "services/gateway/http/stream.h"

enum { BACKLOG = 1024, TLS_FILE_MAX = 65536, LOOKS_MAX = 32, MANY = 8, LAST_TURNS = 50 };

struct http {
    struct MHD_Daemon *daemon;
    struct exchanges exchanges;
    struct streams streams;
    struct rate rate;
    bool gathers; /* it may be busy (setting gather_ms) */
    bool stopping;
};

static bool is_busy(const struct http *http)
{
    return http->gathers && http->exchanges.n_moved + http->exchanges.n_waiting >= MANY;
}

/* ---- requests */

static enum MHD_Result begin(struct http *http, struct MHD_Connection *connection,
                             const char *version, void **context)
{
    struct exchange *exchange = *context = exchange_new(&http->exchanges, connection);
    long long length;
    const char *fault = headers_fault(connection, version, &length);
    if (fault != NULL)
        exchange_refuse(exchange, ONEDOOR__CODE__INVALID_ARGUMENT,
                        ONEDOOR__GATEWAY__REFUSAL__BAD_REQUEST, fault);
    else if (length > (long long)http->exchanges.body_max)
        exchange_refuse(exchange, ONEDOOR__CODE__INVALID_ARGUMENT,
                        ONEDOOR__GATEWAY__REFUSAL__BODY_TOO_LARGE, NULL);
    else if (!rate_allows(&http->rate, exchange->address.s_addr, monotonic_ms()))
        exchange_refuse(exchange, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                        ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS, NULL);
    else if (http->stopping)
        exchange_refuse(exchange, ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__STOPPING,
                        NULL);
    else
        return MHD_YES;
    return exchange_send(exchange);
}

static void finish_reading(const struct http *http, struct exchange *exchange, const char *method,
                           const char *path)
{
    if (http->stopping)
        exchange_refuse(exchange, ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__STOPPING,
                        NULL);
    else if (exchange->body_too_large)
        exchange_refuse(exchange, ONEDOOR__CODE__INVALID_ARGUMENT,
                        ONEDOOR__GATEWAY__REFUSAL__BODY_TOO_LARGE, NULL);
    else
        exchange_hand_over(exchange, method, path);
}

/* The library calls it with the headers, with each piece of the body, at the body's end, and then
 * in every turn until the exchange is answered or its connection suspended. */
static enum MHD_Result handle(void *of_daemon, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **context)
{
    struct http *http = of_daemon;
    struct exchange *exchange = *context;
    if (exchange == NULL)
        return begin(http, connection, version, context);
    if (*size > 0) {
        exchange_read(exchange, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (exchange->state == EXCHANGE_READING)
        finish_reading(http, exchange, method, path);
    if (exchange->state == EXCHANGE_ANSWERED)
        return exchange_send(exchange);
    if (!is_busy(http) || exchange->looks++ >= LOOKS_MAX)
        exchange_suspend(exchange);
    return MHD_YES;
}

static void completed(void *of_daemon, struct MHD_Connection *connection, void **context,
                      enum MHD_RequestTerminationCode how)
{
    (void)of_daemon;
    (void)connection;
    (void)how;
    if (*context != NULL)
        exchange_leave(*context);
    *context = NULL;
}

/* ---- the daemon */

/* The text of a small file; null, logged, when it cannot be read. */
static char *read_tls_file(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = calloc(1, TLS_FILE_MAX + 1);
    must(text != NULL);
    size_t n = file == NULL ? 0 : fread(text, 1, TLS_FILE_MAX, file);
    if (file != NULL)
        fclose(file);
    if (n > 0)
        return text;
    log_error(0, "tls.file", "cannot read %s", path);
    free(text);
    return NULL;
}

static bool address_of(const struct config *config, struct sockaddr_in *address)
{
    *address = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)config_number(config, "gateway_port"))};
    if (inet_pton(AF_INET, config_text(config, "gateway_address"), &address->sin_addr) == 1)
        return true;
    log_error(0, "http.address", "%s is not an IPv4 address",
              config_text(config, "gateway_address"));
    return false;
}

bool http_is_tls(const struct config *config)
{
    return config_text(config, "tls_certificate")[0] != '\0';
}

static struct MHD_Daemon *listen_on(struct http *http, const struct config *config,
                                    const struct sockaddr_in *address,
                                    const struct MHD_OptionItem *tls)
{
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (http_is_tls(config) ? MHD_USE_TLS : 0), 0, NULL,
        NULL, handle, http, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_NOTIFY_COMPLETED, completed,
        http, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)config_number(config, "connections_max"),
        MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)config_number(config, "connections_per_address"), MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)config_number(config, "idle_s"), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)config_number(config, "header_max"), MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    if (daemon == NULL)
        log_error(0, "http.listen", "cannot listen on %s:%lld",
                  config_text(config, "gateway_address"),
                  (long long)config_number(config, "gateway_port"));
    return daemon;
}

static struct MHD_Daemon *start(struct http *http, const struct config *config)
{
    struct MHD_OptionItem options[3] = {{MHD_OPTION_END, 0, NULL}};
    struct sockaddr_in address;
    char *certificate = NULL, *key = NULL;
    if (http_is_tls(config)) {
        certificate = read_tls_file(config_text(config, "tls_certificate"));
        key = certificate == NULL ? NULL : read_tls_file(config_text(config, "tls_key"));
        options[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, certificate};
        options[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, key};
        options[2] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    }
    bool readable = !http_is_tls(config) || key != NULL;
    struct MHD_Daemon *daemon = readable && address_of(config, &address)
                                    ? listen_on(http, config, &address, options)
                                    : NULL;
    free(certificate);
    free(key);
    return daemon;
}

struct http *http_new(const struct config *config, const struct exchange_handler *handler)
{
    struct http *http = calloc(1, sizeof *http);
    must(http != NULL);
    streams_init(&http->streams);
    http->exchanges.handler = handler;
    http->exchanges.streams = &http->streams;
    http->exchanges.body_max = (size_t)config_number(config, "body_max");
    http->rate.per_second = config_number(config, "rate_per_second");
    http->rate.burst = config_number(config, "rate_burst");
    http->gathers = config_number(config, "gather_ms") > 0;
    http->daemon = start(http, config);
    if (http->daemon == NULL)
        http_free(&http);
    return http;
}

/* The library aborts when it is stopped while a connection is suspended, so all are answered first,
 * and a few turns send the answers. */
static void stop(struct http *http)
{
    http->stopping = true;
    MHD_socket listening = MHD_quiesce_daemon(http->daemon);
    while (!LIST_EMPTY(&http->exchanges.waiting))
        exchange_refuse(LIST_FIRST(&http->exchanges.waiting), ONEDOOR__CODE__UNAVAILABLE,
                        ONEDOOR__GATEWAY__REFUSAL__STOPPING, NULL);
    for (int i = 0; i < LAST_TURNS; i++)
        MHD_run(http->daemon);
    MHD_stop_daemon(http->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
}

void http_free(struct http **http)
{
    if (*http == NULL)
        return;
    if ((*http)->daemon != NULL)
        stop(*http);
    exchanges_release(&(*http)->exchanges);
    streams_release(&(*http)->streams);
    free(*http);
    *http = NULL;
}

int http_port(const struct http *http)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info == NULL ? 0 : info->port;
}

const struct traffic *http_traffic(struct http *http)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    http->exchanges.traffic.waiting = http->exchanges.n_waiting;
    http->exchanges.traffic.connections = info == NULL ? 0 : info->num_connections;
    return &http->exchanges.traffic;
}

/* ---- the loop */

void http_fds(const struct http *http, int fds[HTTP_FDS])
{
    fds[0] = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    fds[1] = http->streams.hangups;
}

int http_wait_ms(const struct http *http, int wait_ms)
{
    MHD_UNSIGNED_LONG_LONG due_ms;
    bool is_due = MHD_get_timeout(http->daemon, &due_ms) == MHD_YES;
    return is_due && due_ms < (MHD_UNSIGNED_LONG_LONG)wait_ms ? (int)due_ms : wait_ms;
}

bool http_begin_turn(struct http *http)
{
    bool busy = is_busy(http);
    http->exchanges.n_moved = 0;
    return busy;
}

void http_turn(struct http *http)
{
    streams_turn(&http->streams);
    MHD_run(http->daemon);
    exchanges_sweep(&http->exchanges);
}
