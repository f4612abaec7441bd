/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/health/probe.h"

#include <stdio.h>
#include <string.h>

#include "common/base/disk.h"
#include "common/base/monotonic.h"
#include "common/base/program.h"
#include "common/base/service_names.h"
#include "common/bus/client.h"

/* How long one may take to hear what was said; and between two looks. */
enum { BEHIND_MS = 5000, LOOK_AGAIN_MS = 100 };

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
    json_decref(probe->report);
    vitals_take(probe->vital, reply);
    if (reply == NULL) {
        probe->report = json_pack("{ss ss ss}", "service", probe->service, "state", "silent",
                                  "detail", answer->detail != NULL ? answer->detail : "");
        return;
    }
    probe->report = json_pack(
        "{ss ss ss ss sI sI sI sI sI so so}", "service", probe->service, "state", reply->state,
        "version", reply->version, "writer", reply->writer, "now_ms", (json_int_t)reply->now_ms,
        "epoch", (json_int_t)reply->epoch, "head_seq", (json_int_t)reply->head_seq, "ticked_ms",
        (json_int_t)reply->ticked_ms, "parked", (json_int_t)reply->parked, "cursors",
        cursors_of(reply), "counters", counters_of(reply));
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

static int probes_of(const char *service, struct vitals *vitals, struct probe probes[SERVICES])
{
    int n = 0;
    for (int i = 0; i < SERVICES; i++)
        if (*service == '\0' || strcmp(service, service_names[i]) == 0)
            probes[n++] =
                (struct probe){.service = service_names[i], .vital = &vitals->services[i]};
    return n;
}

/* Of all services, whose probes these are. */
static json_t *find_faults(struct client *client, struct probe *probes, struct vitals *vitals,
                           int timeout_ms)
{
    char texts[FAULTS_MAX][FAULT_SIZE];
    const struct vitals before = *vitals;
    int64_t until_ms = monotonic_ms() + BEHIND_MS;
    while (vitals_behind(vitals, &before) && monotonic_ms() < until_ms) {
        client_turn(client, LOOK_AGAIN_MS);
        ask(client, probes, SERVICES, timeout_ms);
    }
    int n = vitals_faults(vitals, &before, texts);
    json_t *faults = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(faults, json_string(texts[i]));
    return faults;
}

static bool all_ready(struct probe *probes, int n)
{
    int ready = 0;
    for (int i = 0; i < n; i++)
        ready += strcmp(probe_text(probes[i].report, "state"), "ready") == 0;
    return ready == n;
}

int probe_services(const struct config *config)
{
    struct vitals vitals = {.disk_free_bytes = disk_free_bytes(config_text(config, "home"))};
    struct probe probes[SERVICES] = {0};
    struct client *client = NULL;
    int n = probes_of(config_text(config, "service"), &vitals, probes);
    int timeout_ms = (int)config_number(config, "timeout_ms");
    if (n == 0)
        return program_misused("there is no service '%s'", config_text(config, "service"));
    if (client_new(&client, config, config_text(config, "key")) != STATUS_OK)
        return PROGRAM_FAILED; /* client_new has logged why */
    ask(client, probes, n, timeout_ms);
    json_t *faults =
        n == SERVICES ? find_faults(client, probes, &vitals, timeout_ms) : json_array();
    client_free(&client);
    if (config_bool(config, "json"))
        print_json(probes, n, faults);
    else
        print_lines(probes, n, faults);
    bool well = all_ready(probes, n) && json_array_size(faults) == 0;
    for (int i = 0; i < n; i++)
        json_decref(probes[i].report);
    json_decref(faults);
    return well ? PROGRAM_OK : PROGRAM_FAILED;
}
