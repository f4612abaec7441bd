/* SPDX-License-Identifier: Apache-2.0 */
/* health.h: what a service says of itself: its state, how far it has heard, what it has counted and
 * how long that took. Programs and the gateway's metrics read it. */
#ifndef COMMON_HEALTH_H
#define COMMON_HEALTH_H

#include "common/service/loop_parts.h"

/* An onedoor.HealthReply in the loop's inbox. */
const ProtobufCMessage *health_reply(const struct loop *);

#endif
