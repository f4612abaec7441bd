/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.h: the API described (OpenAPI 3.1), made from the route table and the messages'
 * descriptors, so that it cannot drift from what is answered. */
#ifndef GATEWAY_OPENAPI_H
#define GATEWAY_OPENAPI_H

#include <jansson.h>

/* A new object. */
json_t *openapi_document(void);

#endif
