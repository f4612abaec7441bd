/* SPDX-License-Identifier: Apache-2.0 */
/* checked_frame.h: a message written byte by byte, and the result of message_check. Include after
 * cmocka.h. */
#ifndef UNIT_CHECKED_FRAME_H
#define UNIT_CHECKED_FRAME_H

#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "wire_writer.h"

static struct frame frame; /* what a test writes; empty at its beginning */

static inline int start(void **state)
{
    (void)state;
    frame.len = 0;
    return 0;
}

static inline struct outcome check(const ProtobufCMessageDescriptor *type)
{
    return message_check(type, frame_bytes(&frame));
}

static inline void assert_refused(const ProtobufCMessageDescriptor *type, Onedoor__Reason reason,
                                  const char *field, const char *detail)
{
    struct outcome outcome = check(type);
    assert_int_equal(ONEDOOR__CODE__INVALID_ARGUMENT, outcome.code);
    assert_int_equal(reason, outcome.reason);
    assert_string_equal(field, outcome.field);
    assert_non_null(strstr(outcome.detail, detail));
}

#define assert_accepted(type) assert_int_equal(ONEDOOR__CODE__OK, check(type).code)
#define assert_malformed(type, field, detail)                                                      \
    assert_refused(type, ONEDOOR__REASON__MALFORMED, field, detail)

#define ACTOR    (&onedoor__actor__descriptor)
#define CHECK    (&onedoor__intake__check__descriptor)
#define SUBMIT   (&onedoor__intake__submit__descriptor)
#define ENVELOPE (&onedoor__envelope__descriptor)

#endif
