/* SPDX-License-Identifier: Apache-2.0 */
/* required.h: the fields without which a request is refused as wrong, whatever else it says: for
 * the OpenAPI document. The services check them; the test of all routes leaves each of them out and
 * sees the refusal. */
#ifndef GATEWAY_REQUIRED_H
#define GATEWAY_REQUIRED_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

/* By the field's name in the message: "case_number". */
bool required_has(const ProtobufCMessageDescriptor *, const char *field);

#endif
