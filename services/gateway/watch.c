/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/watch.h"

#include <stdlib.h>

#include "common/base/disk.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "services/gateway/bus_record.h"
#include "services/gateway/people/people.h"

/* A service that is frozen is found out after SILENT_MS; one that hears nothing, after two turns of
 * BEFORE_MS at most. */
enum { EVERY_MS = 1000, SILENT_MS = 4000, BEFORE_MS = 5000 };

struct asked {
    struct vital *vital;
    struct bus_record *record;
    bool outstanding, once;
};

struct watch {
    struct client *client;
    const char *home;
    struct vitals now, newer, older; /* older: of BEFORE_MS to twice that ago */
    struct asked asked[SERVICES];
    struct bus_record record;
    int64_t ask_ms, turn_ms; /* monotonic */
};

struct watch *watch_new(struct client *client, struct keeper *keeper, const char *home)
{
    struct watch *watch = calloc(1, sizeof *watch);
    must(watch != NULL);
    watch->client = client;
    watch->home = home;
    watch->record.keeper = keeper;
    watch->record.since_ms = people_now_ms();
    for (int i = 0; i < SERVICES; i++) {
        watch->asked[i].vital = &watch->now.services[i];
        watch->asked[i].record = &watch->record;
    }
    return watch;
}

void watch_free(struct watch **watch)
{
    free(*watch);
    *watch = NULL;
}

static void came(void *context, const struct answer *answer)
{
    struct asked *asked = context;
    asked->outstanding = false;
    asked->once = true;
    const Onedoor__HealthReply *reply = answer->kind == ANSWER_OK ? answer->message : NULL;
    int service = reply == NULL ? -1 : service_names_index(reply->service);
    vitals_take(asked->vital, reply);
    if (service >= 0)
        bus_record_take(asked->record, service, reply);
}

static void ask_one(struct watch *watch, int service)
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    if (watch->asked[service].outstanding)
        return;
    watch->asked[service].outstanding = true;
    client_ask(watch->client, &(struct ask){.service = service_names[service],
                                            .message = &health.base,
                                            .reply = &onedoor__health_reply__descriptor,
                                            .actor = {"gateway", ONEDOOR__ROLE__SUPERVISOR, "", 0},
                                            .timeout_ms = SILENT_MS,
                                            .done = came,
                                            .context = &watch->asked[service]});
}

void watch_turn(struct watch *watch)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms >= watch->turn_ms) {
        watch->older = watch->newer;
        watch->newer = watch->now;
        watch->turn_ms = now_ms + BEFORE_MS;
    }
    if (now_ms < watch->ask_ms)
        return;
    watch->ask_ms = now_ms + EVERY_MS;
    watch->now.disk_free_bytes = disk_free_bytes(watch->home);
    for (int i = 0; i < SERVICES; i++)
        ask_one(watch, i);
}

bool watch_began(const struct watch *watch)
{
    for (int i = 0; i < SERVICES; i++)
        if (!watch->asked[i].once)
            return false;
    return true;
}

int watch_faults(const struct watch *watch, char faults[FAULTS_MAX][FAULT_SIZE])
{
    return vitals_faults(&watch->now, &watch->older, faults);
}
