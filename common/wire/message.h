/* SPDX-License-Identifier: Apache-2.0 */
/* message.h: protobuf messages in arenas, and the check every stranger's message passes before it
 * is decoded.
 *
 * protobuf-c lets pass what we refuse: unknown enum values, invalid UTF-8, embedded NUL, a singular
 * field given twice, nesting and repetition without bound. message_check walks the wire once, by
 * the descriptor, and says where it is wrong. */
#ifndef COMMON_MESSAGE_H
#define COMMON_MESSAGE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

enum {
    MESSAGE_MAX_BYTES = 64 * 1024, /* of one envelope, or reply */
    MESSAGE_MAX_DEPTH = 4,
    MESSAGE_MAX_ELEMENTS = 1024, /* of all repeated fields together */
    MESSAGE_MAX_UNKNOWN = 16,    /* fields of a newer peer */
    MESSAGE_BUDGET = 512 * 1024, /* of memory, once decoded */
};

/* Is this a well-formed message of the type? INVALID_ARGUMENT with the field otherwise. */
struct outcome message_check(const ProtobufCMessageDescriptor *, struct bytes);

/* Decode into the arena; null when it is malformed or needs more than MESSAGE_BUDGET. Check
 * strangers' messages first. */
void *message_unpack(const ProtobufCMessageDescriptor *, struct bytes, struct arena *);

struct bytes message_pack(const ProtobufCMessage *, struct arena *);

/* The type as the wire says it: "intake.Submit" for onedoor.intake.Submit. */
const char *message_type(const ProtobufCMessageDescriptor *);

#endif
