/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/values/log.h"
#include "services/gateway/http/connection.h"

/* SPARE_FILES: descriptors for everything but clients. REST_MS: a refused client's. STEPS_MAX: of
 * one connection in one turn, so that none holds up the others. */
enum {
    BACKLOG = 1024,
    ACCEPTS = 256,
    MANY = 8,
    LAST_TURNS = 50,
    SPARE_FILES = 100,
    SECOND_MS = 1000,
    REST_MS = 2000,
    STEPS_MAX = 64,
    EVENTS = 512
};

struct http {
    struct connections connections;
    int listening;
    bool gathers; /* it may be busy (setting gather_ms) */
};

static bool is_busy(const struct http *http)
{
    const struct exchanges *exchanges = &http->connections.exchanges;
    return http->gathers && exchanges->n_moved + exchanges->n_waiting >= MANY;
}

/* ---- opening */

bool http_is_tls(const struct config *config)
{
    return config_text(config, "tls_certificate")[0] != '\0';
}

static bool address_of(const struct config *config, const struct http_place *place,
                       struct sockaddr_in *address)
{
    const char *text = config_text(config, place->address);
    *address = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)config_number(config, place->port))};
    if (inet_pton(AF_INET, text, &address->sin_addr) == 1)
        return true;
    log_error(0, "http.address", "%s is not an IPv4 address", text);
    return false;
}

/* Passwords and sessions do not cross a network in clear. */
static bool is_private(const struct config *config, const struct sockaddr_in *address)
{
    bool loopback = ntohl(address->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    if (loopback || http_is_tls(config) || config_bool(config, "behind_proxy"))
        return true;
    log_error(0, "http.plain",
              "plain HTTP is for 127.0.0.1: set tls_certificate and tls_key or, when a proxy with "
              "TLS stands before the gateway, behind_proxy = yes");
    return false;
}

static bool listen_on(struct http *http, const struct config *config,
                      const struct http_place *place)
{
    struct sockaddr_in address;
    if (!address_of(config, place, &address) || (!place->open && !is_private(config, &address)))
        return false;
    http->listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    must(http->listening >= 0);
    setsockopt(http->listening, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(http->listening, (struct sockaddr *)(void *)&address, sizeof address) == 0 &&
        listen(http->listening, BACKLOG) == 0)
        return true;
    log_error(0, "http.listen", "cannot listen on %s:%lld: %s", config_text(config, place->address),
              (long long)config_number(config, place->port), strerror(errno));
    return false;
}

/* As many connections as the setting and the system allow. */
static int most_of(const struct config *config)
{
    int64_t most = config_number(config, "connections_max");
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && (int64_t)limit.rlim_cur < most + SPARE_FILES)
        most = (int64_t)limit.rlim_cur - SPARE_FILES;
    return (int)most;
}

static void set_limits(struct connections *connections, const struct config *config)
{
    connections->head_max = (size_t)config_number(config, "header_max");
    connections->body_max = config_number(config, "body_max");
    connections->most = most_of(config);
    connections->most_per_address = (int)config_number(config, "connections_per_address");
    connections->allowed_ms[DEADLINE_IDLE] = config_number(config, "idle_s") * SECOND_MS;
    connections->allowed_ms[DEADLINE_HEAD] = config_number(config, "head_s") * SECOND_MS;
    connections->allowed_ms[DEADLINE_BODY] = config_number(config, "body_s") * SECOND_MS;
    connections->allowed_ms[DEADLINE_SEND] = config_number(config, "send_s") * SECOND_MS;
    connections->allowed_ms[DEADLINE_REST] = REST_MS;
    connections->rate.per_second = config_number(config, "rate_per_second");
    connections->rate.burst = config_number(config, "rate_burst");
}

/* False: the certificate or its key cannot be used. */
static bool begin_tls(struct connections *connections, const struct config *config,
                      const struct http_place *place)
{
    connections->exchanges.secure = http_is_tls(config) && !place->open;
    if (connections->exchanges.secure)
        connections->tls =
            transport_tls(config_text(config, "tls_certificate"), config_text(config, "tls_key"));
    return connections->tls != NULL || !connections->exchanges.secure;
}

struct http *http_new(const struct config *config, const struct http_place *place,
                      const struct exchange_handler *handler)
{
    struct http *http = calloc(1, sizeof *http);
    must(http != NULL);
    http->listening = -1;
    http->gathers = config_number(config, "gather_ms") > 0;
    http->connections.exchanges.handler = handler;
    set_limits(&http->connections, config);
    connections_init(&http->connections);
    if (!begin_tls(&http->connections, config, place) || !listen_on(http, config, place))
        http_free(&http);
    return http;
}

/* ---- the turn */

static void go_on(struct connection *connection)
{
    enum step step = STEP_ON;
    for (int i = 0; step == STEP_ON && i < STEPS_MAX; i++)
        step = connection_step(connection);
    if (step == STEP_END)
        connections_end(connection);
    else if (step == STEP_ON)
        connections_due(connection);
}

static void hear(struct connection *connection, uint32_t events)
{
    bool streaming = connection->state == CONNECTION_STREAMING;
    connection->readable |= (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    connection->ended |= (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    connection->gone |= (events & (EPOLLERR | EPOLLHUP | (streaming ? EPOLLRDHUP : 0))) != 0;
    connections_due(connection);
}

static void end_overdue(struct connections *all)
{
    for (struct connection *late; (late = connections_next_overdue(all)) != NULL;)
        if (connection_expire(late) == STEP_END)
            connections_end(late);
        else
            connections_due(late);
}

/* What becomes due meanwhile waits for the next turn. */
static void turn(struct http *http)
{
    struct connections *all = &http->connections;
    struct epoll_event events[EVENTS];
    all->now_ms = monotonic_ms();
    int n = epoll_wait(all->epoll, events, EVENTS, 0);
    for (int i = 0; i < n; i++)
        hear(events[i].data.ptr, events[i].events);
    end_overdue(all);
    n = all->n_due;
    for (struct connection *due; n-- > 0 && (due = connections_next_due(all)) != NULL;)
        go_on(due);
    exchanges_sweep(&all->exchanges);
}

/* ---- closing */

/* What is half there will not be read to its end. */
static void refuse_half_read(struct connections *all)
{
    static const enum deadline reading[] = {DEADLINE_HEAD, DEADLINE_BODY};
    struct connection *half;
    for (size_t i = 0; i < sizeof reading / sizeof reading[0]; i++)
        while ((half = TAILQ_FIRST(&all->by_deadline[reading[i]])) != NULL)
            if (connection_stop(half) == STEP_END)
                connections_end(half);
            else
                connections_due(half);
}

/* Whoever waits is refused, and so is, once all that has come is read, whose request is not whole.
 */
static void stop(struct http *http)
{
    struct exchange_list *waiting = &http->connections.exchanges.waiting;
    close(http->listening);
    http->connections.stopping = true;
    for (struct exchange *exchange; (exchange = LIST_FIRST(waiting)) != NULL;) {
        exchange->closes = true;
        exchange_refuse(exchange, ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__STOPPING,
                        NULL);
    }
    for (int i = 0; i < LAST_TURNS; i++)
        turn(http);
    refuse_half_read(&http->connections);
    for (int i = 0; i < LAST_TURNS; i++)
        turn(http);
}

void http_free(struct http **http)
{
    if (*http == NULL)
        return;
    if ((*http)->listening >= 0)
        stop(*http);
    connections_release(&(*http)->connections);
    exchanges_release(&(*http)->connections.exchanges);
    SSL_CTX_free((*http)->connections.tls);
    free(*http);
    *http = NULL;
}

int http_port(const struct http *http)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    must(getsockname(http->listening, (struct sockaddr *)(void *)&address, &size) == 0);
    return ntohs(address.sin_port);
}

const struct traffic *http_traffic(struct http *http)
{
    struct exchanges *exchanges = &http->connections.exchanges;
    exchanges->traffic.waiting = exchanges->n_waiting;
    exchanges->traffic.connections = http->connections.n;
    return &exchanges->traffic;
}

/* ---- the loop */

void http_fds(const struct http *http, int fds[HTTP_FDS])
{
    fds[0] = http->connections.epoll;
    fds[1] = http->listening;
}

int http_wait_ms(const struct http *http, int wait_ms)
{
    return connections_wait_ms(&http->connections, wait_ms, monotonic_ms());
}

bool http_begin_turn(struct http *http)
{
    bool busy = is_busy(http);
    http->connections.exchanges.n_moved = 0;
    return busy;
}

static void accept_some(struct http *http)
{
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    for (int i = 0; i < ACCEPTS; i++) {
        int fd = accept4(http->listening, (struct sockaddr *)(void *)&from, &size,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        connections_add(&http->connections, fd, from.sin_addr);
    }
}

void http_turn(struct http *http)
{
    http->connections.now_ms = monotonic_ms();
    accept_some(http);
    turn(http);
}
