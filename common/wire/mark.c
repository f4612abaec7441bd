/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/mark.h"

#include <stdio.h>
#include <string.h>

#include "common/wire/wire.h"

/* The numbers of fields in envelope.proto. */
enum { MARK_STREAM = 1, MARK_EPOCH, MARK_SEQ, MARK_FIELDS };

struct mark mark_of(const char *stream, int32_t epoch, int64_t seq)
{
    struct mark mark = {.epoch = epoch, .seq = seq};
    snprintf(mark.stream, sizeof mark.stream, "%s", stream);
    return mark;
}

bool mark_reaches(const struct mark *at, const struct mark *wanted)
{
    return at->epoch > wanted->epoch || at->seq >= wanted->seq;
}

static bool is_later(const struct mark *mark, const struct mark *than)
{
    return mark->epoch > than->epoch || (mark->epoch == than->epoch && mark->seq > than->seq);
}

const struct mark *marks_find(const struct marks *marks, const char *stream)
{
    for (int i = 0; i < marks->n; i++)
        if (strcmp(marks->at[i].stream, stream) == 0)
            return &marks->at[i];
    return NULL;
}

bool marks_advance(struct marks *marks, const struct mark *mark)
{
    const struct mark *found = marks_find(marks, mark->stream);
    if (found == NULL && marks->n == MARKS_MAX)
        return false;
    if (found != NULL && !is_later(mark, found))
        return false;
    marks->at[found == NULL ? marks->n++ : found - marks->at] = *mark;
    return true;
}

Onedoor__Mark **marks_pack(const struct marks *marks, struct arena *arena)
{
    Onedoor__Mark **packed = ARENA_ARRAY(arena, Onedoor__Mark *, MARKS_MAX);
    for (int i = 0; i < marks->n; i++) {
        packed[i] = ARENA_NEW(arena, Onedoor__Mark);
        onedoor__mark__init(packed[i]);
        packed[i]->stream = (char *)marks->at[i].stream;
        packed[i]->epoch = (uint32_t)marks->at[i].epoch;
        packed[i]->seq = marks->at[i].seq;
    }
    return packed;
}

bool mark_read(struct mark *mark, struct bytes packed)
{
    struct wire_value in[MARK_FIELDS];
    if (!wire_fields(&onedoor__mark__descriptor, packed, in, MARK_FIELDS))
        return false;
    struct bytes stream = in[MARK_STREAM].bytes;
    *mark =
        (struct mark){.epoch = (int32_t)in[MARK_EPOCH].number, .seq = (int64_t)in[MARK_SEQ].number};
    if (stream.len < 1 || stream.len >= STREAM_SIZE || mark->epoch < 1 || mark->seq < 0)
        return false;
    memcpy(mark->stream, stream.data, stream.len);
    return true;
}
