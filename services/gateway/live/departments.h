/* SPDX-License-Identifier: Apache-2.0 */
/* departments.h: the departments that a message names: the values of its text fields called
 * `department`, at any depth. A department may see what names it (RULE H21). */
#ifndef GATEWAY_DEPARTMENTS_H
#define GATEWAY_DEPARTMENTS_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/arena.h"

/* Calls `found` for each that is not empty. The name is a part of the packed message and has no NUL
 * at its end. False when the message is malformed. */
bool departments_of_packed(const ProtobufCMessageDescriptor *, struct bytes packed,
                           void (*found)(void *context, struct bytes department), void *context);

/* Does it name this one? False also when the message is malformed. */
bool departments_include(const ProtobufCMessageDescriptor *, struct bytes packed,
                         const char *department);

#endif
