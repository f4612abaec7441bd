/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/outgoing.h"

#include <string.h>

enum { EVENT_OVERHEAD = 122 };

bool outgoing_put(struct outgoing *page, const struct event *event,
                  const struct outgoing_most *most, struct arena *arena)
{
    size_t size = event->payload.len + EVENT_OVERHEAD + strlen(event->type) + strlen(event->actor);
    if (page->n == most->events || (page->n > 0 && page->bytes + size > most->bytes))
        return false;
    Onedoor__Event *out = ARENA_NEW(arena, Onedoor__Event);
    onedoor__event__init(out);
    out->epoch = (uint32_t)event->epoch;
    out->seq = event->seq;
    out->type = (char *)event->type;
    out->version = (uint32_t)event->version;
    out->case_number = event->case_number;
    out->at_ms = event->at_ms;
    out->actor = (char *)event->actor;
    out->payload = (ProtobufCBinaryData){event->payload.len, (uint8_t *)event->payload.data};
    out->hash = (ProtobufCBinaryData){HASH_BYTES, (uint8_t *)event->hash};
    if (trace_is_set(&event->trace))
        out->trace = (ProtobufCBinaryData){TRACE_BYTES, (uint8_t *)&event->trace};
    page->events[page->n++] = out;
    page->bytes += size;
    return true;
}
