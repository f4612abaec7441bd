/* SPDX-License-Identifier: Apache-2.0 */
/* bus_record.h: what the services say in Health of those whom they denied, put on record: each only
 * once, although they say it again and again. */
#ifndef GATEWAY_BUS_RECORD_H
#define GATEWAY_BUS_RECORD_H

#include "common/base/service_names.h"
#include "common/bus/denied.h"
#include "services/gateway/people/keeper.h"

struct bus_record {
    struct keeper *keeper;
    int64_t since_ms; /* wall clock: what was counted before, another process has recorded */
    struct denied_list known[SERVICES];
};

void bus_record_take(struct bus_record *, int service, const Onedoor__HealthReply *);

#endif
