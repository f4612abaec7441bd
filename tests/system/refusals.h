/* SPDX-License-Identifier: Apache-2.0 */
/* refusals.h: sends one frame to intake, whatever it holds, and reads the reply. Include after
 * cmocka.h. */
#ifndef TESTS_REFUSALS_H
#define TESTS_REFUSALS_H

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"

#include <string.h>

#include "common/wire/message.h"

/* Send one frame; the reply. */
static inline const Onedoor__Reply *reply_to_frame(const char *key, enum lane lane,
                                                   struct bytes frame)
{
    struct line line;
    line_open(&line, &hall, key, "intake", lane);
    line_say_frame(&line, frame, 0);
    struct bytes heard = line_hear(&line, 30000);
    assert_non_null(heard.data);
    heard = arena_bytes(arena, heard);
    line_close(&line);
    return message_unpack(&onedoor__reply__descriptor, heard, arena);
}

/* The same with one envelope in the frame. */
static inline const Onedoor__Reply *reply_to(const char *key, enum lane lane, struct bytes packed)
{
    struct bundle bundle = {0};
    assert_true(bundle_put(&bundle, packed));
    const Onedoor__Reply *reply =
        reply_to_frame(key, lane, (struct bytes){bundle.data, bundle.len});
    bundle_release(&bundle);
    return reply;
}

static inline struct bytes envelope(const struct actor *actor, const ProtobufCMessage *message)
{
    unsigned char id[16];
    client_new_id(id);
    return edge_envelope(&(struct heading){id, 30000, actor, NULL, NULL}, message, arena);
}

static inline void assert_reply(const Onedoor__Reply *reply, Onedoor__Code code,
                                Onedoor__Reason reason)
{
    assert_non_null(reply);
    assert_int_equal(code, reply->code);
    assert_int_equal(reason, reply->reason);
    assert_true(reply->detail[0] != '\0');
}

static inline Onedoor__Intake__Check some_check(void)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = desk_no_case(1);
    return check;
}

static const enum lane lanes[] = {LANE_COMMAND, LANE_QUERY, LANE_JOURNAL};

#endif
