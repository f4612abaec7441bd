/* SPDX-License-Identifier: Apache-2.0 */
/* desk.h: takes a case through a running hall: the people, their requests, the answers. Include
 * after cmocka.h. */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "common/bus/client.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"

extern const struct actor clerk, cashier, approver, public; /* approver: of STA */

/* Ask and wait. `id` null: a new one. */
struct answer desk_ask(struct client *, const unsigned char *id, const struct actor *,
                       const ProtobufCMessage *, const ProtobufCMessageDescriptor *reply,
                       struct arena *);
/* Repeat the request until the answer is OK; the reply. */
const void *desk_until(struct client *, const struct actor *, const ProtobufCMessage *,
                       const ProtobufCMessageDescriptor *reply, struct arena *);

/* A person's application with every material that the item asks for, in the arena. */
Onedoor__Intake__Submit *desk_application(struct client *, const char *item, struct arena *);
/* Submit and check one; the number of its case. */
int64_t desk_submit(struct client *, const char *item, struct arena *);

/* The same for STA-05, whose cases the approver's department begins. */
int64_t desk_begin(struct client *, struct arena *);

/* A well-formed case number that no case has. */
int64_t desk_no_case(int serial);

/* Wait until the case is in this state. */
void desk_await(struct client *, int64_t case_number, Onedoor__Intake__CaseState, struct arena *);

/* Finish it at a window of the department. */
struct answer desk_finish(struct client *, const char *department, int64_t case_number,
                          struct arena *);
struct answer desk_decide(struct client *, int64_t case_number, struct arena *);
struct answer desk_pay(struct client *, const unsigned char *id, int64_t case_number,
                       int64_t shown_fen, struct arena *);

/* Take a case to CLOSED: of an item without a fee, granted by two decisions of STA. Its number. */
int64_t desk_closed_case(struct client *, struct arena *);

/* The answer is a refusal, with this code and this reason. */
#define assert_answer(asked, expected_code, expected_reason)                                       \
    do {                                                                                           \
        struct answer answer_ = (asked);                                                           \
        assert_int_equal(ANSWER_REJECTED, answer_.kind);                                           \
        assert_int_equal(ONEDOOR__CODE__##expected_code, answer_.code);                            \
        assert_int_equal(ONEDOOR__REASON__##expected_reason, answer_.reason);                      \
    } while (0)

#endif
