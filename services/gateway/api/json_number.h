/* SPDX-License-Identifier: Apache-2.0 */
/* json_number.h: whole numbers as JSON has them: 12, "12", and, as the protobuf JSON mapping
 * allows, with a fraction or an exponent when they are whole: 1.0, 1e3, "1e3". */
#ifndef GATEWAY_JSON_NUMBER_H
#define GATEWAY_JSON_NUMBER_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/arena.h"

/* The number for a field of whole numbers, within the range of its type, in two's complement. A
 * field called case_number takes whatever text tidies to one (tidy.h), as "261123-000001-7". */
bool json_whole_number(const json_t *, const ProtobufCFieldDescriptor *, struct arena *,
                       uint64_t *bits);

#endif
