/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/feed.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/service/kept.h"

enum {
    HELD_FETCHES_MAX = 256,
    PAGES_MAX = 16,
    PAGE_EVENTS_MAX = 1024,
    PAGE_BYTES_MAX = 61440,
    EVENT_OVERHEAD = 96,
    BACK_MAX = 1048576,
    WAIT_MAX_MS = 30000
};

/* A fetch that waits for the next event. */
struct held {
    struct sender from;
    unsigned char id[16];
    int64_t from_seq;
    uint32_t max_events, max_bytes, max_pages;
    uint32_t heard_version; /* that the follower has; 0: it does not ask */
    int64_t until_ms;       /* monotonic */
};

struct feed {
    struct engine *engine;
    struct kept kept; /* the last events; older ones are read from the table */
    struct held held[HELD_FETCHES_MAX];
    int n_held;
};

struct feed *feed_new(const struct config *config, struct engine *engine)
{
    struct feed *feed = calloc(1, sizeof *feed);
    must(feed != NULL);
    feed->engine = engine;
    kept_init(&feed->kept, (size_t)config_number(config, "ring_events"),
              (size_t)config_number(config, "ring_bytes"));
    return feed;
}

static void let_go(struct feed *feed, int i)
{
    zmq_msg_close(&feed->held[i].from.routing_id);
    feed->held[i] = feed->held[--feed->n_held];
}

void feed_free(struct feed **feed)
{
    if (*feed == NULL)
        return;
    while ((*feed)->n_held > 0)
        let_go(*feed, 0);
    kept_release(&(*feed)->kept);
    free(*feed);
    *feed = NULL;
}

void feed_append(struct feed *feed, const struct event *events, size_t n)
{
    for (size_t i = 0; i < n; i++)
        kept_append(&feed->kept, &events[i]);
}

void feed_reset(struct feed *feed)
{
    kept_clear(&feed->kept);
}

/* Events after from_seq as the table has them. STATUS_AGAIN: the database is away. */
static enum status read_table(struct feed *feed, int64_t from_seq, size_t most, struct arena *arena,
                              struct event **events, size_t *n)
{
    struct store *store = feed->engine->store;
    if (feed->engine->state == ENGINE_CLOSED)
        return STATUS_AGAIN;
    return store->ops->events(store, from_seq, most, arena, events, n);
}

/* ---- pages */

struct outgoing {
    Onedoor__Event *events[PAGE_EVENTS_MAX];
    size_t n, bytes;
    int64_t end_seq; /* the last event that the follower has after it */
    bool more;       /* another page follows in answer to the same request */
};

/* False when the page is full. */
static bool put(struct outgoing *page, const struct event *event, const struct held *ask,
                struct arena *arena)
{
    size_t size = event->payload.len + EVENT_OVERHEAD + strlen(event->type) + strlen(event->actor);
    if (page->n == ask->max_events || (page->n > 0 && page->bytes + size > ask->max_bytes))
        return false;
    Onedoor__Event *out = ARENA_NEW(arena, Onedoor__Event);
    onedoor__event__init(out);
    out->epoch = (uint32_t)event->epoch;
    out->seq = event->seq;
    out->type = (char *)event->type;
    out->version = (uint32_t)event->version;
    out->case_number = event->case_number;
    out->at_ms = event->at_ms;
    out->actor = (char *)event->actor;
    out->payload = (ProtobufCBinaryData){event->payload.len, (uint8_t *)event->payload.data};
    out->hash = (ProtobufCBinaryData){HASH_BYTES, (uint8_t *)event->hash};
    page->events[page->n++] = out;
    page->bytes += size;
    return true;
}

/* The page after from_seq, from memory, else from the table. STATUS_NOT_FOUND: the next event is
 * not stored any more. */
static enum status fill(struct feed *feed, struct outgoing *page, const struct held *ask,
                        int64_t from_seq, struct arena *arena)
{
    const struct event *event = kept_find(&feed->kept, from_seq + 1);
    if (event != NULL) {
        while (event != NULL && put(page, event, ask, arena))
            event = kept_find(&feed->kept, event->seq + 1);
        return STATUS_OK;
    }
    struct event *events;
    size_t n;
    enum status status = read_table(feed, from_seq, ask->max_events, arena, &events, &n);
    if (status == STATUS_OK && (n == 0 || events[0].seq != from_seq + 1))
        return STATUS_NOT_FOUND;
    for (size_t i = 0; status == STATUS_OK && i < n && put(page, &events[i], ask, arena); i++)
        ;
    return status;
}

/* How far this service has heard, in a page that ends where its journal does. */
static void put_heard(const struct feed *feed, Onedoor__FetchReply *reply, struct arena *arena)
{
    const struct reach *reach = &feed->engine->reach;
    reply->heard = marks_pack(&reach->all, arena);
    reply->n_heard = (size_t)reach->all.n;
    reply->heard_version = reach->version;
}

static bool send_page(struct feed *feed, struct mailbox *box, struct sender *from,
                      const struct held *ask, struct outgoing *page, struct arena *arena)
{
    Onedoor__FetchReply reply = ONEDOOR__FETCH_REPLY__INIT;
    reply.events = page->events;
    reply.n_events = page->n;
    reply.epoch = (uint32_t)feed->engine->head.epoch;
    reply.head_seq = feed->engine->head.seq;
    reply.more = page->more;
    if (ask->heard_version != 0 && page->end_seq == reply.head_seq)
        put_heard(feed, &reply, arena);
    mailbox_reply(box, from, edge_reply(ask->id, OUTCOME_OK, &reply.base, arena));
    return mailbox_flush(box);
}

static void send_refusal(struct mailbox *box, struct sender *from, const unsigned char id[16],
                         struct outcome outcome, struct arena *arena)
{
    mailbox_reply(box, from, edge_reply(id, outcome, NULL, arena));
}

static const struct outcome unavailable = {ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__BUSY,
                                           "the database is not reachable now", NULL};
static const struct outcome rewound = {ONEDOOR__CODE__DATA_LOSS, ONEDOOR__REASON__LOG_REWOUND,
                                       "this is not the journal that was followed", NULL};
static const struct outcome out_of_retention = {
    ONEDOOR__CODE__OUT_OF_RANGE, ONEDOOR__REASON__OUT_OF_RETENTION,
    "events after this one are not kept any more", NULL};

static void send_empty(struct feed *feed, struct mailbox *box, struct sender *from,
                       const struct held *ask, struct arena *arena)
{
    struct outgoing *page = ARENA_NEW(arena, struct outgoing);
    page->end_seq = ask->from_seq;
    send_page(feed, box, from, ask, page, arena);
}

/* As many pages as were asked for, or until the head. One that could not be sent is the last: the
 * follower asks again from where it is. */
static void send_events(struct feed *feed, struct mailbox *box, struct sender *from,
                        const struct held *ask, struct arena *arena)
{
    int64_t from_seq = ask->from_seq;
    for (uint32_t pages = 1; pages <= ask->max_pages && from_seq < feed->engine->head.seq;
         pages++) {
        struct outgoing *page = ARENA_NEW(arena, struct outgoing);
        enum status status = fill(feed, page, ask, from_seq, arena);
        if (status != STATUS_OK) {
            send_refusal(box, from, ask->id,
                         status == STATUS_NOT_FOUND ? out_of_retention : unavailable, arena);
            return;
        }
        from_seq += (int64_t)page->n;
        page->end_seq = from_seq;
        page->more = pages < ask->max_pages && from_seq < feed->engine->head.seq;
        if (!send_page(feed, box, from, ask, page, arena))
            return;
    }
}

/* The first event from `seq` on that is stored; null: there is none. */
static enum status first_stored(struct feed *feed, int64_t seq, struct arena *arena,
                                const struct event **event)
{
    struct event *events;
    size_t n;
    *event = kept_find(&feed->kept, seq);
    if (*event != NULL)
        return STATUS_OK;
    enum status status = read_table(feed, seq - 1, 1, arena, &events, &n);
    if (status == STATUS_OK && n > 0)
        *event = &events[0];
    return status;
}

/* Does the follower hold the journal that is kept here? Its last event's hash must be ours. */
static struct outcome check_position(struct feed *feed, const Onedoor__Fetch *fetch,
                                     struct arena *arena)
{
    const struct position *head = &feed->engine->head;
    const unsigned char *hash = head->hash;
    const struct event *event;
    if (fetch->from_seq == 0)
        return OUTCOME_OK;
    if (fetch->from_seq > head->seq || fetch->epoch > (uint32_t)head->epoch ||
        fetch->from_hash.len != HASH_BYTES)
        return rewound;
    if (fetch->from_seq < head->seq) {
        if (first_stored(feed, fetch->from_seq, arena, &event) != STATUS_OK)
            return unavailable;
        if (event == NULL || event->seq != fetch->from_seq)
            return out_of_retention;
        hash = event->hash;
    }
    return memcmp(hash, fetch->from_hash.data, HASH_BYTES) == 0 ? OUTCOME_OK : rewound;
}

/* ---- where the last events begin */

/* The place before the last `back` events; when not all of them are stored any more, before the
 * first that can still be verified. */
static void send_place(struct feed *feed, struct mailbox *box, struct sender *from,
                       const unsigned char id[16], int64_t back, struct arena *arena)
{
    const struct position *head = &feed->engine->head;
    int64_t seq = head->seq > back ? head->seq - back : 0;
    const struct event *event = NULL;
    Onedoor__FetchReply reply = ONEDOOR__FETCH_REPLY__INIT;
    reply.epoch = (uint32_t)head->epoch;
    reply.head_seq = head->seq;
    if (head->seq > 0 && first_stored(feed, seq == 0 ? 1 : seq, arena, &event) != STATUS_OK) {
        send_refusal(box, from, id, unavailable, arena);
        return;
    }
    if (head->seq > 0 && event == NULL) { /* none is stored */
        reply.from_seq = head->seq;
        reply.from_hash = (ProtobufCBinaryData){HASH_BYTES, (uint8_t *)head->hash};
    } else if (event != NULL && (seq > 0 || event->seq > 1)) {
        reply.from_seq = event->seq;
        reply.from_hash = (ProtobufCBinaryData){HASH_BYTES, (uint8_t *)event->hash};
    }
    mailbox_reply(box, from, edge_reply(id, OUTCOME_OK, &reply.base, arena));
}

/* ---- a request */

static struct outcome check_fetch(const struct feed *feed, const Onedoor__Fetch *fetch)
{
    if (strcmp(fetch->stream, feed->engine->service->name) != 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "stream", "this journal is not kept here");
    if (fetch->from_seq < -BACK_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_seq", "must be at least -1048576");
    if (fetch->max_events < 1 || fetch->max_events > PAGE_EVENTS_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "max_events", "must be 1 to 1024");
    if (fetch->max_bytes < 1024 || fetch->max_bytes > PAGE_BYTES_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "max_bytes", "must be 1024 to 61440");
    if (fetch->max_pages > PAGES_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "max_pages", "must be at most 16");
    if (fetch->wait_ms > WAIT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "wait_ms", "must be at most 30000");
    return OUTCOME_OK;
}

/* Has more been heard here than the follower was told? */
static bool has_heard_more(const struct feed *feed, const struct held *ask)
{
    return ask->heard_version != 0 && ask->heard_version != feed->engine->reach.version;
}

static void hold_fetch(struct feed *feed, struct sender *from, const struct held *ask)
{
    struct held *held = &feed->held[feed->n_held++];
    *held = *ask;
    held->from = *from; /* the key */
    zmq_msg_init(&held->from.routing_id);
    zmq_msg_copy(&held->from.routing_id, &from->routing_id);
}

void feed_fetch(struct feed *feed, struct mailbox *box, struct sender *from,
                const struct request *request, const Onedoor__Fetch *fetch, struct arena *arena)
{
    struct outcome outcome = check_fetch(feed, fetch);
    if (is_ok(outcome) && fetch->from_seq < 0) {
        send_place(feed, box, from, request->id, -fetch->from_seq, arena);
        return;
    }
    if (is_ok(outcome))
        outcome = check_position(feed, fetch, arena);
    if (!is_ok(outcome)) {
        send_refusal(box, from, request->id, outcome, arena);
        return;
    }
    struct held ask = {.from_seq = fetch->from_seq,
                       .max_events = fetch->max_events,
                       .max_bytes = fetch->max_bytes,
                       .max_pages = fetch->max_pages == 0 ? 1 : fetch->max_pages,
                       .heard_version = fetch->heard_version,
                       .until_ms = monotonic_ms() + fetch->wait_ms};
    memcpy(ask.id, request->id, sizeof ask.id);
    if (fetch->from_seq < feed->engine->head.seq)
        send_events(feed, box, from, &ask, arena);
    else if (fetch->wait_ms == 0 || feed->n_held == HELD_FETCHES_MAX || has_heard_more(feed, &ask))
        send_empty(feed, box, from, &ask, arena);
    else
        hold_fetch(feed, from, &ask);
}

void feed_answer(struct feed *feed, struct mailbox *box, struct arena *arena)
{
    int64_t now_ms = feed->n_held > 0 ? monotonic_ms() : 0;
    for (int i = feed->n_held - 1; i >= 0; i--) {
        struct held *held = &feed->held[i];
        if (held->from_seq < feed->engine->head.seq)
            send_events(feed, box, &held->from, held, arena);
        else if (now_ms >= held->until_ms || has_heard_more(feed, held))
            send_empty(feed, box, &held->from, held, arena);
        else
            continue;
        let_go(feed, i);
    }
    mailbox_flush(box);
}

int64_t feed_wait_ms(const struct feed *feed, int64_t now_ms)
{
    int64_t soonest_ms = INT64_MAX;
    for (int i = 0; i < feed->n_held; i++)
        if (feed->held[i].until_ms < soonest_ms)
            soonest_ms = feed->held[i].until_ms;
    if (soonest_ms == INT64_MAX)
        return INT64_MAX;
    return soonest_ms < now_ms ? 0 : soonest_ms - now_ms;
}
