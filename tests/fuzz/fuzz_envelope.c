/* SPDX-License-Identifier: Apache-2.0 */
/* An envelope as a service opens it, its body as each kind of request, and a reply as a client
 * reads it. */
#include <string.h>

#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "tests/fuzz/fuzz.h"

static void read_body(const struct request *request, struct arena *arena)
{
    void *message;
    unsigned char digest[32];
    for (size_t i = 0; fuzz_messages[i] != NULL; i++)
        if (strcmp(message_type(fuzz_messages[i]), request->type) == 0 &&
            is_ok(edge_body(request, fuzz_messages[i], NULL, arena, &message)))
            message_pack(message, arena);
    edge_digest(request, digest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = {data, size};
    struct arena *arena = fuzz_arena();
    struct request request;
    struct reply reply;
    if (is_ok(edge_open(input, arena, &request))) {
        must(request.actor.id[0] != '\0' && request.remaining_ms > 0);
        read_body(&request, arena);
    }
    if (edge_read_reply(input, &reply))
        must(reply.id.len == 16 && reply.body.len <= size);
    return 0;
}
