/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/follower.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/base/uuid.h"
#include "common/bus/inflow.h"
#include "common/values/log.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"
#include "common/wire/page.h"

enum { PAGES = 8, PAGE_MEMORY = 8 << 20, ANSWER_TIMEOUT_MS = 1000, RETRY_MS = 100 };

/* Where to fetch from: known, or to be asked of the owner first. */
enum place_state { PLACE_KNOWN, PLACE_UNKNOWN };

/* The one request: fetch_ms is when to send it, or when to give it up. */
enum request_state { REQUEST_DUE, REQUEST_OUTSTANDING };

struct follower {
    const char *stream;
    struct actor actor;
    struct link link;
    int64_t page_events, wait_ms;
    struct position next; /* the last event received */
    enum place_state place;
    int64_t back;       /* place unknown: it is to be so many events before the end */
    int64_t head_seq;   /* of the journal, according to the last page */
    bool verifies;      /* the hash chain */
    struct marks heard; /* how far the owner had heard at heard_seq */
    uint32_t heard_version;
    int64_t heard_seq;
    bool heard_news; /* since follower_heard */
    bool is_denied;  /* logged once, until it is not */
    enum request_state request;
    unsigned char asked[16]; /* its id, while it is outstanding */
    int64_t fetch_ms;        /* monotonic */
    struct arena *arena;     /* of the events */
    struct event events[FOLLOWER_EVENTS];
    size_t n;
};

struct follower *follower_new(struct bus *bus, const char *stream, const char *who)
{
    struct follower *follower = calloc(1, sizeof *follower);
    must(follower != NULL);
    *follower = (struct follower){.stream = stream,
                                  .actor = {who, ONEDOOR__ROLE__ADMINISTRATOR, "", 0},
                                  .page_events = config_number(bus->config, "page_events"),
                                  .wait_ms = config_number(bus->config, "page_wait_ms"),
                                  .arena = arena_new(PAGE_MEMORY)};
    if (!link_open(&follower->link, bus, stream, LANE_JOURNAL))
        follower_free(&follower);
    return follower;
}

void follower_free(struct follower **follower)
{
    if (*follower == NULL)
        return;
    link_close(&(*follower)->link);
    arena_free(&(*follower)->arena);
    free(*follower);
    *follower = NULL;
}

static bool is_full(const struct follower *follower)
{
    return follower->n + (size_t)follower->page_events > FOLLOWER_EVENTS;
}

static void begin(struct follower *follower, const struct position *position)
{
    follower->next = *position;
    follower->place = PLACE_KNOWN;
    follower->request = REQUEST_DUE;
    follower->fetch_ms = 0;
    follower->heard_version = 1;
    follower->heard_news = false;
    follower_done(follower);
}

void follower_seek(struct follower *follower, const struct position *position)
{
    begin(follower, position);
    follower->verifies = true;
}

void follower_seek_end(struct follower *follower, int64_t back)
{
    begin(follower, &(struct position){.epoch = 1});
    follower->place = PLACE_UNKNOWN;
    follower->back = back;
    follower->verifies = false;
}

bool follower_place(const struct follower *follower, int64_t *seq, int64_t *head_seq)
{
    *seq = follower->next.seq;
    *head_seq = follower->head_seq;
    return follower->place == PLACE_KNOWN;
}

const struct marks *follower_heard(struct follower *follower)
{
    if (!follower->heard_news || follower->next.seq < follower->heard_seq)
        return NULL;
    follower->heard_news = false;
    return &follower->heard;
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

void follower_done(struct follower *follower)
{
    follower->n = 0;
    arena_reset(follower->arena);
}

const struct link *follower_link(const struct follower *follower)
{
    return &follower->link;
}

void *follower_socket(const struct follower *follower)
{
    return follower->link.socket;
}

/* ---- fetching */

static void set_request(struct follower *follower, enum request_state state, int64_t in_ms)
{
    follower->request = state;
    follower->fetch_ms = monotonic_ms() + in_ms;
}

static void fetch_next(struct follower *follower)
{
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    struct arena *arena = arena_new_small(PAGE_MEMORY);
    fetch.stream = (char *)follower->stream;
    fetch.epoch = (uint32_t)follower->next.epoch;
    fetch.from_seq = follower->place == PLACE_UNKNOWN ? -follower->back : follower->next.seq;
    fetch.from_hash =
        (ProtobufCBinaryData){follower->next.seq == 0 ? 0 : HASH_BYTES, follower->next.hash};
    fetch.max_events = (uint32_t)follower->page_events;
    fetch.max_bytes = MESSAGE_PAGE_BYTES;
    fetch.wait_ms = (uint32_t)follower->wait_ms;
    fetch.max_pages = (uint32_t)((FOLLOWER_EVENTS - (int64_t)follower->n) / follower->page_events);
    if (fetch.max_pages > PAGES)
        fetch.max_pages = PAGES;
    fetch.heard_version = follower->verifies ? follower->heard_version : 0;
    uuid_new(follower->asked);
    struct bundle bundle = {0};
    bundle_put(&bundle,
               edge_envelope(&(struct heading){follower->asked,
                                               (uint32_t)follower->wait_ms + ANSWER_TIMEOUT_MS,
                                               &follower->actor, NULL, NULL},
                             &fetch.base, arena));
    if (follower->link.socket != NULL && bus_send(follower->link.socket, &bundle)) {
        link_asked(&follower->link);
        set_request(follower, REQUEST_OUTSTANDING, follower->wait_ms + ANSWER_TIMEOUT_MS);
    } else {
        set_request(follower, REQUEST_DUE, RETRY_MS);
    }
    bundle_release(&bundle);
    arena_free(&arena);
}

/* ---- receiving */

static enum status wrong(const struct follower *follower, const char *why)
{
    log_error(0, "journal.rewound", "%s after event %lld: %s", follower->stream,
              (long long)follower->next.seq, why);
    return STATUS_REWOUND;
}

/* Takes the next event of the page. */
static enum status hear_event(struct follower *follower)
{
    const struct event *event = &follower->events[follower->n];
    unsigned char hash[HASH_BYTES];
    if (event->seq != follower->next.seq + 1)
        return wrong(follower, "a gap");
    if (follower->verifies) {
        event_hash(event, follower->next.hash, hash);
        if (memcmp(hash, event->hash, HASH_BYTES) != 0)
            return wrong(follower, "the hash chain is broken");
    }
    follower->next.epoch = event->epoch;
    follower->next.seq = event->seq;
    memcpy(follower->next.hash, event->hash, HASH_BYTES);
    follower->n++;
    return STATUS_OK;
}

static void hear_heard(struct follower *follower, const struct page *page)
{
    if (page->heard.n == 0)
        return;
    follower->heard = page->heard;
    follower->heard_version = page->heard_version;
    follower->heard_seq = page->head_seq;
    follower->heard_news = true;
}

static enum status hear_events(struct follower *follower, const struct page *page)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < page->n && status == STATUS_OK; i++)
        status = hear_event(follower);
    follower->head_seq = page->head_seq;
    hear_heard(follower, page);
    if (page->more)
        set_request(follower, REQUEST_OUTSTANDING, ANSWER_TIMEOUT_MS);
    else
        set_request(follower, REQUEST_DUE, 0);
    return status;
}

/* The answer to follower_seek_end: the position from which to fetch. */
static enum status hear_place(struct follower *follower, const struct page *page)
{
    if (page->from_seq < 0 || page->from_seq > page->head_seq ||
        page->from_hash.len != (page->from_seq == 0 ? 0 : HASH_BYTES))
        return wrong(follower, "no valid position to begin at");
    struct position place = {.epoch = page->epoch, .seq = page->from_seq};
    if (place.seq > 0)
        memcpy(place.hash, page->from_hash.data, HASH_BYTES);
    follower->head_seq = page->head_seq;
    begin(follower, &place);
    return STATUS_OK;
}

static enum status hear_page(struct follower *follower, struct bytes packed)
{
    struct page page;
    bool is_place = follower->place == PLACE_UNKNOWN;
    if (is_full(follower) ||
        !page_read(&page, packed, &follower->events[follower->n],
                   is_place ? 0 : (size_t)follower->page_events, follower->arena))
        return wrong(follower, "a page that is malformed or larger than was asked for");
    return is_place ? hear_place(follower, &page) : hear_events(follower, &page);
}

static enum status hear_refusal(struct follower *follower, Onedoor__Code code)
{
    set_request(follower, REQUEST_DUE, RETRY_MS);
    if (code == ONEDOOR__CODE__PERMISSION_DENIED && !follower->is_denied)
        log_error(0, "journal.denied",
                  "our key may not follow %s: see its line in the list of peers", follower->stream);
    follower->is_denied = code == ONEDOOR__CODE__PERMISSION_DENIED;
    if (code == ONEDOOR__CODE__DATA_LOSS)
        return wrong(follower, "this is not the journal that was followed");
    if (code == ONEDOOR__CODE__OUT_OF_RANGE)
        return wrong(follower, "the events after it are not kept any more");
    return STATUS_OK;
}

/* Answers to earlier requests are ignored. */
static enum status hear(struct follower *follower, struct bytes packed)
{
    struct reply reply;
    if (!edge_read_reply(packed, &reply) || follower->request != REQUEST_OUTSTANDING ||
        memcmp(reply.id.data, follower->asked, sizeof follower->asked) != 0)
        return STATUS_OK;
    return reply.code == ONEDOOR__CODE__OK ? hear_page(follower, reply.body)
                                           : hear_refusal(follower, reply.code);
}

static enum status receive(struct follower *follower)
{
    zmq_msg_t frame;
    zmq_msg_init(&frame);
    enum status status = STATUS_AGAIN;
    if (follower->link.socket != NULL &&
        zmq_msg_recv(&frame, follower->link.socket, ZMQ_DONTWAIT) >= 0) {
        struct bytes rest = {zmq_msg_data(&frame), zmq_msg_size(&frame)}, packed;
        link_heard(&follower->link);
        status = STATUS_OK;
        inflow_whole(&frame);
        while (status == STATUS_OK && !is_full(follower) && bundle_next(&rest, &packed))
            status = hear(follower, packed);
    }
    zmq_msg_close(&frame);
    return status;
}

enum status follower_turn(struct follower *follower)
{
    enum status status = STATUS_OK;
    if (link_look(&follower->link))
        set_request(follower, REQUEST_DUE, 0); /* what was asked by the old one is lost */
    while (!is_full(follower) && status == STATUS_OK)
        status = receive(follower);
    if (status == STATUS_REWOUND)
        return status;
    if (monotonic_ms() < follower->fetch_ms)
        return STATUS_OK;
    follower->request = REQUEST_DUE; /* an outstanding one is given up */
    if (!is_full(follower))
        fetch_next(follower);
    return STATUS_OK;
}
