/* SPDX-License-Identifier: Apache-2.0 */
/* desk.h: a case carried through a running hall: people, what they ask, and what they are told.
 * Include after cmocka.h. */
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
/* Until it is answered with OK; the reply. */
const void *desk_until(struct client *, const struct actor *, const ProtobufCMessage *,
                       const ProtobufCMessageDescriptor *reply, struct arena *);

/* An application of a person with every material of the item, in the arena. */
Onedoor__Intake__Submit *desk_application(struct client *, const char *item, struct arena *);
/* It is taken in and checked; the number of its case. */
int64_t desk_submit(struct client *, const char *item, struct arena *);

/* A number as cases have them, of none. */
int64_t desk_no_case(int serial);

/* Wait until the case is in this state. */
void desk_await(struct client *, int64_t case_number, Onedoor__Intake__CaseState, struct arena *);

/* By a window of the department. */
struct answer desk_finish(struct client *, const char *department, int64_t case_number,
                          struct arena *);
struct answer desk_decide(struct client *, int64_t case_number, struct arena *);
struct answer desk_pay(struct client *, const unsigned char *id, int64_t case_number,
                       int64_t shown_fen, struct arena *);

/* An item without a fee that two decisions of STA grant, and the case when that is done. */
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
