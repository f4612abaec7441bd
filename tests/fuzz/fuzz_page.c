/* SPDX-License-Identifier: Apache-2.0 */
/* A page of a journal as a follower reads it. What the walk accepts, the decoder reads alike. */
#include "common/wire/message.h"
#include "common/wire/page.h"
#include "tests/fuzz/fuzz.h"

enum { EVENTS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct event events[EVENTS];
    struct bytes input = {data, size};
    struct arena *arena = fuzz_arena();
    struct page page;
    unsigned char hash[HASH_BYTES] = {0};
    if (!page_read(&page, input, events, EVENTS, arena))
        return 0;
    must(page.n <= EVENTS);
    for (size_t i = 0; i < page.n; i++)
        event_hash(&events[i], hash, hash);
    const Onedoor__FetchReply *reply =
        message_unpack(&onedoor__fetch_reply__descriptor, input, arena);
    must(reply == NULL || (reply->n_events == page.n && reply->head_seq == page.head_seq));
    return 0;
}
