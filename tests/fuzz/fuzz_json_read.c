/* SPDX-License-Identifier: Apache-2.0 */
/* JSON into a message of any type: what is read, written and read again is the same. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/wire/message.h"
#include "services/gateway/api/json.h"
#include "tests/fuzz/fuzz.h"

static ProtobufCMessage *read_text(const ProtobufCMessageDescriptor *type, const char *text,
                                   size_t size, struct arena *arena)
{
    ProtobufCMessage *message = json_new_message(type, arena);
    json_values_begin();
    const json_t *body = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    bool taken = body != NULL && is_ok(json_to_message(body, message, arena));
    json_values_end();
    return taken ? message : NULL;
}

static bool same(struct bytes a, struct bytes b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = {data, size};
    const ProtobufCMessageDescriptor *type = fuzz_message(&input);
    struct arena *arena = fuzz_arena();
    size_t n;
    ProtobufCMessage *message =
        type == NULL ? NULL : read_text(type, (const char *)input.data, input.len, arena);
    if (message == NULL)
        return 0;
    char *text = json_of_message(message, &n);
    must(strlen(text) == n);
    ProtobufCMessage *again = read_text(type, text, n, arena);
    /* An enum that was left out is written by the name of 0, which a request may not have. */
    must(again == NULL || same(message_pack(message, arena), message_pack(again, arena)));
    must(again != NULL || strstr(text, "UNSPECIFIED") != NULL);
    free(text);
    return 0;
}
