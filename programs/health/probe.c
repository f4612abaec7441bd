/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/health/probe.h"

#include <stdio.h>
#include <string.h>

#include "common/base/program.h"
#include "common/base/service_names.h"
#include "common/bus/client.h"

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

static void note_answer(void *context, const struct answer *answer)
{
    struct probe *probe = context;
    const Onedoor__HealthReply *reply = answer->message;
    if (reply == NULL) {
        probe->report = json_pack("{ss ss ss}", "service", probe->service, "state", "silent",
                                  "detail", answer->detail != NULL ? answer->detail : "");
        return;
    }
    probe->report = json_pack(
        "{ss ss sI sI sI sI sI so so}", "service", probe->service, "state", reply->state, "now_ms",
        (json_int_t)reply->now_ms, "epoch", (json_int_t)reply->epoch, "head_seq",
        (json_int_t)reply->head_seq, "ticked_ms", (json_int_t)reply->ticked_ms, "parked",
        (json_int_t)reply->parked, "cursors", cursors_of(reply), "counters", counters_of(reply));
}

static void ask(struct client *client, struct probe *probes, int n, int timeout_ms)
{
    Onedoor__Health request = ONEDOOR__HEALTH__INIT;
    for (int i = 0; i < n; i++)
        client_ask(client, &(struct ask){.service = probes[i].service,
                                         .message = &request.base,
                                         .reply = &onedoor__health_reply__descriptor,
                                         .actor = {.id = "operator",
                                                   .role = ONEDOOR__ROLE__ADMINISTRATOR,
                                                   .department = ""},
                                         .timeout_ms = timeout_ms,
                                         .done = note_answer,
                                         .context = &probes[i]});
    while (client_outstanding(client) > 0)
        client_turn(client, timeout_ms);
}

static int probes_of(const char *service, struct probe probes[SERVICES])
{
    int n = 0;
    for (int i = 0; i < SERVICES; i++)
        if (*service == '\0' || strcmp(service, service_names[i]) == 0)
            probes[n++].service = service_names[i];
    return n;
}

int probe_services(const struct config *config)
{
    struct probe probes[SERVICES] = {0};
    struct client *client = NULL;
    int n = probes_of(config_text(config, "service"), probes), ready = 0;
    if (n == 0)
        return program_misused("there is no service '%s'", config_text(config, "service"));
    if (client_new(&client, config, config_text(config, "key")) != STATUS_OK)
        return PROGRAM_FAILED; /* client_new has logged why */
    ask(client, probes, n, (int)config_number(config, "timeout_ms"));
    client_free(&client);
    (config_bool(config, "json") ? print_json : print_lines)(probes, n);
    for (int i = 0; i < n; i++) {
        ready += strcmp(probe_text(probes[i].report, "state"), "ready") == 0;
        json_decref(probes[i].report);
    }
    return ready == n ? PROGRAM_OK : PROGRAM_FAILED;
}
