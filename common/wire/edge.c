/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/edge.h"

#include <sodium.h>
#include <string.h>
#include <unistr.h>

#include "common/wire/bundle.h"
#include "common/wire/message.h"
#include "common/wire/wire.h"

enum { LONGEST_WAIT_MS = 600000, ACTOR_ID_MAX = 48, DEPARTMENT_MAX = 8 };

/* Fields by their numbers in envelope.proto. */
enum { ENVELOPE_REMAINING_MS = 2, ENVELOPE_BODY = 6 };
enum {
    REPLY_ID = 1,
    REPLY_CODE,
    REPLY_REASON,
    REPLY_DETAIL,
    REPLY_FIELD,
    REPLY_RETRY_AFTER_MS,
    REPLY_TYPE,
    REPLY_BODY,
    REPLY_MARK,
    REPLY_FIELDS
};

static struct outcome bad(const char *field, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, field, detail);
}

/* Of text that was unpacked: it is UTF-8. */
static size_t characters(const char *text)
{
    return u8_mbsnlen((const uint8_t *)text, strlen(text));
}

static struct outcome check_actor(const Onedoor__Actor *actor)
{
    if (actor == NULL)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "actor", "the actor is missing");
    size_t length = characters(actor->id);
    if (length < 1 || length > ACTOR_ID_MAX)
        return bad("actor.id", "must be 1 to 48 characters");
    if (actor->role == ONEDOOR__ROLE__ROLE_UNSPECIFIED || actor->role == ONEDOOR__ROLE__SYSTEM)
        return bad("actor.role", "must be a role a caller may have");
    if (characters(actor->department) > DEPARTMENT_MAX)
        return bad("actor.department", "must be at most 8 characters");
    if (actor->window < 0 || actor->window > 9999)
        return bad("actor.window", "must be 0 to 9999");
    return OUTCOME_OK;
}

const struct outcome edge_not_yet = {ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__REASON__NOT_YET,
                                     "what you did last is not known here yet: ask again", NULL};

/* The marks, by journal the newest. */
static struct outcome read_seen(const Onedoor__Envelope *envelope, struct marks *seen)
{
    if (envelope->n_seen > MARKS_MAX)
        return bad("seen", "must be at most 8 marks");
    for (size_t i = 0; i < envelope->n_seen; i++) {
        const Onedoor__Mark *mark = envelope->seen[i];
        size_t length = strlen(mark->stream);
        if (length < 1 || length >= STREAM_SIZE || mark->epoch < 1 || mark->epoch > INT32_MAX ||
            mark->seq < 0)
            return bad("seen", "must name a journal, an epoch from 1 and a number from 0");
        struct mark at = mark_of(mark->stream, (int32_t)mark->epoch, mark->seq);
        marks_advance(seen, &at);
    }
    return OUTCOME_OK;
}

static struct outcome check_envelope(const Onedoor__Envelope *envelope)
{
    if (envelope->id.len != 16)
        return bad("id", "must be 16 bytes");
    if (envelope->remaining_ms < 1 || envelope->remaining_ms > LONGEST_WAIT_MS)
        return bad("remaining_ms", "must be 1 to 600000");
    if (strlen(envelope->trace) > TRACE_MAX)
        return bad("trace", "must be at most 64 bytes");
    if (envelope->type[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "type",
                       "the type of the message is missing");
    return check_actor(envelope->actor);
}

/* The id of an envelope that may be malformed: the first field, as every encoder writes it. */
static void peek_id(struct bytes packed, unsigned char id[16])
{
    static const unsigned char head[] = {1 << 3 | 2, 16};
    if (packed.len >= sizeof head + 16 && memcmp(packed.data, head, sizeof head) == 0)
        memcpy(id, packed.data + sizeof head, 16);
}

struct outcome edge_open(struct bytes packed, struct arena *arena, struct request *request)
{
    memset(request, 0, sizeof *request);
    peek_id(packed, request->id);
    struct outcome outcome = message_check(&onedoor__envelope__descriptor, packed);
    if (!is_ok(outcome))
        return outcome;
    Onedoor__Envelope *envelope = message_unpack(&onedoor__envelope__descriptor, packed, arena);
    if (envelope == NULL)
        return invalid(ONEDOOR__REASON__MALFORMED, "Envelope", "cannot be decoded");
    if (envelope->id.len == 16)
        memcpy(request->id, envelope->id.data, sizeof request->id);
    outcome = check_envelope(envelope);
    if (is_ok(outcome))
        outcome = read_seen(envelope, &request->seen);
    if (!is_ok(outcome))
        return outcome;
    request->remaining_ms = envelope->remaining_ms;
    request->type = envelope->type;
    trace_read(&request->trace, envelope->trace);
    request->body = (struct bytes){envelope->body.data, envelope->body.len};
    request->actor = (struct actor){envelope->actor->id, envelope->actor->role,
                                    envelope->actor->department, envelope->actor->window};
    return OUTCOME_OK;
}

struct outcome edge_body(const struct request *request, const ProtobufCMessageDescriptor *type,
                         const struct check *checks, struct arena *arena, void **message)
{
    struct outcome outcome = message_check(type, request->body);
    if (!is_ok(outcome))
        return outcome;
    *message = message_unpack(type, request->body, arena);
    if (*message == NULL)
        return invalid(ONEDOOR__REASON__MALFORMED, type->short_name, "cannot be decoded");
    outcome = bounds_apply(*message, arena);
    return is_ok(outcome) ? bounds_rule(checks, *message, arena) : outcome;
}

/* RULE H21: deny by default; a role sees and does what its route says. */
struct outcome edge_role(const struct actor *actor, unsigned roles)
{
    if ((roles >> actor->role & 1) == 0)
        return deny(ONEDOOR__REASON__NOT_ALLOWED, "this role may not ask this");
    return OUTCOME_OK;
}

static void mix_text(crypto_generichash_state *state, const char *text)
{
    crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

void edge_digest(const struct request *request, unsigned char digest[32])
{
    crypto_generichash_state state;
    int32_t facts[2] = {(int32_t)request->actor.role, request->actor.window};
    crypto_generichash_init(&state, NULL, 0, 32);
    mix_text(&state, request->type);
    mix_text(&state, request->actor.id);
    mix_text(&state, request->actor.department);
    crypto_generichash_update(&state, (const unsigned char *)facts, sizeof facts);
    crypto_generichash_update(&state, request->body.data, request->body.len);
    crypto_generichash_final(&state, digest, 32);
}

/* ---- packing */

/* Packs a message whose last field is another message, without packing the inner one apart. */
static struct bytes pack_around(const ProtobufCMessage *outer, unsigned field,
                                const ProtobufCMessage *inner, struct arena *arena)
{
    size_t n_outer = protobuf_c_message_get_packed_size(outer),
           n_inner = protobuf_c_message_get_packed_size(inner);
    unsigned char *data = arena_alloc(arena, n_outer + 1 + WIRE_LENGTH_BYTES + n_inner), *at = data;
    at += protobuf_c_message_pack(outer, at);
    *at++ = (unsigned char)(field << 3 | WIRE_BYTES);
    at = wire_write_varint(at, (uint32_t)n_inner);
    at += protobuf_c_message_pack(inner, at);
    return (struct bytes){data, (size_t)(at - data)};
}

struct bytes edge_reply(const unsigned char id[16], struct outcome outcome,
                        const ProtobufCMessage *reply, struct arena *arena)
{
    return edge_reply_at(id, outcome, reply, NULL, arena);
}

struct bytes edge_reply_at(const unsigned char id[16], struct outcome outcome,
                           const ProtobufCMessage *reply, const struct mark *mark,
                           struct arena *arena)
{
    Onedoor__Reply answer = ONEDOOR__REPLY__INIT;
    Onedoor__Done done = ONEDOOR__DONE__INIT;
    Onedoor__Mark at = ONEDOOR__MARK__INIT;
    if (mark != NULL && mark->seq > 0) {
        at.stream = (char *)mark->stream;
        at.epoch = (uint32_t)mark->epoch;
        at.seq = mark->seq;
        answer.mark = &at;
    }
    answer.id = (ProtobufCBinaryData){16, (uint8_t *)id};
    answer.code = outcome.code;
    answer.reason = outcome.reason;
    if (is_ok(outcome)) {
        if (reply == NULL)
            reply = &done.base;
        answer.type = (char *)message_type(reply->descriptor);
        return pack_around(&answer.base, REPLY_BODY, reply, arena);
    }
    answer.detail = (char *)(outcome.detail == NULL ? "" : outcome.detail);
    answer.field = (char *)(outcome.field == NULL ? "" : outcome.field);
    if (outcome.code == ONEDOOR__CODE__RESOURCE_EXHAUSTED ||
        outcome.code == ONEDOOR__CODE__UNAVAILABLE)
        answer.retry_after_ms = 200;
    return message_pack(&answer.base, arena);
}

struct bytes edge_envelope(const struct heading *heading, const ProtobufCMessage *message,
                           struct arena *arena)
{
    Onedoor__Envelope envelope = ONEDOOR__ENVELOPE__INIT;
    Onedoor__Actor who = ONEDOOR__ACTOR__INIT;
    who.id = (char *)heading->actor->id;
    who.role = heading->actor->role;
    who.department = (char *)heading->actor->department;
    who.window = heading->actor->window;
    envelope.id = (ProtobufCBinaryData){16, (uint8_t *)heading->id};
    envelope.remaining_ms = heading->remaining_ms;
    envelope.actor = &who;
    envelope.trace = (char *)(heading->trace == NULL ? "" : heading->trace);
    envelope.type = (char *)message_type(message->descriptor);
    if (heading->seen != NULL) {
        envelope.seen = marks_pack(heading->seen, arena);
        envelope.n_seen = (size_t)heading->seen->n;
    }
    return pack_around(&envelope.base, ENVELOPE_BODY, message, arena);
}

size_t edge_remaining(unsigned char at[REMAINING_MAX_BYTES], uint32_t remaining_ms)
{
    at[0] = ENVELOPE_REMAINING_MS << 3 | WIRE_VARINT;
    return (size_t)(wire_write_varint(at + 1, remaining_ms) - at);
}

/* ---- reading */

bool edge_read_reply(struct bytes packed, struct reply *reply)
{
    struct wire_value in[REPLY_FIELDS];
    if (!wire_fields(&onedoor__reply__descriptor, packed, in, REPLY_FIELDS))
        return false;
    *reply = (struct reply){.id = in[REPLY_ID].bytes,
                            .code = (Onedoor__Code)in[REPLY_CODE].number,
                            .reason = (Onedoor__Reason)in[REPLY_REASON].number,
                            .detail = in[REPLY_DETAIL].bytes,
                            .field = in[REPLY_FIELD].bytes,
                            .retry_after_ms = (uint32_t)in[REPLY_RETRY_AFTER_MS].number,
                            .type = in[REPLY_TYPE].bytes,
                            .body = in[REPLY_BODY].bytes};
    if (in[REPLY_MARK].bytes.len > 0 && !mark_read(&reply->mark, in[REPLY_MARK].bytes))
        return false;
    return reply->id.len == 16;
}
