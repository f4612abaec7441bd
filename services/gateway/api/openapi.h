/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.h: the description of the API (OpenAPI 3.1), made from the table of routes and the
 * descriptors of the messages, so that it cannot differ from what is answered. */
#ifndef GATEWAY_OPENAPI_H
#define GATEWAY_OPENAPI_H

#include <jansson.h>

#include "services/gateway/http/exchange.h"

/* A new object. The cookie is the session's, by its name. */
json_t *openapi_document(const char *cookie_name);

/* Answers with its text, which is not copied: it outlives every answer. */
void openapi_answer(struct exchange *, const char *text);

#endif
