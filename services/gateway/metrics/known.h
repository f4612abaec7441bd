/* SPDX-License-Identifier: Apache-2.0 */
/* known.h: what the gateway knows when it is scraped, and its text. Pure. */
#ifndef GATEWAY_KNOWN_H
#define GATEWAY_KNOWN_H

#include <stdbool.h>

#include "common/base/service_names.h"
#include "onedoor/envelope.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/gateway/http/traffic.h"

/* What a service said last. */
struct known_service {
    Onedoor__HealthReply *health; /* null until it has answered */
    bool answers;                 /* it has answered the last question */
    int64_t offset_ms;            /* its business time less that of the gateway */
};

struct known {
    struct known_service services[SERVICES]; /* in the order of service_names */
    Onedoor__Reporting__BoardReply *board;   /* null until it has come */
    Onedoor__Supervision__ListDueReply *due; /* likewise */
    const struct traffic *traffic;
    int64_t disk_free_bytes; /* where the hall's files are */
};

/* The whole of it in Prometheus' text format, of the heap; its length in *size. */
char *known_text(const struct known *, size_t *size);

#endif
