/* SPDX-License-Identifier: Apache-2.0 */
/* replay.h: reads the journal of intake as routing does, over a raw connection: the page after a
 * place, and all pages up to the head. Include after cmocka.h. */
#ifndef TESTS_REPLAY_H
#define TESTS_REPLAY_H

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"

#include <stdio.h>
#include <string.h>

#include "common/wire/event.h"
#include "common/wire/message.h"

enum { CASES = 12 };

static struct line line; /* routing's, to the journal of intake */

static const struct actor follower = {"routing", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};

static inline int open_hall(void **state)
{
    running_open(state);
    for (int i = 0; i < CASES; i++)
        desk_begin(client, arena);
    line_open(&line, &hall, "routing", "intake", LANE_JOURNAL);
    return 0;
}

static inline int close_hall(void **state)
{
    line_close(&line);
    return running_close(state);
}

/* ---- asking for a page */

static inline Onedoor__Fetch page_after(int64_t seq, const unsigned char *hash)
{
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    fetch.stream = "intake";
    fetch.epoch = 1;
    fetch.from_seq = seq;
    if (hash != NULL)
        fetch.from_hash = (ProtobufCBinaryData){
            HASH_BYTES, (uint8_t *)arena_bytes(arena, (struct bytes){hash, HASH_BYTES}).data};
    fetch.max_events = 1024;
    fetch.max_bytes = 61440;
    return fetch;
}

static inline const Onedoor__Reply *ask(const Onedoor__Fetch *fetch)
{
    static unsigned char id;
    line_ask(&line, ++id, 30000, &follower, &fetch->base);
    return line_reply(&line);
}

static inline const Onedoor__FetchReply *page_in(const Onedoor__Reply *reply)
{
    assert_int_equal(ONEDOOR__CODE__OK, reply->code);
    const Onedoor__FetchReply *page =
        message_unpack(&onedoor__fetch_reply__descriptor,
                       (struct bytes){reply->body.data, reply->body.len}, arena);
    assert_non_null(page);
    return page;
}

static inline void assert_refused(const Onedoor__Fetch *fetch, Onedoor__Code code,
                                  Onedoor__Reason reason)
{
    const Onedoor__Reply *reply = ask(fetch);
    assert_int_equal(code, reply->code);
    assert_int_equal(reason, reply->reason);
}

static inline int64_t head(void)
{
    return hall_number(admin, "select seq from intake.journal_head");
}

struct place {
    int64_t seq;
    unsigned char hash[HASH_BYTES];
};

/* Read from a place to the head, page by page, and check the hash chain on the way. */
static inline struct place read_on(struct place place, uint32_t max_events, uint32_t max_bytes)
{
    for (int64_t end = head(); place.seq < end;) {
        Onedoor__Fetch fetch = page_after(place.seq, place.seq == 0 ? NULL : place.hash);
        fetch.max_events = max_events;
        fetch.max_bytes = max_bytes;
        const Onedoor__FetchReply *page = page_in(ask(&fetch));
        assert_true(page->n_events > 0 && page->n_events <= max_events);
        assert_true(page->head_seq >= end);
        for (size_t i = 0; i < page->n_events; i++) {
            const Onedoor__Event *in = page->events[i];
            struct event event = {(int32_t)in->epoch,
                                  in->seq,
                                  in->type,
                                  (int32_t)in->version,
                                  in->case_number,
                                  in->at_ms,
                                  in->actor,
                                  {in->payload.data, in->payload.len},
                                  {0},
                                  trace_of_bytes(in->trace.data, in->trace.len)};
            assert_int_equal(place.seq + 1, in->seq);
            event_hash(&event, place.hash, place.hash);
            assert_memory_equal(in->hash.data, place.hash, HASH_BYTES);
            place.seq = in->seq;
        }
    }
    return place;
}

static inline struct place at_head(void)
{
    return read_on((struct place){0}, 1024, 61440);
}

#endif
