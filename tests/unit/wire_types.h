/* SPDX-License-Identifier: Apache-2.0 */
/* wire_types.h: every message type that comes from outside: what travels in an envelope, the
 * corridor's own, all commands, queries and followed events, as the services' tables name them. */
#ifndef UNIT_WIRE_TYPES_H
#define UNIT_WIRE_TYPES_H

#include "onedoor/envelope.pb-c.h"
#include "services/charging/charging.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"

#include "common/rows/declare.h"
#include "common/service/reader.h"

enum { WIRE_TYPES_MAX = 256 };

struct wire_types {
    const ProtobufCMessageDescriptor *list[WIRE_TYPES_MAX];
    size_t n;
};

static inline void wire_types_add(struct wire_types *types, const ProtobufCMessageDescriptor *type)
{
    for (size_t i = 0; i < types->n; i++)
        if (types->list[i] == type)
            return;
    assert_true(types->n < WIRE_TYPES_MAX);
    types->list[types->n++] = type;
}

static inline void wire_types_of(struct wire_types *types, const struct service *service)
{
    for (const struct route *r = service->routes; r != NULL && r->message != NULL; r++)
        wire_types_add(types, r->message);
    for (const struct query *q = service->queries; q != NULL && q->message != NULL; q++)
        wire_types_add(types, q->message);
    for (const struct follow *f = service->follows; f != NULL && f->stream != NULL; f++)
        for (const struct hearing *h = f->hears; h->message != NULL; h++)
            wire_types_add(types, h->message);
}

static inline struct wire_types wire_types(void)
{
    static const ProtobufCMessageDescriptor *const corridor[] = {
        &onedoor__envelope__descriptor,     &onedoor__reply__descriptor,
        &onedoor__fetch__descriptor,        &onedoor__fetch_reply__descriptor,
        &onedoor__health__descriptor,       &onedoor__health_reply__descriptor,
        &onedoor__event__descriptor,        &onedoor__retry_parked__descriptor,
        &onedoor__accept_clock__descriptor,
    };
    struct wire_types types = {.n = 0};
    for (size_t i = 0; i < sizeof corridor / sizeof corridor[0]; i++)
        wire_types_add(&types, corridor[i]);
    wire_types_of(&types, &intake_service);
    wire_types_of(&types, &routing_service);
    wire_types_of(&types, &charging_service);
    wire_types_of(&types, &supervision_service);
    wire_types_of(&types, &reporting_service);
    return types;
}

#endif
