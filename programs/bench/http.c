/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/http.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "programs/bench/echo.h"
#include "programs/bench/figures.h"
#include "programs/bench/health.h"
#include "programs/bench/load.h"
#include "programs/bench/usage.h"

enum {
    CONNECTIONS = 64,
    WARM = 2000,
    TASKS = 20,
    TEXT = 2048,
    PUSH_WAIT_MS = 20000,
    ANSWER_WAIT_MS = 30000,
};

/* What people's programs ask for all day, one request of each kind: a long answer, a short one, a
 * list, a calculation with a body to read, and a durable command. */
static const char submit[] =
    "{\"item\":\"CUL-05\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"测量\",\"document\":"
    "\"11010519491231002X\",\"phone\":\"13800000000\"},\"channel\":\"AT_WINDOW\",\"check\":true,"
    "\"materials\":[{\"seq\":1,\"copies\":2},{\"seq\":2,\"copies\":2},{\"seq\":3,\"copies\":2},"
    "{\"seq\":4,\"copies\":2}]}";

static const struct {
    const char *name, *method, *path, *body, *person; /* null: nobody; {case} is filled in */
} kinds[KINDS] = {
    [GUIDE] = {"guide", "GET", "/items/CON-02/guide", "", NULL},
    [PROGRESS] = {"progress", "GET", "/cases/{case}/progress", "", "clerk"},
    [TASK_LIST] = {"tasks", "GET", "/tasks?department=CUL&limit=20", "", "manager"},
    [QUOTE] = {"quote", "POST", "/quotes",
               "{\"item\":\"CON-02\",\"facts\":[{\"fee\":\"FEE-CON-02A\",\"units\":0},{\"fee\":"
               "\"FEE-CON-02B\",\"units\":10}]}",
               NULL},
    [SUBMIT] = {"submit", "POST", "/cases", submit, "clerk"},
};

struct person {
    char cookie[200], csrf[100];
};

struct http {
    const char *home;
    int gateway, port; /* its pid, where it listens */
    struct person clerk, manager;
    char case_number[24];
    struct figures figures;
};

/* ---- signing in */

static void find_gateway(struct http *http)
{
    char path[4300], address[100] = "";
    snprintf(path, sizeof path, "%s/run/gateway.address", http->home);
    FILE *file = fopen(path, "re");
    if (file == NULL || fgets(address, sizeof address, file) == NULL ||
        sscanf(address, "http://127.0.0.1:%d", &http->port) != 1)
        panic("there is no gateway on 127.0.0.1 in %s", http->home);
    fclose(file);
    http->gateway = usage_pid(http->home, "gateway");
    must(http->gateway > 0);
}

/* Copy what stands between `before` and the next `end`. */
static void cut(const char *text, const char *before, char end, char *to, size_t size)
{
    const char *at = strstr(text, before);
    if (at == NULL)
        panic("an answer without %s: %.200s", before, text);
    at += strlen(before);
    snprintf(to, size, "%.*s", (int)(strchrnul(at, end) - at), at);
}

static struct person sign_in(const struct http *http, const char *name)
{
    struct person person = {"", ""};
    char path[4300], body[300];
    const char *user, *password;
    snprintf(path, sizeof path, "%s/demo-users.json", http->home);
    json_t *users = json_load_file(path, 0, NULL), *one;
    size_t i;
    json_array_foreach(
        users, i, one) if (json_unpack(one, "{ss ss}", "name", &user, "password", &password) == 0 &&
                           strcmp(user, name) == 0)
        snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", user, password);
    json_decref(users);
    char *answer = load_ask(http->port, "POST", "/session", "", "", body);
    cut(answer, "Set-Cookie: ", ';', person.cookie, sizeof person.cookie);
    cut(answer, "\"csrfToken\":\"", '"', person.csrf, sizeof person.csrf);
    free(answer);
    return person;
}

/* Some cases to ask about; until the manager's list of tasks is full. */
static void take_in(struct http *http)
{
    char *answer = NULL;
    for (int i = 0; i < TASKS; i++) {
        free(answer);
        answer =
            load_ask(http->port, "POST", "/cases", http->clerk.cookie, http->clerk.csrf, submit);
    }
    cut(answer, "\"caseNumber\":\"", '"', http->case_number, sizeof http->case_number);
    for (int n = 0; n < TASKS;) {
        free(answer);
        answer = load_ask(http->port, "GET", kinds[TASK_LIST].path, http->manager.cookie, "", "");
        n = 0;
        for (const char *at = answer; (at = strstr(at, "\"dueMs\"")) != NULL; at++)
            n++;
    }
    free(answer);
}

/* ---- processor time a request */

static void write_request(const struct http *http, enum kind kind, const char *path,
                          char request[TEXT])
{
    const struct person *person = kinds[kind].person == NULL                 ? NULL
                                  : strcmp(kinds[kind].person, "clerk") == 0 ? &http->clerk
                                                                             : &http->manager;
    char who[400] = "", body[80] = "";
    if (person != NULL)
        snprintf(who, sizeof who, "Cookie: %s\r\nX-CSRF-Token: %s\r\n", person->cookie,
                 person->csrf);
    if (kinds[kind].body[0] != '\0')
        snprintf(body, sizeof body, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                 strlen(kinds[kind].body));
    int n = snprintf(request, TEXT, "%s %s HTTP/1.1\r\nHost: hall\r\nAccept: */*\r\n%s%s\r\n%s",
                     kinds[kind].method, path, who, body, kinds[kind].body);
    must(n > 0 && n < TEXT);
}

static void path_of(const struct http *http, enum kind kind, char *path, size_t size)
{
    const char *gap = strstr(kinds[kind].path, "{case}");
    snprintf(path, size, "/api/v1%.*s%s%s",
             (int)(gap == NULL ? strlen(kinds[kind].path) : (size_t)(gap - kinds[kind].path)),
             kinds[kind].path, gap == NULL ? "" : http->case_number, gap == NULL ? "" : gap + 6);
}

/* Add to the cost what two processes have spent on so many requests. */
static void spend(struct http *http, struct load *load, int echo, const char *requests[2], long n,
                  struct cost *cost)
{
    double gateway_s = usage_now(http->gateway).seconds, echo_s = usage_now(echo).seconds;
    http->figures.bad += load_repeat(load, requests[0], requests[1], n);
    cost->gateway_us = (usage_now(http->gateway).seconds - gateway_s) * 1e6 / (double)n;
    cost->echo_us = (usage_now(echo).seconds - echo_s) * 1e6 / (double)n;
}

/* The bare handler is asked in turn with the gateway, on twins of the same connections, so that
 * cold caches and a load generator that has to wake up cost both the same. Asked alone, as fast as
 * it can, it is cheaper; that is shown too. */
static void measure_kind(struct http *http, enum kind kind, const struct echo *echo, long requests)
{
    char path[200], to_gateway[TEXT], to_echo[TEXT];
    struct cost *cost = &http->figures.costs[kind], alone = {0};
    struct load *both = load_new(http->port, echo->port, CONNECTIONS),
                *bare = load_new(echo->port, 0, CONNECTIONS);
    cost->name = kinds[kind].name;
    path_of(http, kind, path, sizeof path);
    write_request(http, kind, path, to_gateway);
    http->figures.bad += load_repeat(both, to_gateway, NULL, WARM);
    cost->body_size = load_body_size(both);
    snprintf(path, sizeof path, "/%ld", cost->body_size);
    write_request(http, kind, path, to_echo);
    spend(http, bare, echo->pid, (const char *[]){to_echo, NULL}, requests, &alone);
    must(load_body_size(bare) == cost->body_size);
    spend(http, both, echo->pid, (const char *[]){to_gateway, to_echo}, requests, cost);
    cost->alone_us = alone.echo_us;
    http->figures.all.gateway_us += cost->gateway_us / KINDS;
    http->figures.all.echo_us += cost->echo_us / KINDS;
    http->figures.all.alone_us += cost->alone_us / KINDS;
    load_free(&both);
    load_free(&bare);
}

/* ---- many at once */

/* Wait until the events of the submitted cases have been handled and pushed, so that streams get
 * nothing but the push to come. */
static void until_quiet(const struct config *config)
{
    struct client *client;
    struct checkup now[SERVICES];
    if (client_new(&client, config, "desk") != STATUS_OK)
        panic("there is no way to the services");
    do
        must(health_ask(client, now));
    while (!health_quiet(now));
    client_free(&client);
}

static void measure_streams(struct http *http, int wanted)
{
    char request[TEXT];
    int64_t first_us = 0;
    int n = load_most(wanted);
    http->figures.streams.rss_before_kib = usage_now(http->gateway).rss_kib;
    struct load *load = load_new(http->port, 0, n);
    snprintf(request, sizeof request,
             "GET /api/v1/events HTTP/1.1\r\nHost: hall\r\nCookie: %s\r\n\r\n",
             http->manager.cookie);
    load_send(load, request);
    http->figures.streams.wanted = n;
    http->figures.streams.opened = load_until(load, "event: hello", PUSH_WAIT_MS, NULL);
    int64_t sent_us = monotonic_us();
    free(load_ask(http->port, "POST", "/cases", http->clerk.cookie, http->clerk.csrf, submit));
    http->figures.streams.reached =
        load_until(load, "\"type\":\"intake.CaseReceived\"", PUSH_WAIT_MS, &first_us);
    int64_t last_us = monotonic_us();
    http->figures.streams.push_ms = (double)(last_us - sent_us) / 1000;
    http->figures.streams.spread_ms = (double)(last_us - first_us) / 1000;
    http->figures.streams.rss_kib = usage_now(http->gateway).rss_kib;
    load_free(&load);
}

/* Stop intake, so that requests to it wait; then let it go on. */
static void measure_waiting(struct http *http, int wanted)
{
    char request[TEXT], path[200];
    int intake = usage_pid(http->home, "intake"), n = load_most(wanted);
    struct load *load = load_new(http->port, 0, n);
    path_of(http, GUIDE, path, sizeof path);
    write_request(http, GUIDE, path, request);
    http->figures.waiting.threads_before = usage_now(http->gateway).threads;
    must(intake > 0 && kill(intake, SIGSTOP) == 0);
    load_send(load, request);
    free(load_ask(http->port, "GET", "/items/CON-02/flow", "", "", "")); /* by routing: all that was
                                                                            sent before was read */
    struct process_now now = usage_now(http->gateway);
    http->figures.waiting.sent = n;
    http->figures.waiting.threads = now.threads;
    http->figures.waiting.rss_kib = now.rss_kib;
    must(kill(intake, SIGCONT) == 0);
    http->figures.waiting.answered = load_until(load, "HTTP/1.1 200", ANSWER_WAIT_MS, NULL);
    load_free(&load);
}

bool http_bench(const struct config *config)
{
    struct http http = {.home = config_text(config, "home")};
    struct echo echo = echo_start();
    int many = (int)config_number(config, "streams");
    find_gateway(&http);
    http.clerk = sign_in(&http, "clerk");
    http.manager = sign_in(&http, "manager");
    take_in(&http);
    for (int i = 0; i < KINDS; i++)
        measure_kind(&http, (enum kind)i, &echo, config_number(config, "requests"));
    echo_stop(&echo);
    until_quiet(config);
    measure_streams(&http, many);
    measure_waiting(&http, many);
    if (config_bool(config, "json"))
        figures_print_json(&http.figures);
    else
        figures_print_words(&http.figures);
    return http.figures.bad == 0 && http.figures.streams.reached == http.figures.streams.wanted &&
           http.figures.waiting.answered == http.figures.waiting.sent;
}
