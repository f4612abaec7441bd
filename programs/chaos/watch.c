/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/watch.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/values/case_number.h"
#include "common/wire/vitals.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "programs/chaos/hall.h"

enum {
    QUESTIONS = 3 * SERVICES - 1,
    ASK_MS = 120000,
    TURN_MS = 50,
    GATEWAY_S = 2,
    FAULT_TEXT = 160
};

struct watch {
    struct client *client;
    const char *home;
    struct vitals vitals, before;
    bool has_before; /* the answers of a whole round since watch_begin */
    bool is_asked;   /* a round is under way */
    uint64_t round;  /* a question of an earlier one has no say any more */
    int answered;    /* of this round, */
    int late;        /* and of those, too late or not for sure */
    char fault[FAULT_TEXT];
};

/* A question of a round, and its answer's place. */
struct question {
    struct watch *watch;
    uint64_t round;
    int service;
    bool is_health;
};

struct watch *watch_new(const struct config *config)
{
    struct watch *watch = calloc(1, sizeof *watch);
    must(watch != NULL);
    watch->home = config_text(config, "home");
    if (client_new(&watch->client, config, "desk") != STATUS_OK)
        watch_free(&watch);
    return watch;
}

/* Questions that are still open are given up by then: their memory is the process's. */
void watch_free(struct watch **watch)
{
    if (*watch == NULL)
        return;
    client_free(&(*watch)->client);
    free(*watch);
    *watch = NULL;
}

void watch_begin(struct watch *watch)
{
    watch->has_before = watch->is_asked = false;
    watch->round++;
}

const char *watch_fault(const struct watch *watch)
{
    return watch->fault;
}

/* ---- services */

static void take(void *context, const struct answer *answer)
{
    struct question *question = context;
    struct watch *watch = question->watch;
    if (question->round == watch->round) {
        bool late = answer->kind == ANSWER_UNKNOWN || answer->reason == ONEDOOR__REASON__NOT_YET;
        watch->answered++;
        watch->late += late;
        if (question->is_health)
            vitals_take(&watch->vitals.services[question->service],
                        answer->kind == ANSWER_OK ? answer->message : NULL);
    }
    free(question);
}

static void put(struct watch *watch, int service, struct ask ask, Onedoor__Role role)
{
    struct question *question = malloc(sizeof *question);
    must(question != NULL);
    *question = (struct question){watch, watch->round, service,
                                  ask.message->descriptor == &onedoor__health__descriptor};
    ask.service = service_names[service];
    ask.actor = (struct actor){.id = "CHAOS", .role = role, .department = "CUL", .window = 1};
    ask.timeout_ms = ASK_MS;
    ask.done = take;
    ask.context = question;
    client_ask(watch->client, &ask);
}

/* A command about a case that does not exist: the refusal is written like any answer, so it proves
 * that the service can write. Reporting takes no commands: its cursors prove it. */
static void ask_to_write(struct watch *watch)
{
    const int64_t nobodys = case_number_make(99, 12, 31, 1);
    Onedoor__Intake__Withdraw withdraw = ONEDOOR__INTAKE__WITHDRAW__INIT;
    Onedoor__Routing__Decide decide = ONEDOOR__ROUTING__DECIDE__INIT;
    Onedoor__Charging__Pay pay = ONEDOOR__CHARGING__PAY__INIT;
    Onedoor__Supervision__AnswerCard answer = ONEDOOR__SUPERVISION__ANSWER_CARD__INIT;
    const struct {
        const ProtobufCMessage *message;
        Onedoor__Role role;
    } commands[] = {
        {&withdraw.base, ONEDOOR__ROLE__WINDOW_CLERK},
        {&decide.base, ONEDOOR__ROLE__APPROVER},
        {&pay.base, ONEDOOR__ROLE__CASHIER},
        {&answer.base, ONEDOOR__ROLE__APPROVER},
    };
    withdraw.case_number = decide.case_number = pay.case_number = answer.case_number = nobodys;
    decide.agree = true;
    pay.method = ONEDOOR__CHARGING__METHOD__CASH;
    pay.shown_fen = 1;
    answer.level = ONEDOOR__SUPERVISION__LEVEL__YELLOW;
    answer.answer = (char *)"-";
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        put(watch, (int)i, (struct ask){.lane = LANE_COMMAND, .message = commands[i].message},
            commands[i].role);
}

/* Health comes by the journal lane. The query is for no service but one to answer: the others
 * refuse it at once, which is an answer too. */
static void ask_all(struct watch *watch)
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    Onedoor__Intake__GetCalendar query = ONEDOOR__INTAKE__GET_CALENDAR__INIT;
    watch->answered = watch->late = 0;
    watch->is_asked = true;
    query.year = 2022;
    ask_to_write(watch);
    for (int i = 0; i < SERVICES; i++) {
        put(watch, i,
            (struct ask){.message = &health.base, .reply = &onedoor__health_reply__descriptor},
            ONEDOOR__ROLE__ADMINISTRATOR);
        put(watch, i, (struct ask){.lane = LANE_QUERY, .message = &query.base},
            ONEDOOR__ROLE__ADMINISTRATOR);
    }
}

/* A whole round is there: is everybody ready, and has heard what was said in the first one? */
static bool services_are_well(struct watch *watch)
{
    char faults[FAULTS_MAX][FAULT_SIZE];
    int n = vitals_faults(&watch->vitals, watch->has_before ? &watch->before : NULL, faults);
    watch->is_asked = false;
    watch->round++;
    if (n > 0)
        snprintf(watch->fault, sizeof watch->fault, "%s", faults[0]);
    else if (watch->late > 0)
        snprintf(watch->fault, sizeof watch->fault, "%d answers came too late", watch->late);
    n += watch->late;
    bool whole = n == 0 && watch->has_before;
    if (!watch->has_before && n == 0) {
        watch->before = watch->vitals;
        watch->has_before = true;
    }
    return whole;
}

/* ---- the gateway */

static int connect_gateway(int port)
{
    const struct timeval bound = {.tv_sec = GATEWAY_S};
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

/* What it says of itself and of its links. */
static bool gateway_is_ready(const struct watch *watch)
{
    static const char request[] =
        "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    char line[16] = "";
    int fd = connect_gateway(hall_port(watch->home));
    if (fd < 0)
        return false;
    if (send(fd, request, sizeof request - 1, MSG_NOSIGNAL) == (ssize_t)sizeof request - 1)
        (void)!recv(fd, line, sizeof line - 1, MSG_WAITALL);
    close(fd);
    return strncmp(line, "HTTP/1.1 200", 12) == 0;
}

/* ---- together */

static bool note(struct watch *watch, bool well, const char *fault)
{
    if (!well)
        snprintf(watch->fault, sizeof watch->fault, "%s", fault);
    return well;
}

int64_t watch_said(const struct watch *watch)
{
    int64_t said = 0;
    for (int i = 0; i < SERVICES; i++)
        said += watch->vitals.services[i].head_seq;
    return said;
}

bool watch_turn(struct watch *watch)
{
    if (!watch->is_asked)
        ask_all(watch);
    client_turn(watch->client, TURN_MS);
    if (watch->answered < QUESTIONS)
        return note(watch, false, "some lanes have not answered");
    return services_are_well(watch) &&
           note(watch, hall_is_ready(watch->home), "a process is not ready") &&
           note(watch, gateway_is_ready(watch), "the gateway is not ready");
}
