/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/revision.h"

#include "common/base/hash.h"
#include "common/base/panic.h"
#include "common/wire/message.h"

static int64_t number_of(uint64_t hash)
{
    int64_t number = (int64_t)(hash & INT64_MAX);
    return number <= REVISION_NONE ? REVISION_NONE + 1 : number;
}

int64_t revision_of_bytes(struct bytes bytes)
{
    return number_of(hash_bytes(HASH_BEGIN, bytes.data, bytes.len));
}

int64_t revision_of(const ProtobufCMessage *message, struct arena *arena)
{
    return revision_of_bytes(message_pack(message, arena));
}

int64_t revision_with(int64_t revision, int64_t another)
{
    return number_of((uint64_t)revision + hash_number((uint64_t)another));
}

struct outcome revision_check(const void *message, int64_t revision)
{
    const ProtobufCMessage *base = message;
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(base->descriptor, "shown_revision");
    must(field != NULL && field->type == PROTOBUF_C_TYPE_INT64);
    int64_t shown = *(const int64_t *)((const char *)message + field->offset);
    if (shown == 0 || shown == revision)
        return OUTCOME_OK;
    return refuse(ONEDOOR__REASON__CHANGED_MEANWHILE,
                  "it has changed since it was shown: look at it and decide again");
}
