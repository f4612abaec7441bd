/* SPDX-License-Identifier: Apache-2.0 */
/* approval.h: RULE H22: what one person asks, and a second agrees to by an act of his own.
 *
 * A command of a service's table `seconded` is handled twice. When it is asked, its handler checks
 * that it may be done and then, having changed nothing, returns with approval_ask: the command is
 * kept (struct approval_row) and waits. When a second person agrees (approval.Answer), the handler
 * runs again with `call->second` set; it may refuse, since the case may have changed meanwhile, and
 * the command then waits on. What nobody answers in time (approval_hours) lapses.
 *
 *     if (!is_ok(outcome))
 *         return outcome;
 *     if (call->second == NULL)
 *         return approval_ask(turn, call, &(struct approval){.reason = waive->basis});
 *
 * Whoever asked keeps the answer in his list until he dismisses it (approval.Dismiss).
 *
 * A service that has such commands lists APPROVAL_ROUTES among its routes, APPROVAL_QUERY
 * (approval_list.h) among its queries, and ticks with approval_tick. */
#ifndef COMMON_APPROVAL_H
#define COMMON_APPROVAL_H

#include "common/rows/declare.h"
#include "common/rows/moves.h"
#include "common/rows/turn.h"

/* The numbers are those of the wire (approval.State) and of the database. */
enum approval_state {
    APPROVAL_NONE,
    APPROVAL_ASKED,
    APPROVAL_AGREED,
    APPROVAL_REFUSED,
    APPROVAL_WITHDRAWN,
    APPROVAL_LAPSED,
    APPROVAL_STATES
};

enum approval_event { ON_ASK, ON_AGREE, ON_DISAGREE, ON_LAPSE, ON_DISMISS, APPROVAL_EVENTS };

enum approval_fact {
    BY_ASKER = 1 << 0,
    MAY_ANSWER = 1 << 1, /* his role and department let him */
    GIVES_WHY = 1 << 2,
    TOO_LATE = 1 << 3, /* it has lapsed, though no tick has said so yet */
    WAITS = 1 << 4,    /* the same is asked already */
};

enum approval_then { APPROVAL_NOTHING, CARRY_OUT, LEAVE_LIST, APPROVAL_THENS };

extern const struct moves approval_moves;

/* What a second person reads. Borrowed; null text is "". */
struct approval {
    unsigned roles; /* those of the table's that may agree to this one; 0: all of them */
    const char *subject;
    const char *detail;
    const char *reason;
    int64_t fen;
    int32_t days;
};

/* From a handler: what is asked may be done, and a second person must agree. Always OK. */
struct outcome approval_ask(const struct turn *, struct call *, const struct approval *);

/* ---- for decide.c */

/* The roles that must agree to a command; 0: nobody has to. */
unsigned approval_second(const struct service *, const ProtobufCMessageDescriptor *);
/* Want the approvals of the case that a command is about. */
void approval_need(struct turn *, const ProtobufCMessage *command);
/* Of an approval.Answer, once its approval is there: want the rows of the command that it is about.
 */
void approval_need_more(struct turn *, const struct call *);
/* Keep a command whose handler has asked. `call->reply` becomes approval.Waiting. */
struct outcome approval_keep(struct turn *, struct call *, int64_t lapses_ms);

/* ---- for services */

void approval_need_answer(struct turn *, const struct call *);
struct outcome approval_answer(struct turn *, struct call *);
void approval_need_dismiss(struct turn *, const struct call *);
struct outcome approval_dismiss(struct turn *, struct call *);

/* Who asks or answers anything. */
#define APPROVAL_ROLES                                                                             \
    (ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CASHIER) |                 \
     ROLE(BUSINESS_MANAGER) | ROLE(GOVERNMENT_HEAD))

/* clang-format off */
#define APPROVAL_ROUTES                                                                           \
    {&onedoor__approval__answer__descriptor, APPROVAL_ROLES, approval_need_answer, approval_answer},    \
    {&onedoor__approval__dismiss__descriptor, APPROVAL_ROLES, approval_need_dismiss, approval_dismiss}
/* clang-format on */

/* What has come due: approvals that nobody answered. */
void approval_tick_need(struct turn *);
void approval_tick(struct turn *);

/* May a person of this role and department answer it, whoever asked? */
bool approval_is_for(unsigned roles, const char *asker_department, const struct actor *);

#endif
