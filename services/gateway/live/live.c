/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/values/log.h"
#include "services/gateway/http/shares.h"
#include "services/gateway/http/stream.h"
#include "services/gateway/live/recent.h"

enum { HEARTBEAT_MS = 15000, LOOK_MS = 1000, LIFE_MS = 3600000, EVENT_MOST = 640, CASES = 200000 };

enum listener_state {
    LISTENER_NONE,
    LISTENER_NEW,         /* before the present is reached: wants the events from then on */
    LISTENER_RETURNING,   /* before the present is reached: wants those after its position */
    LISTENER_CATCHING_UP, /* gets what is kept after its position */
    LISTENER_CURRENT,     /* gets each event as it comes */
    LISTENER_BEHIND,      /* was too slow: its stream ends, and it comes back */
    LISTENER_STATES
};

/* One page that listens. */
struct listener {
    LIST_ENTRY(listener) link;
    struct live *live;
    struct stream *stream;
    struct caller caller;
    struct in_addr address;
    bool gave_way; /* to another address: it no longer counts, and ends */
    enum listener_state state;
    struct recent_position position; /* of one that returns: what it has had already */
    uint64_t next;                   /* number of the next event to look at */
    int64_t heartbeat_ms, ends_ms;
};

struct followed_stream {
    struct live *live;
    int stream;
    int64_t present; /* its end when we began; -1: not known yet */
};

struct live {
    struct recent *recent;
    struct followed_stream followed[STREAMS];
    LIST_HEAD(, listener) listeners;
    int n, most, n_public, most_public; /* all; those that are not signed in */
    struct shares staff, public;        /* of each address */
    uint64_t offered;                   /* the listeners have been woken for events up to here */
    int64_t look_ms;                    /* when all listeners are looked at next */
    bool ready, stopped;
};

/* ---- consuming the journals */

static void heard(void *context, const struct event *event)
{
    struct followed_stream *followed = context;
    recent_hear(followed->live->recent, followed->stream, event);
}

static void began(void *context, int64_t seq, int64_t end_seq)
{
    struct followed_stream *followed = context;
    recent_begin(followed->live->recent, followed->stream, seq);
    followed->present = end_seq;
}

struct live *live_new(struct client *client, const struct config *config)
{
    struct live *live = calloc(1, sizeof *live);
    must(live != NULL);
    int64_t kept = config_number(config, "events_kept");
    live->recent = recent_new((size_t)kept, CASES);
    live->most = (int)config_number(config, "streams_max");
    live->most_public = (int)config_number(config, "streams_nobody_max");
    client_hear_every(client, (int)config_number(config, "gather_events_ms"));
    for (int i = 0; i < STREAMS; i++) {
        live->followed[i] = (struct followed_stream){live, i, -1};
        client_follow_recent(client, &(struct following){.stream = recent_streams[i],
                                                         .last = kept / STREAMS,
                                                         .began = began,
                                                         .heard = heard,
                                                         .context = &live->followed[i]});
    }
    return live;
}

void live_free(struct live **live)
{
    if (*live == NULL)
        return;
    must(LIST_EMPTY(&(*live)->listeners));
    shares_release(&(*live)->staff);
    shares_release(&(*live)->public);
    recent_free(&(*live)->recent);
    free(*live);
    *live = NULL;
}

bool live_ready(const struct live *live)
{
    return live->ready;
}

static bool present_is_reached(const struct live *live)
{
    struct recent_position to = recent_position(live->recent);
    for (int i = 0; i < STREAMS; i++)
        if (live->followed[i].present < 0 || to.seq[i] < live->followed[i].present)
            return false;
    return true;
}

/* ---- states of a listener */

enum trigger { BEGIN, BEGIN_LOST, CATCH_UP, FALL_BEHIND, TRIGGERS };

/* LISTENER_NONE: impossible. */
static const enum listener_state moves[LISTENER_STATES][TRIGGERS] = {
    [LISTENER_NEW] = {[BEGIN] = LISTENER_CURRENT},
    [LISTENER_RETURNING] = {[BEGIN] = LISTENER_CATCHING_UP, [BEGIN_LOST] = LISTENER_CURRENT},
    [LISTENER_CATCHING_UP] = {[CATCH_UP] = LISTENER_CURRENT, [FALL_BEHIND] = LISTENER_BEHIND},
    [LISTENER_CURRENT] = {[CATCH_UP] = LISTENER_CURRENT, [FALL_BEHIND] = LISTENER_BEHIND},
};

static void move(struct listener *listener, enum trigger trigger)
{
    enum listener_state before = listener->state, after = moves[before][trigger];
    if (after == LISTENER_NONE)
        panic("a listener in state %d cannot have trigger %d", (int)before, (int)trigger);
    listener->state = after;
}

static bool has_begun(const struct listener *listener)
{
    return listener->state != LISTENER_NEW && listener->state != LISTENER_RETURNING;
}

/* ---- what a listener gets */

/* The next event for this listener, which is the one numbered `next`; null: none. */
static const struct recent_event *next_event(struct listener *listener)
{
    const struct recent *recent = listener->live->recent;
    if (listener->state != LISTENER_BEHIND && listener->next < recent_first(recent))
        move(listener, FALL_BEHIND);
    if (listener->state == LISTENER_BEHIND)
        return NULL;
    for (; listener->next < recent_end(recent); listener->next++) {
        const struct recent_event *event = recent_at(recent, listener->next);
        bool had = listener->state == LISTENER_CATCHING_UP &&
                   event->to.seq[event->stream] <= listener->position.seq[event->stream];
        if (!had && recent_share(recent, event, &listener->caller) != SHARE_NOTHING)
            return event;
    }
    move(listener, CATCH_UP);
    return NULL;
}

/* An event of which the listener gets only a sign does not name its case. */
static size_t write_event(const struct listener *listener, const struct recent_event *event,
                          char *text, size_t size)
{
    char position[POSITION_TEXT_SIZE], what[120] = "";
    recent_position_text(&event->to, position);
    if (recent_share(listener->live->recent, event, &listener->caller) == SHARE_ALL)
        snprintf(what, sizeof what, "\"seq\":\"%lld\",\"caseNumber\":\"%lld\",",
                 (long long)event->to.seq[event->stream], (long long)event->case_number);
    return (size_t)snprintf(
        text, size,
        "id: %s\nevent: %s\ndata: {\"stream\":\"%s\",\"type\":\"%s\",%s\"atMs\":\"%lld\"}\n\n",
        position, recent_streams[event->stream], recent_streams[event->stream], event->type, what,
        (long long)event->at_ms);
}

/* The greeting tells the position at which the stream begins, so that a page that gets no event can
 * come back there too, and whether events were missed that are no longer kept. */
static size_t write_greeting(struct listener *listener, char *text, size_t size)
{
    const struct recent *recent = listener->live->recent;
    char position[POSITION_TEXT_SIZE];
    struct recent_position to = recent_position(recent);
    bool returns = listener->state == LISTENER_RETURNING;
    bool lost = returns && !recent_reaches(recent, &listener->position);
    move(listener, lost ? BEGIN_LOST : BEGIN);
    listener->next = recent_end(recent);
    if (listener->state == LISTENER_CATCHING_UP) {
        listener->next = recent_first(recent);
        to = listener->position;
    }
    recent_position_text(&to, position);
    return (size_t)snprintf(text, size,
                            "retry: 2000\nid: %s\nevent: hello\ndata: {\"lost\":%s}\n\n", position,
                            lost ? "true" : "false");
}

static size_t write_news(struct listener *listener, char *text, size_t size)
{
    size_t used = 0;
    if (!has_begun(listener))
        used += write_greeting(listener, text, size);
    for (const struct recent_event *event;
         used + EVENT_MOST <= size && (event = next_event(listener)) != NULL; listener->next++)
        used += write_event(listener, event, text + used, size - used);
    return used;
}

static ssize_t write_next(void *context, char *text, size_t size)
{
    struct listener *listener = context;
    int64_t now_ms = monotonic_ms();
    size_t used = listener->live->ready ? write_news(listener, text, size) : 0;
    if (used == 0 && listener->state == LISTENER_BEHIND)
        return STREAM_END;
    if (used == 0 && now_ms >= listener->heartbeat_ms)
        used = (size_t)snprintf(text, size, ":\n\n");
    if (used > 0)
        listener->heartbeat_ms = now_ms + HEARTBEAT_MS;
    return (ssize_t)used;
}

/* ---- coming and going */

static struct shares *shares_for(struct live *live, const struct caller *caller)
{
    return caller_is_signed_in(caller) ? &live->staff : &live->public;
}

static void take_place(struct listener *listener)
{
    struct live *live = listener->live;
    LIST_INSERT_HEAD(&live->listeners, listener, link);
    live->n++;
    live->n_public += !caller_is_signed_in(&listener->caller);
    shares_take(shares_for(live, &listener->caller), listener->address);
}

static void leave_place(struct listener *listener)
{
    struct live *live = listener->live;
    live->n--;
    live->n_public -= !caller_is_signed_in(&listener->caller);
    shares_give_up(shares_for(live, &listener->caller), listener->address);
}

static void over(void *context)
{
    struct listener *listener = context;
    LIST_REMOVE(listener, link);
    if (!listener->gave_way)
        leave_place(listener);
    free(listener);
}

static const struct stream_source source = {write_next, over};

/* The oldest one at the address, of those that are signed in, or of the others. */
static struct listener *find_oldest(const struct live *live, bool signed_in, struct in_addr address)
{
    struct listener *listener, *oldest = NULL;
    LIST_FOREACH(listener, &live->listeners, link)
    if (!listener->gave_way && caller_is_signed_in(&listener->caller) == signed_in &&
        listener->address.s_addr == address.s_addr)
        oldest = listener;
    return oldest;
}

/* The address that has the most places, and more than the one that comes, gives one up. */
static bool make_room(struct live *live, const struct caller *caller, struct in_addr address)
{
    const struct shares *shares = shares_for(live, caller);
    struct in_addr largest = shares_largest(shares);
    if (live->stopped || shares_of(shares, largest) <= shares_of(shares, address) + 1)
        return false;
    struct listener *oldest = find_oldest(live, caller_is_signed_in(caller), largest);
    leave_place(oldest);
    oldest->gave_way = true;
    stream_close(oldest->stream);
    return true;
}

static bool has_room(const struct live *live, const struct caller *caller)
{
    return !live->stopped && live->n < live->most &&
           (caller_is_signed_in(caller) || live->n_public < live->most_public);
}

bool live_open(struct live *live, struct exchange *exchange, const struct caller *caller,
               const char *last_event_id)
{
    if (!has_room(live, caller) && !make_room(live, caller, exchange->address))
        return false;
    struct listener *listener = calloc(1, sizeof *listener);
    must(listener != NULL);
    listener->live = live;
    listener->caller = *caller;
    listener->address = exchange->address;
    listener->state =
        last_event_id != NULL && recent_position_parse(last_event_id, &listener->position)
            ? LISTENER_RETURNING
            : LISTENER_NEW;
    listener->heartbeat_ms = monotonic_ms();
    listener->ends_ms = listener->heartbeat_ms + LIFE_MS;
    take_place(listener);
    listener->stream = stream_answer(exchange, "text/event-stream", &source, listener);
    return true;
}

void live_end(struct live *live, const unsigned char *hash)
{
    for (struct listener *listener = LIST_FIRST(&live->listeners); listener != NULL;
         listener = LIST_NEXT(listener, link))
        if (hash == NULL || memcmp(listener->caller.hash, hash, SECRET_HASH_BYTES) == 0)
            stream_close(listener->stream);
}

void live_stop(struct live *live)
{
    live->stopped = true;
    live_end(live, NULL);
}

static void attend(struct listener *listener, int64_t now_ms)
{
    const struct live *live = listener->live;
    bool news = live->ready && (!has_begun(listener) || next_event(listener) != NULL ||
                                listener->state == LISTENER_BEHIND);
    if (now_ms >= listener->ends_ms)
        stream_close(listener->stream);
    else if (news || now_ms >= listener->heartbeat_ms)
        stream_wake(listener->stream);
}

void live_turn(struct live *live)
{
    int64_t now_ms = monotonic_ms();
    bool look = now_ms >= live->look_ms, was_ready = live->ready;
    live->ready = live->ready || present_is_reached(live);
    bool news = live->ready && (!was_ready || live->offered < recent_end(live->recent));
    if (live->ready && !was_ready)
        log_info(0, "live.ready", "%llu events heard",
                 (unsigned long long)recent_end(live->recent));
    if (!look && !news)
        return;
    for (struct listener *listener = LIST_FIRST(&live->listeners); listener != NULL;
         listener = LIST_NEXT(listener, link))
        attend(listener, now_ms);
    live->offered = recent_end(live->recent);
    if (look)
        live->look_ms = now_ms + LOOK_MS;
}
