/* SPDX-License-Identifier: Apache-2.0 */
/* zap.h: the access check of the bus (ZeroMQ's RFC 27): a thread that libzmq asks at each handshake
 * whether to accept the key. The key, in Z85, becomes the User-Id of all its messages. Whatever is
 * not exactly as expected is refused. */
#ifndef COMMON_ZAP_H
#define COMMON_ZAP_H

#include "common/bus/peers.h"

#define ZAP_DOMAIN "onedoor"

/* Null (logged) when the thread cannot be started. It ends with the context. */
void *zap_start(void *zmq, struct peers *);
void zap_stop(void **zap);

#endif
