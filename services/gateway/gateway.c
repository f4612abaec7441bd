/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/gateway.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "common/base/heartbeat.h"
#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/values/log.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/api/openapi.h"
#include "services/gateway/exchange.h"

enum { JOBS_MAX = 256, LAST_TURNS = 50, MANY = 8 };

const struct setting gateway_settings[] = {
    {"gateway_address", SETTING_TEXT, "127.0.0.1", 1, 45,
     "IPv4 address to listen on; 0.0.0.0: all."},
    {"gateway_port", SETTING_NUMBER, "8080", 0, 65535,
     "Port to listen on. 0: a free one, told in HOME/run/gateway.address."},
    {"port", SETTING_NUMBER, "-1", -1, 65535,
     "Short for gateway_port, which it overrides, as ONEDOOR_PORT gives it; -1: not given."},
    {"tls_certificate", SETTING_TEXT, "", 0, 4096,
     "File of the certificate chain (PEM); empty: plain HTTP."},
    {"tls_key", SETTING_TEXT, "", 0, 4096, "File of its private key (PEM)."},
    {"web_folder", SETTING_TEXT, "", 0, 4096,
     "Folder of the built pages, read at start; empty: none are served."},
    {"header_max", SETTING_NUMBER, "8192", 4096, 65536,
     "Bytes a connection may take: request line, headers, and the answer on its way."},
    {"body_max", SETTING_NUMBER, "61440", 1024, 65536,
     "Bytes of a request's body; a message on the bus has 65536."},
    {"idle_s", SETTING_NUMBER, "60", 5, 3600,
     "Seconds after which a connection that does nothing is closed."},
    {"connections_max", SETTING_NUMBER, "8192", 16, 100000, "Connections at once."},
    {"connections_per_address", SETTING_NUMBER, "0", 0, 100000,
     "Connections at once of one address; 0: no limit, for a hall may stand behind one."},
    {"rate_per_second", SETTING_NUMBER, "500", 0, 1000000,
     "Requests a second an address may make in the long run; 0: no limit."},
    {"rate_burst", SETTING_NUMBER, "2000", 1, 1000000, "Requests it may make at once."},
    {"gather_ms", SETTING_NUMBER, "4", 0, 100,
     "While many requests are under way, turn no sooner than this after the last turn, in ms: what "
     "has come meanwhile is done in one go."},
    {"hall_name_zh", SETTING_TEXT, "区政务服务中心", 1, 120, "The hall's name, in Chinese."},
    {"hall_name_en", SETTING_TEXT, "District Government Service Hall", 1, 120,
     "The hall's name, in English."},
    {"answer_ms", SETTING_NUMBER, "10000", 100, 120000,
     "How long a request waits for a service's answer, in ms."},
    {"events_kept", SETTING_NUMBER, "16384", 64, 1048576, "Events kept for pages that come back."},
    {"streams_max", SETTING_NUMBER, "6000", 1, 100000, "Pages that may listen for events at once."},
    {"streams_nobody_max", SETTING_NUMBER, "500", 0, 100000,
     "Of these, pages at which nobody is signed in (displays): they leave room for those at work."},
    {"password_memory_kib", SETTING_NUMBER, "19456", 8, 1048576,
     "Memory argon2id takes for one password, in KiB."},
    {"password_passes", SETTING_NUMBER, "2", 1, 100, "Passes argon2id makes over it."},
    {"sign_in_failures", SETTING_NUMBER, "5", 1, 100,
     "Wrong passwords after which a name is locked out."},
    {"lock_min", SETTING_NUMBER, "15", 1, 10080,
     "Minutes a wrong password counts, and so a lock-out lasts."},
    {"session_hours", SETTING_NUMBER, "12", 1, 720,
     "Hours after which a session ends in any case."},
    {"session_idle_min", SETTING_NUMBER, "120", 1, 1440,
     "Minutes without a request after which it ends."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

/* ---- coming and going */

/* As many connections as the system allows. */
static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Where it is reached, for people and for programs that let it find a free port. */
static bool write_address(const struct gateway *gateway)
{
    char path[PATH_MAX], new_path[PATH_MAX + 8];
    snprintf(path, sizeof path, "%s/run/gateway.address", config_text(gateway->config, "home"));
    snprintf(new_path, sizeof new_path, "%s.new", path);
    FILE *file = fopen(new_path, "we");
    bool written = file != NULL && fprintf(file, "%s://%s:%d\n", gateway->tls ? "https" : "http",
                                           config_text(gateway->config, "gateway_address"),
                                           gateway_port(gateway)) > 0;
    if (file != NULL)
        written = fclose(file) == 0 && written;
    if (!written || rename(new_path, path) != 0) {
        log_error(0, "http.port", "cannot write %s: %s", path, strerror(errno));
        return false;
    }
    return true;
}

static void describe(struct gateway *gateway)
{
    json_t *document = openapi_document();
    gateway->openapi = json_dumps(document, JSON_COMPACT);
    must(gateway->openapi != NULL);
    json_decref(document);
}

/* A simulated hall's time, as its services have it; in a working hall they refuse to run by it. */
static bool drive_clock(const struct config *config)
{
    const char *path = config_text(config, "clock_file");
    if (path[0] == '\0' || business_drive(path) == STATUS_OK)
        return true;
    log_error(0, "clock.refused", "clock_file %s cannot be read", path);
    return false;
}

static bool open_all(struct gateway *gateway)
{
    const struct config *config = gateway->config;
    if (!drive_clock(config))
        return false;
    if (client_new(&gateway->client, config, "gateway") != STATUS_OK)
        return false;
    gateway->files = files_new(config_text(config, "web_folder"));
    if (gateway->files == NULL)
        return false;
    describe(gateway);
    cache_init(&gateway->callers);
    gateway->live = live_new(gateway->client, config);
    gateway->people = people_new(config);
    gateway->worker = worker_new(gateway->people, JOBS_MAX);
    gateway->daemon = http_start(gateway);
    return gateway->daemon != NULL && write_address(gateway);
}

struct gateway *gateway_new(const struct config *config)
{
    struct gateway *gateway = calloc(1, sizeof *gateway);
    must(gateway != NULL);
    gateway->config = config;
    gateway->body_max = (size_t)config_number(config, "body_max");
    gateway->answer_ms = (int)config_number(config, "answer_ms");
    gateway->gather_us = config_number(config, "gather_ms") * 1000;
    gateway->rate.per_second = config_number(config, "rate_per_second");
    gateway->rate.burst = config_number(config, "rate_burst");
    raise_file_limit();
    if (!open_all(gateway))
        gateway_free(&gateway);
    else
        log_info(0, "http.open", "%s://%s:%d", gateway->tls ? "https" : "http",
                 config_text(config, "gateway_address"), gateway_port(gateway));
    return gateway;
}

static void free_left(struct gateway *gateway)
{
    while (gateway->left != NULL) {
        struct exchange *exchange = gateway->left;
        gateway->left = exchange->next;
        exchange_free(exchange);
    }
}

/* The library aborts when it is stopped with a connection suspended, so all are resumed first and
 * given a chance to be told why. */
static void stop_http(struct gateway *gateway)
{
    gateway->stopping = true;
    MHD_socket listening = MHD_quiesce_daemon(gateway->daemon);
    live_stop(gateway->live);
    while (gateway->waiting != NULL)
        exchange_refuse_as(gateway->waiting, ONEDOOR__CODE__UNAVAILABLE,
                           ONEDOOR__GATEWAY__REFUSAL__STOPPING, NULL);
    for (int i = 0; i < LAST_TURNS; i++)
        MHD_run(gateway->daemon);
    MHD_stop_daemon(gateway->daemon);
    free_left(gateway);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
}

void gateway_free(struct gateway **pointer)
{
    struct gateway *gateway = *pointer;
    if (gateway == NULL)
        return;
    worker_free(&gateway->worker); /* first: its job in hand uses the memory of an exchange */
    if (gateway->daemon != NULL)
        stop_http(gateway);
    people_free(&gateway->people);
    client_free(&gateway->client);
    live_free(&gateway->live);
    files_free(&gateway->files);
    while (gateway->n_spare > 0)
        arena_free(&gateway->spare[--gateway->n_spare]);
    free(gateway->openapi);
    free(gateway);
    *pointer = NULL;
}

int gateway_port(const struct gateway *gateway)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(gateway->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info == NULL ? 0 : info->port;
}

/* ---- the loop */

static int shorter(int a, int b)
{
    return a < b ? a : b;
}

/* Wait for HTTP, the bus, the register, or until somebody's time has come. */
static void await(struct gateway *gateway, int stop_fd, int wait_ms)
{
    zmq_pollitem_t polls[CLIENT_POLLS_MAX + 4];
    MHD_UNSIGNED_LONG_LONG http_ms;
    int n = client_polls(gateway->client, polls, &wait_ms);
    polls[n++] = (zmq_pollitem_t){
        NULL, MHD_get_daemon_info(gateway->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, ZMQ_POLLIN,
        0};
    polls[n++] = (zmq_pollitem_t){NULL, worker_fd(gateway->worker), ZMQ_POLLIN, 0};
    polls[n++] = (zmq_pollitem_t){NULL, live_fd(gateway->live), ZMQ_POLLIN, 0};
    polls[n++] = (zmq_pollitem_t){NULL, stop_fd, ZMQ_POLLIN, 0};
    if (MHD_get_timeout(gateway->daemon, &http_ms) == MHD_YES)
        wait_ms = shorter(wait_ms, http_ms > 1000 ? 1000 : (int)http_ms);
    zmq_poll(polls, n, wait_ms);
}

bool gateway_is_busy(const struct gateway *gateway)
{
    return gateway->gather_us > 0 && gateway->moved + gateway->n_waiting >= MANY;
}

/* A turn costs as much as some requests, so while many are under way they are given the time to
 * come together, and nobody looks whether one has come. Whoever comes alone waits for nobody. */
static void gather(struct gateway *gateway, int stop_fd, int wait_ms)
{
    int64_t left_us = gateway->turned_us + gateway->gather_us - monotonic_us();
    bool busy = gateway_is_busy(gateway);
    gateway->moved = 0;
    if (busy && left_us > 0)
        nanosleep(&(struct timespec){.tv_nsec = left_us * 1000}, NULL);
    else if (!busy)
        await(gateway, stop_fd, wait_ms);
}

void gateway_turn(struct gateway *gateway, int stop_fd, int wait_ms)
{
    gather(gateway, stop_fd, wait_ms);
    gateway->turned_us = monotonic_us();
    client_turn(gateway->client, 0);
    worker_turn(gateway->worker);
    live_turn(gateway->live);
    MHD_run(gateway->daemon); /* after them: it takes up at once what they have answered */
    free_left(gateway);
    client_send(gateway->client);
}
