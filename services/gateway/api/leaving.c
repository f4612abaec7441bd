/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/leaving.h"

#include <string.h>

#include "onedoor/gateway.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/gateway/api/held.h"
#include "services/gateway/people/accounts.h"

struct leaving {
    struct call *call;
    const ProtobufCMessage *reply; /* of the job */
};

bool leaving_is(const struct call *call, const struct job *job)
{
    return call->match.route->handler == account_change && job->reply != NULL &&
           ((const Onedoor__Gateway__Person *)job->reply)->shut_out;
}

static void released(void *context, const struct answer *answer)
{
    const struct leaving *leaving = context;
    if (answer->kind == ANSWER_OK)
        api_answer_message(leaving->call, leaving->reply);
    else
        api_refuse_answer(leaving->call, answer);
}

void leaving_release(struct call *call, struct job *job)
{
    Onedoor__Routing__ReleaseTasks release = ONEDOOR__ROUTING__RELEASE_TASKS__INIT;
    struct leaving *leaving = ARENA_NEW(call->arena, struct leaving);
    struct ask ask = api_ask_of(call);
    *leaving = (struct leaving){call, job->reply};
    release.assignee = ((const Onedoor__Gateway__Person *)job->reply)->name;
    ask.lane = LANE_COMMAND;
    ask.service = NULL;
    ask.message = &release.base;
    ask.reply = NULL;
    ask.packed = false;
    ask.done = released;
    ask.context = leaving;
    memset(ask.id, 0, sizeof ask.id); /* to be released twice changes nothing */
    client_ask(call->api->client, &ask);
}
