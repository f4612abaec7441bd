/* SPDX-License-Identifier: Apache-2.0 */
/* A message of any type: what is accepted can be decoded, and is well formed again when packed,
 * before its texts are tidied and afterwards. */
#include "common/wire/bounds.h"
#include "common/wire/message.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = {data, size};
    const ProtobufCMessageDescriptor *type = fuzz_message(&input);
    struct arena *arena = fuzz_arena();
    if (type == NULL || !is_ok(message_check(type, input)))
        return 0;
    ProtobufCMessage *message = message_unpack(type, input, arena);
    must(message != NULL);
    must(is_ok(message_check(type, message_pack(message, arena))));
    if (is_ok(bounds_apply(message, arena)))
        must(is_ok(message_check(type, message_pack(message, arena))));
    return 0;
}
