/* SPDX-License-Identifier: Apache-2.0 */
/* traffic.h: what the gateway's HTTP has served since its start, and has in hand. */
#ifndef GATEWAY_TRAFFIC_H
#define GATEWAY_TRAFFIC_H

#include "common/values/histogram.h"

enum { STATUS_CLASSES = 6 };

struct traffic {
    int64_t answered[STATUS_CLASSES]; /* by the first digit of the status */
    struct histogram requests;        /* from the headers to the answer */
    int64_t waiting;                  /* requests whose answer is awaited */
    int64_t connections;
};

#endif
