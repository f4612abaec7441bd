/* SPDX-License-Identifier: Apache-2.0 */
/* input.h: what a call asks for, read from its path, query, body and headers. */
#ifndef GATEWAY_INPUT_H
#define GATEWAY_INPUT_H

#include "common/wire/outcome.h"
#include "services/gateway/api/call.h"

/* Fills call->message, and call->id of a command or with an Idempotency-Key. A route without a
 * request takes no parameters. */
struct outcome input_read(struct call *);

/* Whether the gateway fills the field in where the request has none: the page's limit, and the
 * caller's own department. */
bool input_fills_in(const struct api_route *, const ProtobufCFieldDescriptor *);

/* The service that the request names in its field `service`, where several have the message; null:
 * its type says which. */
const char *input_service(const struct call *);

#endif
