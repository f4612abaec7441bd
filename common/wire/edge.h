/* SPDX-License-Identifier: Apache-2.0 */
/* edge.h: where a stranger's envelope becomes a request, once. What is past here is bounded, well
 * formed, of a known type, from a caller and a role that may ask it; the rules of the hall have not
 * been asked yet. And the other side: how an envelope is packed, and a reply read. */
#ifndef COMMON_EDGE_H
#define COMMON_EDGE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

struct request {
    unsigned char id[16]; /* UUIDv7: idempotency key or correlation id */
    uint32_t remaining_ms;
    struct actor actor;
    const char *type;  /* "intake.Submit" */
    const char *trace; /* W3C traceparent, "" when none */
    struct bytes body;
};

/* Open the envelope. On refusal request->id is set as far as it could be read, so that the answer
 * finds its way. All memory from the arena. */
struct outcome edge_open(struct bytes packed, struct arena *, struct request *);

/* The request's trace for a log line: "-" when it has none. */
static inline const char *edge_trace(const struct request *request)
{
    return request->trace == NULL || request->trace[0] == '\0' ? "-" : request->trace;
}

/* The body as a message of the type, after its own check (may be null). */
struct outcome edge_body(const struct request *, const ProtobufCMessageDescriptor *,
                         struct outcome (*check)(const void *), struct arena *, void **message);

/* May this role ask? */
struct outcome edge_role(const struct actor *, unsigned roles);

/* BLAKE2b-256 of type, actor and body: what makes two requests the same. */
void edge_digest(const struct request *, unsigned char digest[32]);

/* The answer, packed. `reply` may be null (Done). */
struct bytes edge_reply(const unsigned char id[16], struct outcome, const ProtobufCMessage *reply,
                        struct arena *);

/* What stands in an envelope beside the message. */
struct heading {
    const unsigned char *id; /* 16 bytes */
    uint32_t remaining_ms;   /* 0: left out, to be appended at each try with edge_remaining */
    const struct actor *actor;
    const char *trace; /* W3C traceparent of at most TRACE_MAX bytes; "" or null: none */
};
enum { TRACE_MAX = 64 };

/* An envelope, packed. Fields may come in any order, so a caller that tries several times packs it
 * once and appends the time that remains at each try. */
struct bytes edge_envelope(const struct heading *, const ProtobufCMessage *, struct arena *);
enum { REMAINING_MAX_BYTES = 6 };
size_t edge_remaining(unsigned char at[REMAINING_MAX_BYTES], uint32_t remaining_ms);

/* An answer where it stands in its frame: none of its bytes is copied. */
struct reply {
    struct bytes id; /* 16 */
    Onedoor__Code code;
    Onedoor__Reason reason;
    struct bytes detail, field;
    uint32_t retry_after_ms;
    struct bytes type, body;
};

/* False when it is malformed, or its id is. */
bool edge_read_reply(struct bytes packed, struct reply *);

#endif
