/* SPDX-License-Identifier: Apache-2.0 */
/* hostile_json.h: JSON shaped by the descriptor of a message, right but for a value or two. */
#ifndef TESTS_HOSTILE_JSON_H
#define TESTS_HOSTILE_JSON_H

#include <protobuf-c/protobuf-c.h>

#include "tests/system/hostile_text.h"

/* The supposed sender, and the case of the request. */
struct sender {
    const char *cookie, *csrf; /* "" for none */
    const char *case_number;
};

void hostile_json_message(struct text *, struct dice *, const struct sender *,
                          const ProtobufCMessageDescriptor *, int depth);
void hostile_json_value(struct text *, struct dice *, const struct sender *,
                        const ProtobufCFieldDescriptor *, int depth);

#endif
