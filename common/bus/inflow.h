/* SPDX-License-Identifier: Apache-2.0 */
/* inflow.h: how much a connection has sent since its last whole message. libzmq bounds a frame, but
 * keeps the frames of a message until its last one, however many come. It reads a connection with
 * recv(2), which is ours (inflow.c): what one of its threads reads is counted by file descriptor,
 * anew for each connection that has it, and a connection that sends too much without a whole
 * message is ended as if its peer had closed it, so libzmq lets go of what it kept.
 *
 * Heartbeats come without whole messages too, so a little is forgiven with time. */
#ifndef COMMON_INFLOW_H
#define COMMON_INFLOW_H

#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

/* `ended` is called on libzmq's thread, before the connection is closed. 0: nothing is bounded. For
 * the whole process: recv knows no bus. */
void inflow_bound(int64_t most_bytes, void (*ended)(void *context, int fd), void *context);

/* A frame that ends a message has come; with no connection behind it nothing happens. */
void inflow_whole(zmq_msg_t *last);

#endif
