/* SPDX-License-Identifier: Apache-2.0 */
/* edge.h: validation of what comes from outside: an envelope becomes a request that is bounded,
 * well formed, of a known type, and from a role that may make it. The rules of the hall come later.
 * And the client's side: packing an envelope, reading a reply. */
#ifndef COMMON_EDGE_H
#define COMMON_EDGE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/trace.h"
#include "common/wire/bounds.h"
#include "common/wire/mark.h"
#include "common/wire/outcome.h"

struct request {
    unsigned char id[16]; /* UUIDv7: idempotency key or correlation id */
    uint32_t remaining_ms;
    struct actor actor;
    const char *type;   /* "intake.Submit" */
    struct trace trace; /* of the caller's span; may be none */
    struct bytes body;
    struct marks seen; /* by the caller: to be heard of before it is answered */
};

/* Reads the envelope into the arena. On refusal request->id is set when it could be read, so that
 * the reply can be matched. */
struct outcome edge_open(struct bytes packed, struct arena *, struct request *);

/* Decodes the body as a message of the type, whose fields are within their bounds and which obeys
 * the rule that `checks` (may be null) has for it. */
struct outcome edge_body(const struct request *, const ProtobufCMessageDescriptor *,
                         const struct check *checks, struct arena *, void **message);

/* Refused when the role is not among `roles` (a set of ROLE()). */
struct outcome edge_role(const struct actor *, unsigned roles);

/* BLAKE2b-256 of type, actor and body: two requests of the same digest are the same. */
void edge_digest(const struct request *, unsigned char digest[32]);

/* A reply, packed. `reply` may be null (Done). */
struct bytes edge_reply(const unsigned char id[16], struct outcome, const ProtobufCMessage *reply,
                        struct arena *);
/* The same, with the mark of the service's journal; null, or one before the first event, is left
 * out. */
struct bytes edge_reply_at(const unsigned char id[16], struct outcome, const ProtobufCMessage *,
                           const struct mark *, struct arena *);

/* The reply to who has seen what is not heard of here yet. */
extern const struct outcome edge_not_yet;

/* The fields of an envelope beside the message. */
struct heading {
    const unsigned char *id; /* 16 bytes */
    uint32_t remaining_ms;   /* 0: left out; edge_remaining appends it at each try */
    const struct actor *actor;
    const char *trace;        /* W3C traceparent of at most TRACE_MAX bytes; "" or null: none */
    const struct marks *seen; /* null: nothing */
};
enum { TRACE_MAX = 64 };

/* An envelope, packed. Fields may come in any order, so a caller that tries several times packs it
 * once and appends the time that remains at each try. */
struct bytes edge_envelope(const struct heading *, const ProtobufCMessage *, struct arena *);
enum { REMAINING_MAX_BYTES = 6 };
size_t edge_remaining(unsigned char at[REMAINING_MAX_BYTES], uint32_t remaining_ms);

/* A reply within its frame: nothing is copied. */
struct reply {
    struct bytes id; /* 16 */
    Onedoor__Code code;
    Onedoor__Reason reason;
    struct bytes detail, field;
    uint32_t retry_after_ms;
    struct bytes type, body;
    struct mark mark; /* stream "": none */
};

/* False when it is malformed, or its id is. */
bool edge_read_reply(struct bytes packed, struct reply *);

#endif
