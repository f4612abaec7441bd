/* SPDX-License-Identifier: Apache-2.0 */
/* zap.h: the access check of the bus (ZeroMQ's RFC 27): a thread that answers libzmq's question,
 * for each handshake, whether this key may come in. The peer's name becomes the User-Id of all its
 * messages. Everything that is not exactly right is refused. */
#ifndef COMMON_ZAP_H
#define COMMON_ZAP_H

#include "common/bus/peers.h"

#define ZAP_DOMAIN "onedoor"

/* Null (logged) when it cannot be started. It ends with the context. */
void *zap_start(void *zmq, struct peers *);
void zap_stop(void **zap);

#endif
