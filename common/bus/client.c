/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/client.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/base/uuid.h"
#include "common/base/wallclock.h"
#include "common/bus/bus.h"
#include "common/bus/follower.h"
#include "common/values/log.h"
#include "common/wire/bundle.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum {
    ENDPOINTS_MAX = 32,
    FOLLOWED_MAX = 8,
    REPEAT_MS = 1000,
    UNSENT_MS = 20,
    ANSWER_MEMORY = 2 << 20,
    ANSWERS_A_LOOK = 256,
    TABLE = 16384
};

struct endpoint {
    char service[16];
    enum lane lane;
    void *socket;
    struct pending *line, **line_end; /* to be sent by client_send */
    bool full;       /* took no more when last tried: in one look through, once is enough */
    int outstanding; /* of the client's requests, those asked here */
};

/* A request on its way. Its envelope is packed once, so that the same key is the same request, but
 * for the time that remains: each try puts it behind, as fields may come in any order. */
struct pending {
    struct pending *next; /* of the same hash */
    struct ask ask;
    struct endpoint *endpoint;
    int64_t began_us, deadline_ms;
    int64_t repeat_ms;      /* IN_LINE: it stands in its endpoint's line */
    struct pending *behind; /* it there */
    size_t size;
    unsigned char envelope[];
};

#define IN_LINE INT64_MAX

struct followed {
    struct follower *follower;
    void (*began)(void *, int64_t, int64_t); /* null: it has */
    void (*heard)(void *, const struct event *);
    void *context;
};

struct client {
    struct bus bus;
    struct endpoint endpoints[ENDPOINTS_MAX];
    int n_endpoints;
    struct followed followed[FOLLOWED_MAX];
    int n_followed;
    int hear_every_ms;            /* while answers come */
    int64_t hear_ms;              /* when journals are looked at next, then */
    struct pending *table[TABLE]; /* by the id's last bytes */
    int outstanding;
    int64_t look_ms;      /* when the table is next looked through for repeats and deadlines */
    struct arena *arena;  /* of the envelope that is being packed */
    struct bundle bundle; /* the frame likewise */
    struct arena *spare;  /* for the next answer; null while one is handled */
};

enum status client_new(struct client **result, const struct config *config, const char *key)
{
    struct client *client = calloc(1, sizeof *client);
    must(client != NULL && sodium_init() >= 0);
    client->arena = arena_new(ANSWER_MEMORY);
    enum status status = bus_open(&client->bus, config, key);
    *result = client;
    if (status != STATUS_OK)
        client_free(result);
    return status;
}

static void forget(struct client *client, struct pending **link)
{
    struct pending *pending = *link;
    *link = pending->next;
    client->outstanding--;
    pending->endpoint->outstanding--;
    free(pending);
}

void client_free(struct client **client)
{
    if (*client == NULL)
        return;
    for (int i = 0; i < TABLE; i++)
        while ((*client)->table[i] != NULL)
            forget(*client, &(*client)->table[i]);
    for (int i = 0; i < (*client)->n_followed; i++)
        follower_free(&(*client)->followed[i].follower);
    for (int i = 0; i < (*client)->n_endpoints; i++)
        zmq_close((*client)->endpoints[i].socket);
    bus_close(&(*client)->bus);
    bundle_release(&(*client)->bundle);
    arena_free(&(*client)->arena);
    arena_free(&(*client)->spare);
    free(*client);
    *client = NULL;
}

void client_new_id(unsigned char id[16])
{
    uuid_new(id);
}

/* ---- asking */

static bool is(const char *text, const char *other, size_t length)
{
    return strlen(text) == length && memcmp(text, other, length) == 0;
}

static struct endpoint *endpoint_of(struct client *client, const char *service, size_t length,
                                    enum lane lane)
{
    for (int i = 0; i < client->n_endpoints; i++)
        if (client->endpoints[i].lane == lane && is(client->endpoints[i].service, service, length))
            return &client->endpoints[i];
    must(client->n_endpoints < ENDPOINTS_MAX);
    struct endpoint *endpoint = &client->endpoints[client->n_endpoints++];
    endpoint->lane = lane;
    endpoint->line_end = &endpoint->line;
    snprintf(endpoint->service, sizeof endpoint->service, "%.*s", (int)length, service);
    endpoint->socket = bus_connect(&client->bus, endpoint->service, lane);
    if (endpoint->socket == NULL)
        panic("there is no way to %s", endpoint->service);
    return endpoint;
}

static struct pending **slot_of(struct client *client, const unsigned char id[16])
{
    return &client->table[(id[14] << 8 | id[15]) % TABLE];
}

static void stand_in_line(struct pending *pending)
{
    struct endpoint *endpoint = pending->endpoint;
    pending->repeat_ms = IN_LINE;
    pending->behind = NULL;
    *endpoint->line_end = pending;
    endpoint->line_end = &pending->behind;
}

/* The next of the frame that is being packed; false when that is full. */
static bool pack(struct bundle *bundle, const struct pending *pending, int64_t now_ms)
{
    unsigned char remaining[REMAINING_MAX_BYTES];
    int64_t left_ms = pending->deadline_ms - now_ms;
    size_t size = edge_remaining(remaining, (uint32_t)(left_ms < 1 ? 1 : left_ms));
    unsigned char *at = bundle_add(bundle, pending->size + size);
    if (at == NULL)
        return false;
    memcpy(at, pending->envelope, pending->size);
    memcpy(at + pending->size, remaining, size);
    return true;
}

static void come_back(struct client *client, struct pending *pending, int64_t at_ms)
{
    pending->repeat_ms = at_ms;
    if (at_ms < client->look_ms)
        client->look_ms = at_ms;
}

/* As many of an endpoint's line as a frame may hold. Thousands may wait for a service that stands
 * still: none of them is packed for a full socket. */
static void send_some(struct client *client, struct endpoint *endpoint, int64_t now_ms)
{
    struct pending *sent = endpoint->line, *last = NULL;
    while (endpoint->line != NULL &&
           (endpoint->full || pack(&client->bundle, endpoint->line, now_ms))) {
        last = endpoint->line;
        endpoint->line = last->behind;
    }
    if (endpoint->line == NULL)
        endpoint->line_end = &endpoint->line;
    last->behind = NULL;
    endpoint->full = endpoint->full || !bus_send(endpoint->socket, &client->bundle);
    int64_t back_ms =
        now_ms + (endpoint->full ? UNSENT_MS : REPEAT_MS + randombytes_uniform(REPEAT_MS / 4));
    for (; sent != NULL; sent = sent->behind)
        come_back(client, sent, back_ms);
}

/* "intake.Submit" goes to intake; what has no service in its name is of the corridor and goes by
 * the journal lane. */
static struct endpoint *route(struct client *client, const struct ask *ask, const char *type)
{
    const char *dot = strchr(type, '.'), *service = ask->service != NULL ? ask->service : type;
    size_t length = ask->service != NULL || dot == NULL ? strlen(service) : (size_t)(dot - type);
    return endpoint_of(client, service, length, dot == NULL ? LANE_JOURNAL : ask->lane);
}

static struct pending *pending_new(struct client *client, const struct ask *ask)
{
    static const unsigned char none[16];
    unsigned char id[16];
    memcpy(id, ask->id, sizeof id);
    if (memcmp(id, none, sizeof id) == 0)
        uuid_new(id);
    struct bytes envelope = edge_envelope(&(struct heading){id, 0, &ask->actor, ask->trace},
                                          ask->message, client->arena);
    struct pending *pending = malloc(sizeof *pending + envelope.len);
    must(pending != NULL);
    *pending = (struct pending){.ask = *ask, .size = envelope.len};
    memcpy(pending->ask.id, id, sizeof id);
    memcpy(pending->envelope, envelope.data, envelope.len);
    arena_reset(client->arena);
    return pending;
}

void client_ask(struct client *client, const struct ask *ask)
{
    struct pending *pending = pending_new(client, ask);
    struct pending **slot = slot_of(client, pending->ask.id);
    pending->endpoint = route(client, ask, message_type(ask->message->descriptor));
    pending->began_us = monotonic_us();
    pending->deadline_ms = pending->began_us / 1000 + ask->timeout_ms;
    pending->next = *slot;
    *slot = pending;
    client->outstanding++;
    pending->endpoint->outstanding++;
    stand_in_line(pending);
}

void client_send(struct client *client)
{
    for (int i = 0; i < client->n_endpoints; i++)
        while (client->endpoints[i].line != NULL)
            send_some(client, &client->endpoints[i], monotonic_ms());
}

int client_outstanding(const struct client *client)
{
    return client->outstanding;
}

/* ---- hearing */

static void finish(struct client *client, struct pending **link, struct answer *answer)
{
    struct ask ask = (*link)->ask;
    must((*link)->repeat_ms != IN_LINE);
    answer->took_ms = (double)(monotonic_us() - (*link)->began_us) / 1000.0;
    forget(client, link);
    if (ask.done != NULL)
        ask.done(ask.context, answer);
}

static struct pending **asked(struct client *client, const unsigned char id[16])
{
    struct pending **link = slot_of(client, id);
    while (*link != NULL && memcmp((*link)->ask.id, id, 16) != 0)
        link = &(*link)->next;
    return link;
}

static const char *text_of(struct bytes bytes, struct arena *arena)
{
    return bytes.len == 0 ? "" : (const char *)arena_bytes(arena, bytes).data;
}

static void take(struct client *client, const struct reply *reply, struct arena *arena)
{
    struct pending **link = asked(client, reply->id.data);
    if (*link == NULL || (*link)->repeat_ms == IN_LINE)
        return; /* a late answer to something already answered, or about to be asked again */
    if (reply->code == ONEDOOR__CODE__RESOURCE_EXHAUSTED ||
        reply->code == ONEDOOR__CODE__UNAVAILABLE) {
        come_back(client, *link,
                  monotonic_ms() + reply->retry_after_ms / 2 +
                      randombytes_uniform(reply->retry_after_ms + 1));
        return;
    }
    struct answer answer = {.kind = reply->code == ONEDOOR__CODE__OK ? ANSWER_OK : ANSWER_REJECTED,
                            .code = reply->code,
                            .reason = reply->reason,
                            .detail = text_of(reply->detail, arena),
                            .field = text_of(reply->field, arena)};
    const struct ask *ask = &(*link)->ask;
    struct bytes body = reply->body;
    bool wanted = answer.kind == ANSWER_OK && ask->reply != NULL &&
                  is(message_type(ask->reply), (const char *)reply->type.data, reply->type.len);
    if (wanted && ask->packed)
        answer.packed = (struct bytes){body.len > 0 ? body.data : (const void *)"", body.len};
    else if (wanted)
        answer.message = message_unpack(ask->reply, body, arena);
    finish(client, link, &answer);
}

/* Counts the frame and its answers; 0: there was none. */
static int receive(struct client *client, struct endpoint *endpoint)
{
    zmq_msg_t frame;
    int n = 0;
    zmq_msg_init(&frame);
    if (zmq_msg_recv(&frame, endpoint->socket, ZMQ_DONTWAIT) >= 0) {
        struct bytes rest = {zmq_msg_data(&frame), zmq_msg_size(&frame)}, packed;
        struct reply reply;
        /* Of its own: an answer may lead to the next request before it is let go. */
        struct arena *arena = client->spare != NULL ? client->spare : arena_new(ANSWER_MEMORY);
        client->spare = NULL;
        for (n = 1; bundle_next(&rest, &packed); n++) {
            if (edge_hear(packed, &reply))
                take(client, &reply, arena);
            arena_reset(arena);
        }
        arena_free(&client->spare);
        client->spare = arena;
    }
    zmq_msg_close(&frame);
    return n;
}

static bool hear(struct followed *followed)
{
    size_t n;
    int64_t seq, end_seq;
    if (follower_turn(followed->follower) != STATUS_OK)
        panic("a journal that is followed is not what it was");
    if (followed->began != NULL && follower_place(followed->follower, &seq, &end_seq)) {
        followed->began(followed->context, seq, end_seq);
        followed->began = NULL;
    }
    const struct event *events = follower_events(followed->follower, &n);
    for (size_t i = 0; i < n; i++)
        followed->heard(followed->context, &events[i]);
    if (n > 0)
        follower_done(followed->follower);
    return n > 0;
}

/* Repeat what has not been answered, give up what is over. Nobody stands in line before, nor after.
 */
static void look_through(struct client *client)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms < client->look_ms)
        return;
    client->look_ms = now_ms + REPEAT_MS;
    for (int i = 0; i < client->n_endpoints; i++)
        client->endpoints[i].full = false;
    for (int i = 0; i < TABLE && client->outstanding > 0; i++)
        for (struct pending **link = &client->table[i]; *link != NULL;) {
            struct pending *pending = *link;
            if (now_ms >= pending->deadline_ms) {
                finish(client, link,
                       &(struct answer){
                           .kind = ANSWER_UNKNOWN, .detail = "no answer in time", .field = ""});
                continue;
            }
            if (now_ms >= pending->repeat_ms)
                stand_in_line(pending);
            int64_t next_ms = pending->repeat_ms < pending->deadline_ms ? pending->repeat_ms
                                                                        : pending->deadline_ms;
            if (next_ms < client->look_ms)
                client->look_ms = next_ms;
            link = &pending->next;
        }
    client_send(client);
}

/* Where nothing is asked nothing is looked for: a late answer may lie there until the next. */
static bool receive_answers(struct client *client)
{
    bool got = false;
    for (int i = 0; i < client->n_endpoints; i++)
        for (int heard = 0, n; heard < ANSWERS_A_LOOK && client->endpoints[i].outstanding > 0 &&
                               (n = receive(client, &client->endpoints[i])) > 0;
             heard += n)
            got = true;
    return got;
}

static bool receive_all(struct client *client)
{
    bool got = receive_answers(client);
    int64_t now_ms = monotonic_ms();
    if (got && now_ms < client->hear_ms)
        return true;
    client->hear_ms = now_ms + client->hear_every_ms;
    for (int i = 0; i < client->n_followed; i++)
        got |= hear(&client->followed[i]);
    return got;
}

int client_polls(const struct client *client, zmq_pollitem_t polls[CLIENT_POLLS_MAX], int *wait_ms)
{
    _Static_assert((int)ENDPOINTS_MAX + (int)FOLLOWED_MAX <= (int)CLIENT_POLLS_MAX,
                   "there is room for every socket");
    int n = 0;
    for (int i = 0; i < client->n_endpoints; i++)
        if (client->endpoints[i].outstanding > 0)
            polls[n++] = (zmq_pollitem_t){client->endpoints[i].socket, 0, ZMQ_POLLIN, 0};
    for (int i = 0; i < client->n_followed; i++)
        polls[n++] =
            (zmq_pollitem_t){follower_socket(client->followed[i].follower), 0, ZMQ_POLLIN, 0};
    int64_t look = client->outstanding > 0 ? client->look_ms - monotonic_ms() : *wait_ms;
    if (client->n_followed > 0 && look > 100)
        look = 100;
    if (look < *wait_ms)
        *wait_ms = look < 0 ? 0 : (int)look;
    return n;
}

void client_turn(struct client *client, int wait_ms)
{
    zmq_pollitem_t polls[CLIENT_POLLS_MAX];
    client_send(client);
    look_through(client);
    bool got = receive_all(client);
    client_send(client); /* what the answers led to */
    if (got || wait_ms == 0)
        return;
    int n = client_polls(client, polls, &wait_ms);
    zmq_poll(polls, n, wait_ms);
    receive_all(client);
    client_send(client);
}

/* ---- waiting for one */

struct wait {
    struct answer answer;
    const ProtobufCMessageDescriptor *type;
    struct arena *arena;
    bool done;
};

static void keep_answer(void *context, const struct answer *answer)
{
    struct wait *wait = context;
    wait->answer = *answer;
    wait->answer.detail = arena_strdup(wait->arena, answer->detail);
    wait->answer.field = arena_strdup(wait->arena, answer->field);
    if (answer->message != NULL)
        wait->answer.message =
            message_unpack(wait->type, message_pack(answer->message, wait->arena), wait->arena);
    wait->done = true;
}

struct answer client_call(struct client *client, const struct ask *ask, struct arena *arena)
{
    struct wait wait = {.type = ask->reply, .arena = arena};
    struct ask own = *ask;
    own.done = keep_answer;
    own.context = &wait;
    client_ask(client, &own);
    while (!wait.done)
        client_turn(client, 100);
    return wait.answer;
}

static struct follower *follow(struct client *client, const struct following *following)
{
    must(client->n_followed < FOLLOWED_MAX);
    struct follower *follower = follower_new(&client->bus, following->stream, "follower");
    if (follower == NULL)
        panic("there is no way to %s", following->stream);
    client->followed[client->n_followed++] =
        (struct followed){follower, following->began, following->heard, following->context};
    return follower;
}

void client_follow(struct client *client, const char *stream,
                   void (*heard)(void *context, const struct event *), void *context)
{
    follower_seek(
        follow(client, &(struct following){.stream = stream, .heard = heard, .context = context}),
        &(struct position){.epoch = 1});
}

void client_hear_every(struct client *client, int ms)
{
    client->hear_every_ms = ms;
}

void client_follow_recent(struct client *client, const struct following *following)
{
    follower_seek_end(follow(client, following), following->last);
}
