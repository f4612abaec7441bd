/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/gateway.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <zmq.h>

#include "common/base/business.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/values/log.h"
#include "services/gateway/api/api.h"
#include "services/gateway/api/denying.h"
#include "services/gateway/api/problem.h"
#include "services/gateway/http/http.h"
#include "services/gateway/http/pages.h"
#include "services/gateway/metrics/metrics.h"
#include "services/gateway/people/elsewhere.h"
#include "services/gateway/people/people.h"
#include "services/gateway/phone/phone.h"
#include "services/gateway/watch.h"

/* Jobs that may wait at once. A look-up takes a millisecond, a password some fifty. */
enum { JOBS_MAX = 256, PASSWORDS_MAX = 64 };

struct gateway {
    const struct config *config;
    struct client *client;
    struct worker *workers[WORKERS]; /* of the register */
    struct keeper *keeper;
    struct elsewhere *elsewhere;
    struct live *live;
    struct watch *watch;
    struct files *files;
    struct api api;
    struct guesses guesses;
    struct phone phone;
    struct exchange_handler handler;
    struct http *http;
    struct metrics *metrics; /* null: its port is closed */
    struct spans *spans;     /* null: nobody is told */
    int64_t turned_us;       /* when the last turn began */
    int64_t gather_us;
};

const struct setting gateway_settings[] = {
    {"gateway_address", SETTING_TEXT, "127.0.0.1", 1, 45,
     "IPv4 address to listen on; 0.0.0.0: all."},
    {"gateway_port", SETTING_NUMBER, "8080", 0, 65535,
     "Port to listen on. 0: a free one, written to HOME/run/gateway.address."},
    {"port", SETTING_NUMBER, "-1", -1, 65535,
     "Short for gateway_port, which it overrides, as ONEDOOR_PORT gives it; -1: not given."},
    {"tls_certificate", SETTING_TEXT, "", 0, 4096,
     "File of the certificate chain (PEM); empty: plain HTTP."},
    {"tls_key", SETTING_TEXT, "", 0, 4096, "File of its private key (PEM)."},
    {"metrics_port", SETTING_NUMBER, "-1", -1, 65535,
     "Port for Prometheus (/metrics); -1: none. 0: a free one, which the log names."},
    {"metrics_address", SETTING_TEXT, "127.0.0.1", 1, 45, "IPv4 address of that port."},
    {"metrics_every_ms", SETTING_NUMBER, "5000", 100, 60000,
     "How often the services are asked for their figures, in ms."},
    {"web_folder", SETTING_TEXT, "", 0, 4096,
     "Folder of the built pages, read at start; empty: none are served."},
    {"behind_proxy", SETTING_BOOL, "no", 0, 0,
     "Plain HTTP on other addresses than 127.0.0.1: a proxy with TLS stands before the gateway."},
    {"header_max", SETTING_NUMBER, "8192", 4096, 65536, "Bytes of a request's line and headers."},
    {"body_max", SETTING_NUMBER, "61440", 1024, 65536,
     "Bytes of a request's body; a message on the bus has 65536."},
    {"idle_s", SETTING_NUMBER, "60", 1, 3600,
     "Seconds after which a connection that does nothing is closed."},
    {"head_s", SETTING_NUMBER, "20", 1, 3600,
     "Seconds until a request's line and headers must be there whole."},
    {"body_s", SETTING_NUMBER, "60", 1, 3600, "Seconds its body may take after them."},
    {"send_s", SETTING_NUMBER, "120", 1, 3600, "Seconds a client may take to receive an answer."},
    {"connections_max", SETTING_NUMBER, "8192", 16, 100000,
     "Connections at once; beyond, the address with the most loses its oldest idle one."},
    {"connections_per_address", SETTING_NUMBER, "0", 0, 100000,
     "Connections at once from one address; 0: no limit, for a whole hall may share one."},
    {"rate_per_second", SETTING_NUMBER, "500", 0, 1000000,
     "Requests a second an address may make in the long run; 0: no limit."},
    {"rate_burst", SETTING_NUMBER, "2000", 1, 1000000, "Requests it may make at once."},
    {"guesses_at_once", SETTING_NUMBER, "5", 1, 100,
     "Wrong tries to see how a case stands, of one case or from one address, before the next ones "
     "are delayed."},
    {"guesses_case_hour", SETTING_NUMBER, "20", 0, 100000,
     "Wrong tries an hour at one case; 0: no limit."},
    {"guesses_address_hour", SETTING_NUMBER, "120", 0, 100000,
     "Wrong tries an hour from one address; 0: no limit, for behind a proxy all share one."},
    {"tickets_per_minute", SETTING_NUMBER, "10", 0, 100000, "Tickets an address may take; 0: any."},
    {"gather_ms", SETTING_NUMBER, "4", 0, 100,
     "While many requests are under way, the gateway serves them in turns that begin this many ms "
     "apart."},
    {"hall_name_zh", SETTING_TEXT, "区政务服务中心", 1, 120, "The hall's name, in Chinese."},
    {"hall_name_en", SETTING_TEXT, "District Government Service Hall", 1, 120,
     "The hall's name, in English."},
    {"hall_telephone", SETTING_TEXT, "12345", 0, 20,
     "Where people ring who have a question; empty: nowhere."},
    {"public_address", SETTING_TEXT, "", 0, 200,
     "Where telephones reach the gateway, as slips print it (https://hall.example.cn); empty: the "
     "address it listens on."},
    {"key_rest_ms", SETTING_NUMBER, "600", 0, 5000,
     "How long a key rests on the pages after a command that it led to, in ms, so that a second "
     "press never reaches the next step."},
    {"answer_ms", SETTING_NUMBER, "10000", 100, 120000,
     "How long a request waits for a service's answer, in ms."},
    {"events_kept", SETTING_NUMBER, "16384", 64, 1048576, "Events kept for pages that come back."},
    {"streams_max", SETTING_NUMBER, "6000", 1, 100000, "Pages that may listen for events at once."},
    {"streams_nobody_max", SETTING_NUMBER, "500", 0, 100000,
     "Of these, pages at which nobody is signed in (displays); the others are for staff."},
    {"password_memory_kib", SETTING_NUMBER, "19456", 8, 1048576,
     "Memory argon2id takes for one password, in KiB."},
    {"password_passes", SETTING_NUMBER, "2", 1, 100, "Passes argon2id makes over it."},
    {"passwords_per_address", SETTING_NUMBER, "16", 1, 64,
     "Passwords from one address that may wait to be hashed at once."},
    {"sign_in_failures", SETTING_NUMBER, "5", 1, 100,
     "Wrong passwords for a name from one device or address, after which it must wait."},
    {"address_failures", SETTING_NUMBER, "50", 1, 100000,
     "Wrong passwords for any names from one address, after which its unknown devices must wait."},
    {"sign_in_wait_s", SETTING_NUMBER, "2", 1, 3600,
     "Seconds of the first wait; each further wrong password doubles it."},
    {"sign_in_wait_max_s", SETTING_NUMBER, "300", 1, 86400, "Seconds of the longest wait."},
    {"record_kept_days", SETTING_NUMBER, "400", 1, 36500,
     "Days that sign-ins and what was refused stay on record."},
    {"denials_a_day", SETTING_NUMBER, "2000", 10, 1000000,
     "Rows that what is refused on one day may fill; what comes after is counted by its kind."},
    {"denials_each", SETTING_NUMBER, "50", 1, 1000000,
     "Likewise of one account or token, or of those at one address who are not signed in."},
    {"failure_min", SETTING_NUMBER, "15", 1, 10080, "Minutes a wrong password counts."},
    {"second_factor", SETTING_TEXT, "working", 1, 10,
     "Who must have a second factor: administrators and cashiers of a working hall (working), of "
     "any hall (yes), or nobody (no)."},
    {"session_hours", SETTING_NUMBER, "12", 1, 720,
     "Hours after which a session ends in any case."},
    {"session_idle_min", SETTING_NUMBER, "120", 1, 1440,
     "Minutes without a request after which it ends."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

/* ---- requests */

static void answer_probe(struct exchange *exchange, json_t *faults)
{
    bool well = json_array_size(faults) == 0;
    json_t *status = json_pack("{ss so}", "status", well ? "ok" : "not ready", "faults", faults);
    char *text = json_dumps(status, JSON_COMPACT);
    must(text != NULL);
    json_decref(status);
    exchange_answer(exchange, well ? 200 : 503, "application/json", text, strlen(text));
}

/* What keeps the hall from its work now. */
static json_t *faults_of(const struct gateway *gateway)
{
    char texts[FAULTS_MAX][FAULT_SIZE];
    int n = watch_faults(gateway->watch, texts);
    json_t *faults = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(faults, json_string(texts[i]));
    if (!live_ready(gateway->live))
        json_array_append_new(faults, json_string("the journals are not read up to now"));
    return faults;
}

/* The API, the telephone's pages, the probes, and the pages for every other path. */
static void handle(void *context, struct exchange *exchange, const char *method, const char *path)
{
    struct gateway *gateway = context;
    if (strncmp(path, "/api/", 5) == 0 || strcmp(path, "/api") == 0)
        api_handle(&gateway->api, exchange, method, path);
    else if (phone_has(path))
        phone_handle(&gateway->phone, exchange, method, path);
    else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        exchange_refuse(exchange, ONEDOOR__CODE__UNIMPLEMENTED,
                        ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_METHOD, NULL);
    else if (strcmp(path, "/healthz") == 0)
        answer_probe(exchange, json_array());
    else if (strcmp(path, "/readyz") == 0)
        answer_probe(exchange, faults_of(gateway));
    else
        pages_answer(gateway->files, exchange, path);
}

/* ---- opening and closing */

/* Allow as many connections as the system does. */
static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

const char *gateway_address(const struct gateway *gateway, char text[GATEWAY_ADDRESS_SIZE])
{
    snprintf(text, GATEWAY_ADDRESS_SIZE, "%s://%s:%d",
             http_is_tls(gateway->config) ? "https" : "http",
             config_text(gateway->config, "gateway_address"), http_port(gateway->http));
    return text;
}

/* HOME/run/<name>, for people and for programs that let a free port be found. */
static bool write_address(const struct gateway *gateway, const char *name, const char *address)
{
    char path[PATH_MAX], new_path[PATH_MAX + 8];
    snprintf(path, sizeof path, "%s/run/%s", config_text(gateway->config, "home"), name);
    snprintf(new_path, sizeof new_path, "%s.new", path);
    FILE *file = fopen(new_path, "we");
    bool written = file != NULL && fprintf(file, "%s\n", address) > 0;
    if (file != NULL)
        written = fclose(file) == 0 && written;
    if (!written || rename(new_path, path) != 0) {
        log_error(0, "http.port", "cannot write %s: %s", path, strerror(errno));
        return false;
    }
    log_info(0, "http.open", "%s", address);
    return true;
}

static bool open_http(struct gateway *gateway)
{
    char address[GATEWAY_ADDRESS_SIZE];
    gateway->handler = (struct exchange_handler){handle, problem_answer, gateway, gateway->spans};
    gateway->http =
        http_new(gateway->config, &(struct http_place){"gateway_address", "gateway_port", false},
                 &gateway->handler);
    return gateway->http != NULL &&
           write_address(gateway, "gateway.address", gateway_address(gateway, address));
}

static bool open_metrics(struct gateway *gateway)
{
    char address[GATEWAY_ADDRESS_SIZE];
    if (!metrics_wanted(gateway->config))
        return true;
    gateway->metrics = metrics_new(gateway->config, gateway->client, gateway->http);
    if (gateway->metrics == NULL)
        return false;
    snprintf(address, sizeof address, "http://%s:%d/metrics",
             config_text(gateway->config, "metrics_address"), metrics_port(gateway->metrics));
    return write_address(gateway, "metrics.address", address);
}

/* In a simulated hall the gateway runs by the driven clock, as the services do; in a working hall
 * they refuse to. */
static bool drive_clock(const struct config *config)
{
    const char *path = config_text(config, "clock_file");
    if (path[0] == '\0' || business_drive(path) == STATUS_OK)
        return true;
    log_error(0, "clock.refused", "clock_file %s cannot be read", path);
    return false;
}

static void wire_api(struct gateway *gateway)
{
    api_init(&gateway->api, http_is_tls(gateway->config));
    gateway->api.client = gateway->client;
    memcpy(gateway->api.workers, gateway->workers, sizeof gateway->workers);
    gateway->api.keeper = gateway->keeper;
    gateway->api.live = gateway->live;
    gateway->api.guesses = &gateway->guesses;
    gateway->api.answer_ms = (int)config_number(gateway->config, "answer_ms");
}

static void wire_phone(struct gateway *gateway)
{
    phone_init(&gateway->phone, gateway->config);
    gateway->phone.client = gateway->client;
    gateway->phone.worker = gateway->workers[WORKER_ROWS];
    gateway->phone.guesses = &gateway->guesses;
    gateway->phone.answer_ms = (int)config_number(gateway->config, "answer_ms");
}

static bool open_all(struct gateway *gateway)
{
    const struct config *config = gateway->config;
    if (!drive_clock(config) || spans_open(&gateway->spans, config, "gateway") != STATUS_OK)
        return false;
    if (client_new(&gateway->client, config, "gateway") != STATUS_OK)
        return false;
    gateway->files = files_new(config_text(config, "web_folder"));
    if (gateway->files == NULL)
        return false;
    gateway->live = live_new(gateway->client, config);
    gateway->workers[WORKER_ROWS] = worker_new(config, JOBS_MAX, JOBS_MAX);
    gateway->workers[WORKER_PASSWORDS] =
        worker_new(config, PASSWORDS_MAX, (int)config_number(config, "passwords_per_address"));
    gateway->keeper = keeper_new(config, gateway->workers[WORKER_ROWS]);
    gateway->elsewhere =
        elsewhere_new(gateway->workers[WORKER_ROWS], api_forget_callers, &gateway->api);
    gateway->watch = watch_new(gateway->client, gateway->keeper, config_text(config, "home"));
    guesses_init(&gateway->guesses, config);
    gateway->guesses.denied = denying_guess;
    gateway->guesses.context = gateway->keeper;
    wire_api(gateway);
    wire_phone(gateway);
    return open_http(gateway) && open_metrics(gateway);
}

struct gateway *gateway_new(const struct config *config)
{
    struct gateway *gateway = calloc(1, sizeof *gateway);
    must(gateway != NULL);
    gateway->config = config;
    gateway->gather_us = config_number(config, "gather_ms") * 1000;
    raise_file_limit();
    if (!open_all(gateway))
        gateway_free(&gateway);
    return gateway;
}

void gateway_free(struct gateway **pointer)
{
    struct gateway *gateway = *pointer;
    if (gateway == NULL)
        return;
    for (int i = 0; i < WORKERS; i++)
        worker_free(&gateway->workers[i]); /* first: its job in hand uses an exchange's memory */
    elsewhere_free(&gateway->elsewhere);
    keeper_free(&gateway->keeper);
    if (gateway->live != NULL)
        live_stop(gateway->live);
    http_free(&gateway->http);
    client_free(&gateway->client);
    metrics_free(&gateway->metrics); /* after the client, whose questions are its own */
    watch_free(&gateway->watch);
    live_free(&gateway->live);
    files_free(&gateway->files);
    api_release(&gateway->api);
    spans_close(&gateway->spans);
    free(gateway);
    *pointer = NULL;
}

bool gateway_is_ready(const struct gateway *gateway)
{
    return live_ready(gateway->live) && watch_began(gateway->watch);
}

/* ---- the loop */

enum { FDS = 2 * HTTP_FDS + WORKERS + 1 };

/* Wait for HTTP, the bus, the register, or until something is due. */
static void await(struct gateway *gateway, int stop_fd, int wait_ms)
{
    zmq_pollitem_t polls[CLIENT_POLLS_MAX + FDS];
    int fds[FDS] = {[HTTP_FDS + WORKERS] = stop_fd}, n_fds = FDS;
    int n = client_polls(gateway->client, polls, &wait_ms);
    http_fds(gateway->http, fds);
    for (int i = 0; i < WORKERS; i++)
        fds[HTTP_FDS + i] = worker_fd(gateway->workers[i]);
    if (gateway->metrics == NULL)
        n_fds -= HTTP_FDS;
    else
        metrics_fds(gateway->metrics, fds + HTTP_FDS + WORKERS + 1);
    for (int i = 0; i < n_fds; i++)
        polls[n++] = (zmq_pollitem_t){NULL, fds[i], ZMQ_POLLIN, 0};
    zmq_poll(polls, n, http_wait_ms(gateway->http, wait_ms));
}

/* A turn costs as much as several requests. So while many are under way, a turn begins gather_ms
 * after the last one, without polling, and serves what has come by then. A single request does not
 * wait.
 */
static void gather(struct gateway *gateway, int stop_fd, int wait_ms)
{
    int64_t left_us = gateway->turned_us + gateway->gather_us - monotonic_us();
    bool busy = http_begin_turn(gateway->http);
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
    for (int i = 0; i < WORKERS; i++)
        worker_turn(gateway->workers[i]);
    keeper_turn(gateway->keeper);
    elsewhere_turn(gateway->elsewhere);
    live_turn(gateway->live);
    watch_turn(gateway->watch);
    if (gateway->metrics != NULL)
        metrics_turn(gateway->metrics);
    http_turn(gateway->http); /* after the others: it sends at once what they have answered */
    client_send(gateway->client);
}
