/* SPDX-License-Identifier: Apache-2.0 */
/* A packed message of any type into JSON: the text is JSON, and is the same whether the message was
 * decoded first or not. */
#include <stdlib.h>
#include <string.h>

#include "common/wire/message.h"
#include "services/gateway/api/json.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = {data, size};
    const ProtobufCMessageDescriptor *type = fuzz_message(&input);
    struct arena *arena = fuzz_arena();
    size_t n_packed, n_decoded;
    if (type == NULL || !is_ok(message_check(type, input)))
        return 0;
    ProtobufCMessage *message = message_unpack(type, input, arena);
    char *packed = json_of_packed(type, input, &n_packed),
         *decoded = json_of_message(message, &n_decoded);
    must(packed != NULL && strlen(packed) == n_packed);
    must(strcmp(packed, decoded) == 0);
    json_t *value = json_loadb(packed, n_packed, JSON_REJECT_DUPLICATES, NULL);
    must(value != NULL);
    json_decref(value);
    free(packed);
    free(decoded);
    return 0;
}
