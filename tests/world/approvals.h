/* SPDX-License-Identifier: Apache-2.0 */
/* approvals.h: what a second person says, for the tests of what needs one. Include after cmocka.h.
 */
#ifndef TESTS_APPROVALS_H
#define TESTS_APPROVALS_H

#include "common/rows/approval.h"
#include "common/rows/corridor.h"
#include "common/wire/message.h"
#include "onedoor/approval.pb-c.h"
#include "tests/world/world.h"

static inline struct outcome answer_asked(struct world *hall, const char *service,
                                          const struct actor *actor,
                                          const Onedoor__Approval__Answer *answer)
{
    return world_command_to(hall, service, actor, &answer->base, NULL);
}

static inline struct outcome agree_to(struct world *hall, const char *service,
                                      const struct actor *actor, int64_t number, int32_t no)
{
    Onedoor__Approval__Answer answer = ONEDOOR__APPROVAL__ANSWER__INIT;
    answer.case_number = number;
    answer.no = no;
    answer.agree = true;
    return answer_asked(hall, service, actor, &answer);
}

static inline struct outcome disagree_with(struct world *hall, const char *service,
                                           const struct actor *actor, int64_t number,
                                           const char *why)
{
    Onedoor__Approval__Answer answer = ONEDOOR__APPROVAL__ANSWER__INIT;
    answer.case_number = number;
    answer.no = 1;
    answer.text = (char *)why;
    return answer_asked(hall, service, actor, &answer);
}

/* Whoever asked has read the answer to what he asked first. */
static inline struct outcome dismiss(struct world *hall, const char *service,
                                     const struct actor *actor, int64_t number)
{
    Onedoor__Approval__Dismiss message = ONEDOOR__APPROVAL__DISMISS__INIT;
    message.case_number = number;
    message.no = 1;
    return world_command_to(hall, service, actor, &message.base, NULL);
}

static inline const struct approval_row *approval_of(struct world *hall, const char *service,
                                                     int64_t number, int32_t no)
{
    return world_row(hall, service, &approval_table,
                     &(struct approval_row){.centre = 1, .case_number = number, .no = no});
}

/* One asks by the command, the other agrees; the first refusal of both. */
static inline struct outcome ask_and_agree(struct world *hall, const struct actor *asker,
                                           const ProtobufCMessage *command, const char *service,
                                           const struct actor *second)
{
    Onedoor__Approval__Waiting *waiting = NULL;
    struct outcome outcome = world_command(hall, asker, command, (ProtobufCMessage **)&waiting);
    int64_t number = message_case(command);
    return is_ok(outcome) ? agree_to(hall, service, second, number, waiting->no) : outcome;
}

#endif
