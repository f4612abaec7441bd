/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/endpoint.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/base/uuid.h"
#include "common/wire/edge.h"

enum { REPEAT_MS = 1000, UNSENT_MS = 20 };

void endpoint_open(struct endpoint *endpoint, struct bus *bus, const char *service, size_t length,
                   enum lane lane)
{
    *endpoint = (struct endpoint){.lane = lane};
    STAILQ_INIT(&endpoint->queue);
    snprintf(endpoint->service, sizeof endpoint->service, "%.*s", (int)length, service);
    if (!link_open(&endpoint->link, bus, endpoint->service, lane))
        panic("cannot connect to %s", endpoint->service);
}

bool endpoint_is(const struct endpoint *endpoint, const char *service, size_t length,
                 enum lane lane)
{
    return endpoint->lane == lane && strlen(endpoint->service) == length &&
           memcmp(endpoint->service, service, length) == 0;
}

struct pending *endpoint_add(struct endpoint *endpoint, const struct ask *ask,
                             struct arena *scratch)
{
    static const unsigned char none[16];
    unsigned char id[16];
    memcpy(id, ask->id, sizeof id);
    if (memcmp(id, none, sizeof id) == 0)
        uuid_new(id);
    struct bytes envelope = edge_envelope(
        &(struct heading){id, 0, &ask->actor, ask->trace, ask->seen}, ask->message, scratch);
    struct pending *pending = malloc(sizeof *pending + envelope.len);
    must(pending != NULL);
    *pending = (struct pending){
        .ask = *ask, .endpoint = endpoint, .began_us = monotonic_us(), .size = envelope.len};
    pending->deadline_ms = pending->began_us / 1000 + ask->timeout_ms;
    memcpy(pending->ask.id, id, sizeof id);
    pending->ask.seen = NULL; /* it is in the envelope */
    memcpy(pending->envelope, envelope.data, envelope.len);
    arena_reset(scratch);
    endpoint_queue(endpoint, pending);
    return pending;
}

void endpoint_queue(struct endpoint *endpoint, struct pending *pending)
{
    pending->state = PENDING_QUEUED;
    STAILQ_INSERT_TAIL(&endpoint->queue, pending, queued);
}

/* False when the frame is full. */
static bool pack(struct bundle *bundle, const struct pending *pending, int64_t now_ms)
{
    unsigned char remaining[REMAINING_MAX_BYTES];
    int64_t left_ms = pending->deadline_ms - now_ms;
    size_t size = edge_remaining(remaining, (uint32_t)(left_ms < 1 ? 1 : left_ms));
    unsigned char *at = bundle_add(bundle, pending->size + size);
    if (at == NULL)
        return false;
    memcpy(at, pending->envelope, pending->size);
    memcpy(at + pending->size, remaining, size);
    return true;
}

int64_t endpoint_send(struct endpoint *endpoint, struct bundle *bundle, int64_t now_ms)
{
    struct pending_queue sent = STAILQ_HEAD_INITIALIZER(sent);
    struct pending *pending;
    endpoint->full = endpoint->full || endpoint->link.socket == NULL;
    while ((pending = STAILQ_FIRST(&endpoint->queue)) != NULL &&
           (endpoint->full || pack(bundle, pending, now_ms))) {
        STAILQ_REMOVE_HEAD(&endpoint->queue, queued);
        STAILQ_INSERT_TAIL(&sent, pending, queued);
    }
    endpoint->full = endpoint->full || !bus_send(endpoint->link.socket, bundle);
    if (!endpoint->full)
        link_asked(&endpoint->link);
    int64_t repeat_ms =
        now_ms + (endpoint->full ? UNSENT_MS : REPEAT_MS + randombytes_uniform(REPEAT_MS / 4));
    STAILQ_FOREACH(pending, &sent, queued)
    {
        pending->state = PENDING_SENT;
        pending->tries += !endpoint->full;
        pending->repeat_ms = repeat_ms;
    }
    return repeat_ms;
}
