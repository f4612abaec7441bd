/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-health: asks the services of a hall how they are, over the bus, as an operator would.
 *
 *   onedoor-health --home=HOME [--service NAME] [--json] [--timeout_ms N]
 *
 * Health is answered by a service's writing loop, so an answer proves that the service works and
 * not merely that it runs. One line a service, or one JSON object; the exit status is 0 when every
 * service asked is ready. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "common/client.h"
#include "common/log.h"
#include "common/words.h"

enum { N_SERVICES = 5, ARENA_BYTES = 4 * 1024 * 1024 };

static const char *const services[N_SERVICES] = {"intake", "routing", "charging", "supervision",
                                                 "reporting"};

static const struct setting health_settings[] = {
    {"service", SETTING_TEXT, "", 0, 20, "The one service to ask; empty: all of them."},
    {"json", SETTING_BOOL, "no", 0, 0, "Answer as JSON: yes or no."},
    {"timeout_ms", SETTING_NUMBER, "2000", 1, 60000, "How long to wait for an answer, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

/* What one service answered, as {service, state, ...}; without an answer the state is "silent" and
 * `detail` says why. */
struct patient {
    const char *service;
    json_t *report;
};

static json_t *cursors_of(const Onedoor__HealthReply *reply)
{
    json_t *cursors = json_object();
    for (size_t i = 0; i < reply->n_cursors; i++)
        json_object_set_new(cursors, reply->cursors[i]->stream,
                            json_integer(reply->cursors[i]->seq));
    return cursors;
}

static json_t *counters_of(const Onedoor__HealthReply *reply)
{
    json_t *counters = json_object();
    for (size_t i = 0; i < reply->n_counters; i++)
        json_object_set_new(counters, reply->counters[i]->name,
                            json_integer(reply->counters[i]->value));
    return counters;
}

static void hear(void *context, const struct answer *answer)
{
    struct patient *patient = context;
    const Onedoor__HealthReply *reply = answer->message;
    if (reply == NULL) {
        patient->report = json_pack("{ss ss ss}", "service", patient->service, "state", "silent",
                                    "detail", answer->detail != NULL ? answer->detail : "");
        return;
    }
    patient->report = json_pack(
        "{ss ss sI sI sI sI sI so so}", "service", patient->service, "state", reply->state,
        "now_ms", (json_int_t)reply->now_ms, "epoch", (json_int_t)reply->epoch, "head_seq",
        (json_int_t)reply->head_seq, "ticked_ms", (json_int_t)reply->ticked_ms, "parked",
        (json_int_t)reply->parked, "cursors", cursors_of(reply), "counters", counters_of(reply));
}

/* Ask each patient at once and wait until all have answered or their time is up. */
static void ask(struct client *client, struct patient *patients, int n, int timeout_ms)
{
    Onedoor__Health question = ONEDOOR__HEALTH__INIT;
    for (int i = 0; i < n; i++)
        client_ask(client, &(struct ask){.service = patients[i].service,
                                         .message = &question.base,
                                         .reply = &onedoor__health_reply__descriptor,
                                         .actor = {.id = "operator",
                                                   .role = ONEDOOR__ROLE__ADMINISTRATOR,
                                                   .department = ""},
                                         .timeout_ms = timeout_ms,
                                         .done = hear,
                                         .context = &patients[i]});
    while (client_outstanding(client) > 0)
        client_turn(client, timeout_ms);
}

static const char *word(const json_t *report, const char *name)
{
    const char *value = json_string_value(json_object_get(report, name));
    return value != NULL ? value : "";
}

static void show_line(json_t *report)
{
    const char *stream;
    json_t *seq;
    printf("%-12s %-8s", word(report, "service"), word(report, "state"));
    if (strcmp(word(report, "state"), "silent") == 0) {
        printf(" %s\n", word(report, "detail"));
        return;
    }
    printf(" said %" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(report, "head_seq")));
    json_object_foreach(json_object_get(report, "cursors"), stream, seq)
        printf(", heard %" JSON_INTEGER_FORMAT " of %s", json_integer_value(seq), stream);
    json_int_t parked = json_integer_value(json_object_get(report, "parked"));
    if (parked > 0)
        printf(", %" JSON_INTEGER_FORMAT " parked", parked);
    putchar('\n');
}

static void show(struct patient *patients, int n, bool as_json)
{
    if (as_json) {
        json_t *all = json_array();
        for (int i = 0; i < n; i++)
            json_array_append(all, patients[i].report);
        json_t *answer = json_pack("{so}", "services", all);
        json_dumpf(answer, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(answer);
        return;
    }
    for (int i = 0; i < n; i++)
        show_line(patients[i].report);
}

static int patients_of(const char *service, struct patient patients[N_SERVICES])
{
    int n = 0;
    for (int i = 0; i < N_SERVICES; i++)
        if (*service == '\0' || strcmp(service, services[i]) == 0)
            patients[n++].service = services[i];
    return n;
}

static int visit(const struct config *config)
{
    struct patient patients[N_SERVICES] = {0};
    struct client *client = NULL;
    int n = patients_of(config_text(config, "service"), patients), ready = 0;
    if (n == 0) {
        fprintf(stderr, "onedoor-health: there is no service '%s'\n",
                config_text(config, "service"));
        return 2;
    }
    if (client_new(&client, config, "operator") != STATUS_OK)
        return 1; /* it has said why */
    ask(client, patients, n, (int)config_number(config, "timeout_ms"));
    client_free(&client);
    show(patients, n, config_bool(config, "json"));
    for (int i = 0; i < n; i++) {
        ready += strcmp(word(patients[i].report, "state"), "ready") == 0;
        json_decref(patients[i].report);
    }
    return ready == n ? 0 : 1;
}

int main(int argc, char **argv)
{
    log_open("health");
    struct arena *arena = arena_new(ARENA_BYTES);
    const struct setting *const tables[] = {common_settings, health_settings, NULL};
    const char *complaint = NULL;
    struct config *config;
    struct words words;
    int code = 0;
    enum status status = words_read(&config, &words, argc, argv, tables, arena, &complaint);
    if (status == STATUS_OK && words.n_operands > 0)
        complaint = "it takes settings only; --help lists them";
    if (complaint != NULL) {
        fprintf(stderr, "onedoor-health: %s\n", complaint);
        code = 2;
    } else if (status == STATUS_OK) { /* else it was asked what it can do, and has said so */
        code = visit(config);
    }
    arena_free(&arena);
    return code;
}
