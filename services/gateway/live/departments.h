/* SPDX-License-Identifier: Apache-2.0 */
/* departments.h: which departments a message speaks of: every text field called `department`, at
 * any depth. What is said of a department is for that department to see (RULE H21). */
#ifndef GATEWAY_DEPARTMENTS_H
#define GATEWAY_DEPARTMENTS_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/arena.h"

/* Calls `found` for each that is not empty; the message is still packed, and so the name is a part
 * of it and ends with no NUL. False when the message is malformed. */
bool departments_of_packed(const ProtobufCMessageDescriptor *, struct bytes packed,
                           void (*found)(void *context, struct bytes department), void *context);

/* False also when the message is malformed. */
bool departments_include(const ProtobufCMessageDescriptor *, struct bytes packed,
                         const char *department);

#endif
