/* SPDX-License-Identifier: Apache-2.0 */
/* departments.h: which departments a message speaks of: every text field called `department`, at
 * any depth. What is said of a department is for that department to see (RULE H21). */
#ifndef GATEWAY_DEPARTMENTS_H
#define GATEWAY_DEPARTMENTS_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

/* Calls `found` for each that is not empty. */
void departments_of(const ProtobufCMessage *, void (*found)(void *context, const char *department),
                    void *context);

bool departments_include(const ProtobufCMessage *, const char *department);

#endif
