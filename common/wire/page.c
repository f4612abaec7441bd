/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/page.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/wire/wire.h"

/* The numbers of fields in envelope.proto. */
enum {
    PAGE_EVENTS = 1,
    PAGE_EPOCH,
    PAGE_HEAD_SEQ,
    PAGE_MORE,
    PAGE_FROM_SEQ,
    PAGE_FROM_HASH,
    PAGE_HEARD,
    PAGE_HEARD_VERSION
};
enum {
    EVENT_EPOCH = 1,
    EVENT_SEQ,
    EVENT_TYPE,
    EVENT_VERSION,
    EVENT_CASE_NUMBER,
    EVENT_AT_MS,
    EVENT_ACTOR,
    EVENT_PAYLOAD,
    EVENT_HASH,
    EVENT_TRACE,
    FIELDS /* neither message has more */
};

static unsigned char *put(unsigned char **at, struct bytes bytes)
{
    unsigned char *copy = *at;
    if (bytes.len > 0)
        memcpy(copy, bytes.data, bytes.len);
    *at += bytes.len + 1;
    return copy;
}

/* Copies them one after another; the arena's zeros terminate the texts. */
static bool keep(struct event *event, struct bytes type, struct bytes actor, struct bytes payload,
                 struct arena *arena)
{
    unsigned char *at = arena_try(arena, type.len + actor.len + payload.len + 3);
    if (at == NULL)
        return false;
    event->type = (const char *)put(&at, type);
    event->actor = (const char *)put(&at, actor);
    event->payload = (struct bytes){put(&at, payload), payload.len};
    return true;
}

static bool read_event(struct bytes packed, struct event *event, struct arena *arena)
{
    struct wire_value in[FIELDS];
    if (!wire_fields(&onedoor__event__descriptor, packed, in, FIELDS) ||
        in[EVENT_HASH].bytes.len != HASH_BYTES)
        return false;
    event->epoch = (int32_t)in[EVENT_EPOCH].number;
    event->seq = (int64_t)in[EVENT_SEQ].number;
    event->version = (int32_t)in[EVENT_VERSION].number;
    event->case_number = (int64_t)in[EVENT_CASE_NUMBER].number;
    event->at_ms = (int64_t)in[EVENT_AT_MS].number;
    memcpy(event->hash, in[EVENT_HASH].bytes.data, HASH_BYTES);
    event->trace = trace_of_bytes(in[EVENT_TRACE].bytes.data, in[EVENT_TRACE].bytes.len);
    return keep(event, in[EVENT_TYPE].bytes, in[EVENT_ACTOR].bytes, in[EVENT_PAYLOAD].bytes, arena);
}

static bool read_heard(struct page *page, struct bytes packed)
{
    struct mark mark;
    if (!mark_read(&mark, packed))
        return false;
    marks_advance(&page->heard, &mark);
    return true;
}

static bool read_lists(struct page *page, struct bytes packed, struct event *events, size_t most,
                       struct arena *arena)
{
    for (struct wire_walk walk = wire_begin(packed); walk.at < walk.end;) {
        struct wire_value value;
        enum wire_kind kind;
        uint32_t id = wire_tag(&walk, &kind);
        must(id != 0 && wire_value(&walk, kind, &value)); /* wire_fields has checked it */
        if (id == PAGE_EVENTS &&
            (page->n == most || !read_event(value.bytes, &events[page->n++], arena)))
            return false;
        if (id == PAGE_HEARD && !read_heard(page, value.bytes))
            return false;
    }
    return true;
}

bool page_read(struct page *page, struct bytes packed, struct event *events, size_t most,
               struct arena *arena)
{
    struct wire_value in[FIELDS];
    if (!wire_fields(&onedoor__fetch_reply__descriptor, packed, in, FIELDS))
        return false;
    *page = (struct page){.epoch = (int32_t)in[PAGE_EPOCH].number,
                          .head_seq = (int64_t)in[PAGE_HEAD_SEQ].number,
                          .more = in[PAGE_MORE].number != 0,
                          .from_seq = (int64_t)in[PAGE_FROM_SEQ].number,
                          .from_hash = in[PAGE_FROM_HASH].bytes,
                          .heard_version = (uint32_t)in[PAGE_HEARD_VERSION].number};
    return read_lists(page, packed, events, most, arena);
}
