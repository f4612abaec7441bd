/* SPDX-License-Identifier: Apache-2.0 */
/* openapi_schema.h: JSON schemas of messages, made from their descriptors and, for what is sent,
 * from the tables of bounds (bounds.h).
 *
 * What is sent is checked more strictly than what is answered: it has no unknown field and no value
 * 0 of an enum, while an answer has every field, may have such a value, and may have more fields
 * one day. So a type has two schemas; that of requests has "Input" behind its name. */
#ifndef GATEWAY_OPENAPI_SCHEMA_H
#define GATEWAY_OPENAPI_SCHEMA_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "services/gateway/api/routes.h"

/* Where schemas that are referred to are added, and for which side. */
struct openapi_schema_side {
    json_t *schemas;
    bool sent;
};

/* {"$ref": "#/components/schemas/NAME"} */
json_t *openapi_schema_reference(const char *name);

/* A reference to the schema of a message, which is added when it is not there yet. */
json_t *openapi_schema_message_reference(const ProtobufCMessageDescriptor *,
                                         const struct openapi_schema_side *);

/* The schema of a message without the fields that stand in the route's path; a null route: of all
 * its fields. */
json_t *openapi_schema_message(const ProtobufCMessageDescriptor *, const struct api_route *,
                               const struct openapi_schema_side *);

json_t *openapi_schema_field(const ProtobufCMessageDescriptor *, const ProtobufCFieldDescriptor *,
                             const struct openapi_schema_side *);

/* Is a request without the field refused? */
bool openapi_schema_must_be_sent(const ProtobufCMessageDescriptor *,
                                 const ProtobufCFieldDescriptor *);

#endif
