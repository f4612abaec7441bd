/* SPDX-License-Identifier: Apache-2.0 */
/* message.h: protobuf messages in arenas, and the check that a message passes before it is decoded.
 *
 * protobuf-c accepts what we refuse: unknown enum values, invalid UTF-8, embedded NUL, a singular
 * field given twice, unbounded nesting and repetition. message_check walks the packed message once,
 * by its descriptor, and reports what is wrong and where. */
#ifndef COMMON_MESSAGE_H
#define COMMON_MESSAGE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

enum {
    MESSAGE_MAX_BYTES = 64 * 1024,  /* of one envelope, or reply */
    MESSAGE_PAGE_BYTES = 56 * 1024, /* a list ends there, before its reply is full */
    MESSAGE_MAX_DEPTH = 4,
    MESSAGE_MAX_ELEMENTS = 1024, /* of all repeated fields together */
    MESSAGE_MAX_UNKNOWN = 16,    /* fields of a newer peer */
    MESSAGE_BUDGET = 512 * 1024, /* of memory, once decoded */
};

/* Is this a well-formed message of the type? INVALID_ARGUMENT with the field otherwise. */
struct outcome message_check(const ProtobufCMessageDescriptor *, struct bytes);

/* Decodes into the arena; null when it is malformed or needs more than MESSAGE_BUDGET. Check it
 * with message_check first. */
void *message_unpack(const ProtobufCMessageDescriptor *, struct bytes, struct arena *);

struct bytes message_pack(const ProtobufCMessage *, struct arena *);

/* The case that a message is about: every message about one has its number in the first field. */
int64_t message_case(const ProtobufCMessage *);

/* The type as the wire says it: "intake.Submit" for onedoor.intake.Submit. */
const char *message_type(const ProtobufCMessageDescriptor *);

#endif
