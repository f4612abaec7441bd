/* SPDX-License-Identifier: Apache-2.0 */
#include "common/follower.h"

#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/message.h"
#include "common/panic.h"
#include "common/uuid.h"
#include "common/wallclock.h"

enum {
    PAGES = 8,
    PAGE_BYTES = 56 * 1024,
    PAGE_MEMORY = 8 << 20,
    PATIENCE_MS = 1000,
    AGAIN_MS = 100
};

struct follower {
    const char *stream;
    struct actor who;
    void *socket;
    int64_t page_events, wait_ms;
    struct position next;    /* the last event received */
    int64_t back;            /* more than 0: not known yet, so many events before the end */
    int64_t head_seq;        /* of the journal, as the last page said */
    unsigned char asked[16]; /* id of the outstanding request */
    bool outstanding;
    int64_t ask_again_ms; /* monotonic: when an unanswered request is given up, or the next may be
                             sent */
    struct arena *arena;  /* of the events */
    struct event events[FOLLOWER_EVENTS];
    size_t n;
};

struct follower *follower_new(struct bus *bus, const char *stream, const char *who)
{
    void *socket = bus_connect(bus, stream, LANE_JOURNAL);
    if (socket == NULL)
        return NULL;
    struct follower *follower = calloc(1, sizeof *follower);
    must(follower != NULL);
    *follower = (struct follower){.stream = stream,
                                  .who = {who, ONEDOOR__ROLE__ADMINISTRATOR, "", 0},
                                  .socket = socket,
                                  .page_events = config_number(bus->config, "page_events"),
                                  .wait_ms = config_number(bus->config, "page_wait_ms"),
                                  .arena = arena_new(PAGE_MEMORY)};
    return follower;
}

void follower_free(struct follower **follower)
{
    if (*follower == NULL)
        return;
    zmq_close((*follower)->socket);
    arena_free(&(*follower)->arena);
    free(*follower);
    *follower = NULL;
}

void follower_seek(struct follower *follower, const struct position *position)
{
    follower->next = *position;
    follower->back = 0;
    follower->outstanding = false;
    follower->ask_again_ms = 0;
    follower_done(follower);
}

void follower_seek_end(struct follower *follower, int64_t back)
{
    follower_seek(follower, &(struct position){.epoch = 1});
    follower->back = back;
}

bool follower_place(const struct follower *follower, int64_t *seq, int64_t *head_seq)
{
    *seq = follower->next.seq;
    *head_seq = follower->head_seq;
    return follower->back == 0;
}

const struct event *follower_events(const struct follower *follower, size_t *n)
{
    *n = follower->n;
    return follower->events;
}

bool follower_behind(const struct follower *follower)
{
    return follower->head_seq > follower->next.seq;
}

bool follower_full(const struct follower *follower)
{
    return follower->n + (size_t)follower->page_events > FOLLOWER_EVENTS;
}

void follower_done(struct follower *follower)
{
    follower->n = 0;
    arena_reset(follower->arena);
}

void *follower_socket(const struct follower *follower)
{
    return follower->socket;
}

/* ---- asking */

static void ask(struct follower *follower)
{
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    struct arena *arena = arena_new_small(PAGE_MEMORY);
    fetch.stream = (char *)follower->stream;
    fetch.epoch = (uint32_t)follower->next.epoch;
    fetch.from_seq = follower->back > 0 ? -follower->back : follower->next.seq;
    fetch.from_hash =
        (ProtobufCBinaryData){follower->next.seq == 0 ? 0 : HASH_BYTES, follower->next.hash};
    fetch.max_events = (uint32_t)follower->page_events;
    fetch.max_bytes = PAGE_BYTES;
    fetch.wait_ms = (uint32_t)follower->wait_ms;
    fetch.max_pages = (uint32_t)((FOLLOWER_EVENTS - (int64_t)follower->n) / follower->page_events);
    if (fetch.max_pages > PAGES)
        fetch.max_pages = PAGES;
    uuid_new(follower->asked);
    struct bundle bundle = {0};
    bundle_put(&bundle, edge_envelope(follower->asked, (uint32_t)follower->wait_ms + PATIENCE_MS,
                                      &follower->who, &fetch.base, arena));
    follower->outstanding = bus_send(follower->socket, &bundle);
    bundle_release(&bundle);
    follower->ask_again_ms =
        monotonic_ms() + (follower->outstanding ? follower->wait_ms + PATIENCE_MS : AGAIN_MS);
    arena_free(&arena);
}

/* ---- hearing */

static enum status wrong(const struct follower *follower, int64_t seq, const char *why)
{
    log_error(0, "journal.rewound", "%s after event %lld: %s", follower->stream, (long long)seq,
              why);
    return STATUS_REWOUND;
}

/* Its texts stay where the page has them, in the follower's arena. */
static bool read_event(const Onedoor__Event *in, struct event *event)
{
    *event = (struct event){(int32_t)in->epoch,
                            in->seq,
                            in->type,
                            (int32_t)in->version,
                            in->case_number,
                            in->at_ms,
                            in->actor,
                            {in->payload.data, in->payload.len},
                            {0}};
    if (in->hash.len != HASH_BYTES)
        return false;
    memcpy(event->hash, in->hash.data, HASH_BYTES);
    if (event->payload.data == NULL)
        event->payload.data = (const unsigned char *)"";
    return true;
}

static enum status read_page(struct follower *follower, const Onedoor__FetchReply *reply)
{
    unsigned char hash[HASH_BYTES];
    if (reply->n_events > (size_t)follower->page_events)
        return wrong(follower, follower->next.seq, "a page larger than was asked for");
    for (size_t i = 0; i < reply->n_events; i++) {
        struct event *event = &follower->events[follower->n + i];
        if (!read_event(reply->events[i], event) || event->seq != follower->next.seq + 1)
            return wrong(follower, follower->next.seq, "a gap");
        event_hash(event, follower->next.hash, hash);
        if (memcmp(hash, event->hash, HASH_BYTES) != 0)
            return wrong(follower, follower->next.seq, "the hash chain is broken");
        follower->next.epoch = event->epoch;
        follower->next.seq = event->seq;
        memcpy(follower->next.hash, event->hash, HASH_BYTES);
    }
    follower->n += reply->n_events;
    follower->head_seq = reply->head_seq;
    return STATUS_OK;
}

/* Where the last events begin: the next request is for them. */
static enum status read_place(struct follower *follower, const Onedoor__FetchReply *reply)
{
    if (reply->n_events > 0 || reply->from_seq < 0 || reply->from_seq > reply->head_seq ||
        reply->from_hash.len != (reply->from_seq == 0 ? 0 : HASH_BYTES))
        return wrong(follower, 0, "no place to begin at");
    struct position place = {.epoch = (int32_t)reply->epoch, .seq = reply->from_seq};
    if (place.seq > 0)
        memcpy(place.hash, reply->from_hash.data, HASH_BYTES);
    follower->head_seq = reply->head_seq;
    follower_seek(follower, &place); /* last: the reply is gone then */
    return STATUS_OK;
}

static enum status take(struct follower *follower, const Onedoor__Reply *reply)
{
    follower->outstanding = false;
    follower->ask_again_ms = 0;
    if (reply->code == ONEDOOR__CODE__OK) {
        const Onedoor__FetchReply *page =
            message_unpack(&onedoor__fetch_reply__descriptor,
                           (struct bytes){reply->body.data, reply->body.len}, follower->arena);
        if (page == NULL)
            return wrong(follower, follower->next.seq, "a page that cannot be decoded");
        if (follower->back > 0)
            return read_place(follower, page);
        follower->outstanding = page->more;
        follower->ask_again_ms = page->more ? monotonic_ms() + PATIENCE_MS : 0;
        return read_page(follower, page);
    }
    follower->ask_again_ms = monotonic_ms() + AGAIN_MS;
    if (reply->code == ONEDOOR__CODE__DATA_LOSS || reply->code == ONEDOOR__CODE__OUT_OF_RANGE)
        return wrong(follower, follower->next.seq, reply->detail);
    return STATUS_OK;
}

/* Stale answers, of before a reconnect, are passed over. */
static enum status hear(struct follower *follower, struct bytes packed)
{
    const Onedoor__Reply *reply =
        message_unpack(&onedoor__reply__descriptor, packed, follower->arena);
    bool wanted = reply != NULL && follower->outstanding && reply->id.len == 16 &&
                  memcmp(reply->id.data, follower->asked, 16) == 0;
    return wanted ? take(follower, reply) : STATUS_OK;
}

static enum status receive(struct follower *follower)
{
    zmq_msg_t frame;
    zmq_msg_init(&frame);
    enum status status = STATUS_AGAIN;
    if (zmq_msg_recv(&frame, follower->socket, ZMQ_DONTWAIT) >= 0) {
        struct bytes rest = {zmq_msg_data(&frame), zmq_msg_size(&frame)}, packed;
        status = STATUS_OK;
        while (status == STATUS_OK && !follower_full(follower) && bundle_next(&rest, &packed))
            status = hear(follower, packed);
    }
    zmq_msg_close(&frame);
    return status;
}

enum status follower_turn(struct follower *follower)
{
    enum status status = STATUS_OK;
    while (!follower_full(follower) && status == STATUS_OK)
        status = receive(follower);
    if (status == STATUS_REWOUND)
        return status;
    if (follower->outstanding && monotonic_ms() >= follower->ask_again_ms)
        follower->outstanding = false;
    if (!follower->outstanding && !follower_full(follower) &&
        monotonic_ms() >= follower->ask_again_ms)
        ask(follower);
    return STATUS_OK;
}
