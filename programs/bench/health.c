/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/health.h"

#include <stdio.h>
#include <string.h>

static void copy(const Onedoor__HealthReply *reply, struct checkup *checkup)
{
    checkup->head_seq = reply->head_seq;
    for (size_t i = 0; i < reply->n_cursors && checkup->n_cursors < SERVICES;
         i++, checkup->n_cursors++) {
        snprintf(checkup->cursors[i].stream, sizeof checkup->cursors[i].stream, "%s",
                 reply->cursors[i]->stream);
        checkup->cursors[i].seq = reply->cursors[i]->seq;
    }
    for (size_t i = 0; i < reply->n_counters && checkup->n_counters < COUNTERS_MAX;
         i++, checkup->n_counters++) {
        snprintf(checkup->counters[i].name, sizeof checkup->counters[i].name, "%s",
                 reply->counters[i]->name);
        checkup->counters[i].value = reply->counters[i]->value;
    }
}

bool health_ask(struct client *client, struct checkup all[SERVICES])
{
    struct arena *arena = arena_new(1 << 20);
    bool answered = true;
    for (int i = 0; i < SERVICES && answered; i++) {
        Onedoor__Health health = ONEDOOR__HEALTH__INIT;
        struct ask ask = {.service = service_names[i],
                          .message = &health.base,
                          .reply = &onedoor__health_reply__descriptor,
                          .actor = {"bench", ONEDOOR__ROLE__ADMINISTRATOR, "", 0},
                          .timeout_ms = 30000};
        struct answer answer = client_call(client, &ask, arena);
        all[i] = (struct checkup){.service = service_names[i]};
        answered = answer.kind == ANSWER_OK;
        if (answered)
            copy(answer.message, &all[i]);
    }
    arena_free(&arena);
    return answered;
}

static int64_t head_of(const struct checkup all[SERVICES], const char *stream)
{
    for (int i = 0; i < SERVICES; i++)
        if (strcmp(all[i].service, stream) == 0)
            return all[i].head_seq;
    return -1;
}

bool health_quiet(const struct checkup all[SERVICES])
{
    for (int i = 0; i < SERVICES; i++)
        for (int k = 0; k < all[i].n_cursors; k++)
            if (all[i].cursors[k].seq != head_of(all, all[i].cursors[k].stream))
                return false;
    return true;
}

int64_t health_counter(const struct checkup *checkup, const char *name)
{
    for (int i = 0; i < checkup->n_counters; i++)
        if (strcmp(checkup->counters[i].name, name) == 0)
            return checkup->counters[i].value;
    return 0;
}
