/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/feed.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/service/kept.h"
#include "common/service/outgoing.h"

enum {
    HELD_FETCHES_MAX = 256,
    PAGES_MAX = 16,
    PAGE_BYTES_MAX = 61440,
    BACK_MAX = 1048576,
    WAIT_MAX_MS = 30000,
    READ_AT_ONCE = 128,     /* rows of the table, of up to 64 KiB each */
    READ_COST = 16 << 10,   /* bytes that a read of the table counts as */
    PAGE_MEMORY = 16 << 20, /* a page as it is made, and what it is made of */
    SENT_A_TURN = 16 << 20  /* bytes, after which others are to ask again */
};

/* A fetch that waits for the next event. */
struct held {
    struct sender from;
    unsigned char id[16];
    int64_t from_seq;
    struct outgoing_most most;
    uint32_t max_pages;
    uint32_t heard_version; /* that the follower has; 0: it does not ask */
    int64_t until_ms;       /* monotonic */
};

struct feed {
    struct engine *engine;
    struct kept kept; /* the last events; older ones are read from the table */
    struct held held[HELD_FETCHES_MAX];
    int n_held;
    struct arena *page; /* emptied after each */
    size_t sent;        /* bytes in this turn */
};

struct feed *feed_new(const struct config *config, struct engine *engine)
{
    struct feed *feed = calloc(1, sizeof *feed);
    must(feed != NULL);
    feed->engine = engine;
    feed->page = arena_new(PAGE_MEMORY);
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
    arena_free(&(*feed)->page);
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
    feed->sent += READ_COST;
    if (feed->engine->state == ENGINE_CLOSED)
        return STATUS_AGAIN;
    return store->ops->events(store, from_seq, most, arena, events, n);
}

/* ---- pages */

static void fill_from_memory(struct feed *feed, struct outgoing *page, const struct held *ask,
                             const struct event *event)
{
    while (event != NULL && outgoing_put(page, event, &ask->most, feed->page))
        event = kept_find(&feed->kept, event->seq + 1);
}

static enum status fill_from_table(struct feed *feed, struct outgoing *page, const struct held *ask,
                                   int64_t from_seq)
{
    size_t n = READ_AT_ONCE, taken = n;
    while (taken == READ_AT_ONCE) {
        struct event *events;
        int64_t at_seq = from_seq + (int64_t)page->n;
        enum status status = read_table(feed, at_seq, READ_AT_ONCE, feed->page, &events, &n);
        if (status != STATUS_OK)
            return status;
        if (page->n == 0 && (n == 0 || events[0].seq != from_seq + 1))
            return STATUS_NOT_FOUND;
        for (taken = 0; taken < n && outgoing_put(page, &events[taken], &ask->most, feed->page);)
            taken++;
    }
    return STATUS_OK;
}

/* The page after from_seq, from memory, else from the table. STATUS_NOT_FOUND: the next event is
 * not stored any more. */
static enum status fill(struct feed *feed, struct outgoing *page, const struct held *ask,
                        int64_t from_seq)
{
    const struct event *event = kept_find(&feed->kept, from_seq + 1);
    if (event == NULL)
        return fill_from_table(feed, page, ask, from_seq);
    fill_from_memory(feed, page, ask, event);
    return STATUS_OK;
}

/* How far this service has heard, in a page that ends where its journal does. */
static void put_heard(const struct feed *feed, Onedoor__FetchReply *reply, struct arena *arena)
{
    const struct reach *reach = &feed->engine->reach;
    reply->heard = marks_pack(&reach->all, arena);
    reply->n_heard = (size_t)reach->all.n;
    reply->heard_version = reach->version;
}

/* False when the line takes no more. */
static bool send_page(struct feed *feed, struct mailbox *box, struct sender *from,
                      const struct held *ask, struct outgoing *page)
{
    Onedoor__FetchReply reply = ONEDOOR__FETCH_REPLY__INIT;
    reply.events = page->events;
    reply.n_events = page->n;
    reply.epoch = (uint32_t)feed->engine->head.epoch;
    reply.head_seq = feed->engine->head.seq;
    reply.more = page->more;
    if (ask->heard_version != 0 && page->end_seq == reply.head_seq)
        put_heard(feed, &reply, feed->page);
    struct bytes packed = edge_reply(ask->id, OUTCOME_OK, &reply.base, feed->page);
    feed->sent += packed.len;
    mailbox_reply(box, from, packed);
    arena_reset(feed->page);
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

static const struct outcome too_many = {ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__REASON__BUSY,
                                        "too much is being fetched: ask again shortly", NULL};

static void send_empty(struct feed *feed, struct mailbox *box, struct sender *from,
                       const struct held *ask)
{
    struct outgoing *page = ARENA_NEW(feed->page, struct outgoing);
    page->end_seq = ask->from_seq;
    send_page(feed, box, from, ask, page);
}

/* As many pages as were asked for, or until the head. One that could not be sent is the last: the
 * follower asks again from where it is. */
static void send_events(struct feed *feed, struct mailbox *box, struct sender *from,
                        const struct held *ask)
{
    int64_t from_seq = ask->from_seq;
    for (uint32_t pages = 1; pages <= ask->max_pages && from_seq < feed->engine->head.seq;
         pages++) {
        struct outgoing *page = ARENA_NEW(feed->page, struct outgoing);
        enum status status = fill(feed, page, ask, from_seq);
        if (status != STATUS_OK) {
            send_refusal(box, from, ask->id,
                         status == STATUS_NOT_FOUND ? out_of_retention : unavailable, feed->page);
            arena_reset(feed->page);
            return;
        }
        from_seq += (int64_t)page->n;
        page->end_seq = from_seq;
        page->more = pages < ask->max_pages && from_seq < feed->engine->head.seq;
        if (!send_page(feed, box, from, ask, page))
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
    if (fetch->max_events < 1 || fetch->max_events > OUTGOING_EVENTS_MAX)
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

static struct held held_of(const struct request *request, const Onedoor__Fetch *fetch)
{
    struct held ask = {.from_seq = fetch->from_seq,
                       .most = {fetch->max_events, fetch->max_bytes},
                       .max_pages = fetch->max_pages == 0 ? 1 : fetch->max_pages,
                       .heard_version = fetch->heard_version,
                       .until_ms = monotonic_ms() + fetch->wait_ms};
    memcpy(ask.id, request->id, sizeof ask.id);
    return ask;
}

/* One that is behind gets events; one that has everything waits, if it wants to and may. */
static void serve(struct feed *feed, struct mailbox *box, struct sender *from,
                  const struct request *request, const Onedoor__Fetch *fetch)
{
    const struct held ask = held_of(request, fetch);
    if (fetch->from_seq < feed->engine->head.seq)
        send_events(feed, box, from, &ask);
    else if (fetch->wait_ms == 0 || feed->n_held == HELD_FETCHES_MAX || has_heard_more(feed, &ask))
        send_empty(feed, box, from, &ask);
    else
        hold_fetch(feed, from, &ask);
}

void feed_fetch(struct feed *feed, struct mailbox *box, struct sender *from,
                const struct request *request, const Onedoor__Fetch *fetch)
{
    struct outcome outcome = feed->sent < SENT_A_TURN ? check_fetch(feed, fetch) : too_many;
    bool places = fetch->from_seq < 0;
    if (is_ok(outcome) && !places)
        outcome = check_position(feed, fetch, feed->page);
    if (!is_ok(outcome))
        send_refusal(box, from, request->id, outcome, feed->page);
    else if (places)
        send_place(feed, box, from, request->id, -fetch->from_seq, feed->page);
    else
        serve(feed, box, from, request, fetch);
    arena_reset(feed->page);
}

/* False: it goes on waiting. */
static bool answer_held(struct feed *feed, struct mailbox *box, struct held *held, int64_t now_ms)
{
    if (held->from_seq < feed->engine->head.seq)
        send_events(feed, box, &held->from, held);
    else if (now_ms >= held->until_ms || has_heard_more(feed, held))
        send_empty(feed, box, &held->from, held);
    else
        return false;
    return true;
}

void feed_answer(struct feed *feed, struct mailbox *box)
{
    int64_t now_ms = feed->n_held > 0 ? monotonic_ms() : 0;
    feed->sent = 0;
    for (int i = 0; i < feed->n_held && feed->sent < SENT_A_TURN;) {
        if (answer_held(feed, box, &feed->held[i], now_ms))
            let_go(feed, i);
        else
            i++;
    }
    mailbox_flush(box);
}

int64_t feed_wait_ms(const struct feed *feed, int64_t now_ms)
{
    int64_t soonest_ms = INT64_MAX;
    for (int i = 0; i < feed->n_held; i++) {
        if (feed->held[i].from_seq < feed->engine->head.seq)
            return 0; /* the last turn had sent enough */
        if (feed->held[i].until_ms < soonest_ms)
            soonest_ms = feed->held[i].until_ms;
    }
    if (soonest_ms == INT64_MAX)
        return INT64_MAX;
    return soonest_ms < now_ms ? 0 : soonest_ms - now_ms;
}
