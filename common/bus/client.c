/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/client.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/base/uuid.h"
#include "common/bus/endpoint.h"
#include "common/bus/followed.h"
#include "common/bus/inflow.h"
#include "common/bus/verdict.h"
#include "common/wire/bundle.h"
#include "common/wire/edge.h"
#include "common/wire/message.h"

enum {
    ENDPOINTS_MAX = 32,
    FOLLOWED_MAX = 8,
    LOOK_MS = 1000,
    ANSWER_MEMORY = 2 << 20,
    ANSWERS_A_LOOK = 256,
};

struct client {
    struct bus bus;
    struct endpoint endpoints[ENDPOINTS_MAX];
    int n_endpoints;
    struct followed followed[FOLLOWED_MAX];
    int n_followed;
    int hear_every_ms; /* while answers arrive */
    int64_t hear_ms;   /* when to read the journals next, then */
    TAILQ_HEAD(, pending) outstanding;
    struct hash by_id;    /* the same */
    int64_t look_ms;      /* when to look next for requests to repeat or to give up */
    struct arena *arena;  /* scratch: the envelope being packed */
    struct bundle bundle; /* scratch: the frame being packed */
    struct arena *spare;  /* for the next answer; null while one is being handled */
};

enum status client_new(struct client **result, const struct config *config, const char *key)
{
    struct client *client = calloc(1, sizeof *client);
    must(client != NULL && sodium_init() >= 0);
    TAILQ_INIT(&client->outstanding);
    client->arena = arena_new(ANSWER_MEMORY);
    enum status status = bus_open(&client->bus, config, key);
    *result = client;
    if (status != STATUS_OK)
        client_free(result);
    return status;
}

static void forget(struct client *client, struct pending *pending)
{
    TAILQ_REMOVE(&client->outstanding, pending, outstanding);
    hash_remove(&client->by_id, pending);
    pending->endpoint->outstanding--;
    free(pending);
}

void client_free(struct client **client)
{
    if (*client == NULL)
        return;
    while (!TAILQ_EMPTY(&(*client)->outstanding))
        forget(*client, TAILQ_FIRST(&(*client)->outstanding));
    hash_release(&(*client)->by_id);
    for (int i = 0; i < (*client)->n_followed; i++)
        followed_close(&(*client)->followed[i]);
    for (int i = 0; i < (*client)->n_endpoints; i++)
        link_close(&(*client)->endpoints[i].link);
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

static struct endpoint *endpoint_of(struct client *client, const char *service, size_t length,
                                    enum lane lane)
{
    for (int i = 0; i < client->n_endpoints; i++)
        if (endpoint_is(&client->endpoints[i], service, length, lane))
            return &client->endpoints[i];
    must(client->n_endpoints < ENDPOINTS_MAX);
    struct endpoint *endpoint = &client->endpoints[client->n_endpoints++];
    endpoint_open(endpoint, &client->bus, service, length, lane);
    return endpoint;
}

/* "intake.Submit" goes to intake. A type without a service in its name is common to all and goes to
 * the journal lane. */
static struct endpoint *route(struct client *client, const struct ask *ask, const char *type)
{
    const char *dot = strchr(type, '.'), *service = ask->service != NULL ? ask->service : type;
    size_t length = ask->service != NULL || dot == NULL ? strlen(service) : (size_t)(dot - type);
    return endpoint_of(client, service, length, dot == NULL ? LANE_JOURNAL : ask->lane);
}

static uint64_t hash_of(const unsigned char id[16])
{
    return hash_bytes(HASH_BEGIN, id, 16);
}

void client_ask(struct client *client, const struct ask *ask)
{
    struct endpoint *endpoint = route(client, ask, message_type(ask->message->descriptor));
    struct pending *pending = endpoint_add(endpoint, ask, client->arena);
    TAILQ_INSERT_TAIL(&client->outstanding, pending, outstanding);
    hash_add(&client->by_id, pending, hash_of(pending->ask.id));
    endpoint->outstanding++;
}

static void look_at(struct client *client, int64_t at_ms)
{
    if (at_ms < client->look_ms)
        client->look_ms = at_ms;
}

void client_send(struct client *client)
{
    for (int i = 0; i < client->n_endpoints; i++)
        while (!STAILQ_EMPTY(&client->endpoints[i].queue))
            look_at(client, endpoint_send(&client->endpoints[i], &client->bundle, monotonic_ms()));
}

int client_outstanding(const struct client *client)
{
    return (int)client->by_id.n;
}

/* ---- answers */

static void finish(struct client *client, struct pending *pending, struct answer *answer)
{
    struct ask ask = pending->ask;
    must(pending->state == PENDING_SENT);
    answer->took_ms = (double)(monotonic_us() - pending->began_us) / 1000.0;
    forget(client, pending);
    if (ask.done != NULL)
        ask.done(ask.context, answer);
}

static struct pending *pending_of(const struct client *client, const unsigned char id[16])
{
    struct pending *pending = hash_first(&client->by_id, hash_of(id));
    while (pending != NULL && memcmp(pending->ask.id, id, 16) != 0)
        pending = hash_next(pending);
    return pending;
}

static const char *text_of(struct bytes bytes, struct arena *arena)
{
    return bytes.len == 0 ? "" : (const char *)arena_bytes(arena, bytes).data;
}

static bool is_of(const struct reply *reply, const ProtobufCMessageDescriptor *descriptor)
{
    const char *type = message_type(descriptor);
    return strlen(type) == reply->type.len && memcmp(type, reply->type.data, reply->type.len) == 0;
}

static void take(struct client *client, const struct reply *reply, struct arena *arena)
{
    struct pending *pending = pending_of(client, reply->id.data);
    if (pending == NULL || pending->state == PENDING_QUEUED)
        return; /* a late answer to something already answered, or about to be repeated */
    enum verdict verdict = verdict_of(reply->code, reply->reason, pending->tries);
    if (verdict == VERDICT_REPEAT) {
        pending->tries -= reply->code == ONEDOOR__CODE__RESOURCE_EXHAUSTED;
        pending->repeat_ms = monotonic_ms() + reply->retry_after_ms / 2 +
                             randombytes_uniform(reply->retry_after_ms + 1);
        look_at(client, pending->repeat_ms);
        return;
    }
    static const enum answer_kind kinds[] = {[VERDICT_OK] = ANSWER_OK,
                                             [VERDICT_REJECTED] = ANSWER_REJECTED,
                                             [VERDICT_UNKNOWN] = ANSWER_UNKNOWN};
    struct answer answer = {.kind = kinds[verdict],
                            .code = reply->code,
                            .reason = reply->reason,
                            .detail = text_of(reply->detail, arena),
                            .field = text_of(reply->field, arena),
                            .mark = reply->mark};
    const struct ask *ask = &pending->ask;
    struct bytes body = reply->body;
    bool wanted = answer.kind == ANSWER_OK && ask->reply != NULL && is_of(reply, ask->reply);
    if (wanted && ask->packed)
        answer.packed = (struct bytes){body.len > 0 ? body.data : (const void *)"", body.len};
    else if (wanted)
        answer.message = message_unpack(ask->reply, body, arena);
    finish(client, pending, &answer);
}

/* How many answers came, and one for their frame; 0: there was none. */
static int receive(struct client *client, struct endpoint *endpoint)
{
    zmq_msg_t frame;
    int n = 0;
    zmq_msg_init(&frame);
    if (endpoint->link.socket != NULL &&
        zmq_msg_recv(&frame, endpoint->link.socket, ZMQ_DONTWAIT) >= 0) {
        struct bytes rest = {zmq_msg_data(&frame), zmq_msg_size(&frame)}, packed;
        link_heard(&endpoint->link);
        struct reply reply;
        inflow_whole(&frame);
        /* An arena of this frame's: a callback may ask, wait and so receive other answers. */
        struct arena *arena = client->spare != NULL ? client->spare : arena_new(ANSWER_MEMORY);
        client->spare = NULL;
        for (n = 1; bundle_next(&rest, &packed); n++) {
            if (edge_read_reply(packed, &reply))
                take(client, &reply, arena);
            arena_reset(arena);
        }
        arena_free(&client->spare);
        client->spare = arena;
    }
    zmq_msg_close(&frame);
    return n;
}

/* Repeats a request that is due; gives one up whose time is over. */
static void look_at_one(struct client *client, struct pending *pending, int64_t now_ms)
{
    if (now_ms >= pending->deadline_ms) {
        finish(
            client, pending,
            &(struct answer){.kind = ANSWER_UNKNOWN, .detail = "no answer in time", .field = ""});
        return;
    }
    look_at(client, pending->deadline_ms);
    if (now_ms >= pending->repeat_ms)
        endpoint_queue(pending->endpoint, pending);
    else
        look_at(client, pending->repeat_ms);
}

/* Called with empty queues; requests that are asked meanwhile are passed over. */
static void look_through(struct client *client)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms < client->look_ms)
        return;
    client->look_ms = now_ms + LOOK_MS;
    for (int i = 0; i < client->n_endpoints; i++)
        client->endpoints[i].full = false;
    for (struct pending *pending = TAILQ_FIRST(&client->outstanding), *next; pending != NULL;
         pending = next) {
        next = TAILQ_NEXT(pending, outstanding);
        if (pending->state == PENDING_SENT)
            look_at_one(client, pending, now_ms);
    }
    client_send(client);
}

/* An endpoint with nothing outstanding is not read: a late answer may wait there. */
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
        got |= followed_hear(&client->followed[i]);
    return got;
}

/* A link that is down has no socket to wait for. */
static int add_poll(zmq_pollitem_t *poll, void *socket)
{
    *poll = (zmq_pollitem_t){socket, 0, ZMQ_POLLIN, 0};
    return socket != NULL;
}

int client_polls(const struct client *client, zmq_pollitem_t polls[CLIENT_POLLS_MAX], int *wait_ms)
{
    _Static_assert((int)ENDPOINTS_MAX + (int)FOLLOWED_MAX <= (int)CLIENT_POLLS_MAX,
                   "there is room for every socket");
    int n = 0;
    for (int i = 0; i < client->n_endpoints; i++)
        if (client->endpoints[i].outstanding > 0)
            n += add_poll(&polls[n], client->endpoints[i].link.socket);
    for (int i = 0; i < client->n_followed; i++)
        n += add_poll(&polls[n], follower_socket(client->followed[i].follower));
    int64_t look = client->by_id.n > 0 ? client->look_ms - monotonic_ms() : *wait_ms;
    if (client->n_followed > 0 && look > 100)
        look = 100;
    if (look < *wait_ms)
        *wait_ms = look < 0 ? 0 : (int)look;
    return n;
}

static void look_at_links(struct client *client)
{
    for (int i = 0; i < client->n_endpoints; i++)
        link_look(&client->endpoints[i].link);
}

void client_turn(struct client *client, int wait_ms)
{
    zmq_pollitem_t polls[CLIENT_POLLS_MAX];
    look_at_links(client);
    client_send(client);
    look_through(client);
    bool got = receive_all(client);
    client_send(client); /* what the callbacks asked */
    if (got || wait_ms == 0)
        return;
    int n = client_polls(client, polls, &wait_ms);
    zmq_poll(polls, n, wait_ms);
    receive_all(client);
    client_send(client);
}

/* ---- waiting for an answer */

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

/* ---- following journals */

void client_follow(struct client *client, const char *stream,
                   void (*heard)(void *context, const struct event *), void *context)
{
    client_follow_recent(client,
                         &(struct following){.stream = stream, .heard = heard, .context = context});
}

void client_follow_recent(struct client *client, const struct following *following)
{
    must(client->n_followed < FOLLOWED_MAX);
    followed_open(&client->followed[client->n_followed++], &client->bus, following);
}

void client_hear_every(struct client *client, int ms)
{
    client->hear_every_ms = ms;
}
