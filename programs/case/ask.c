/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/case/dossier.h"

#include "common/bus/client.h"

enum { TIMEOUT_MS = 5000, CARDS_MAX = 100 };

struct asking {
    struct client *client;
    struct arena *arena;
    const char *
        error; /* set when something went wrong, other than that a service does not know the case */
};

static const void *ask(struct asking *asking, const ProtobufCMessage *message,
                       const ProtobufCMessageDescriptor *reply)
{
    struct ask question = {.lane = LANE_QUERY,
                           .message = message,
                           .reply = reply,
                           .actor = {"operator", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0},
                           .timeout_ms = TIMEOUT_MS};
    struct answer answer = client_call(asking->client, &question, asking->arena);
    if (answer.kind == ANSWER_OK)
        return answer.message;
    if (answer.code != ONEDOOR__CODE__NOT_FOUND && asking->error == NULL)
        asking->error = answer.kind == ANSWER_UNKNOWN ? "the hall does not answer" : answer.detail;
    return NULL;
}

static void ask_all(struct asking *asking, struct dossier *dossier)
{
    Onedoor__Intake__GetProgress progress = ONEDOOR__INTAKE__GET_PROGRESS__INIT;
    Onedoor__Reporting__GetDossier story = ONEDOOR__REPORTING__GET_DOSSIER__INIT;
    Onedoor__Routing__GetFlow flow = ONEDOOR__ROUTING__GET_FLOW__INIT;
    Onedoor__Charging__GetOrder order = ONEDOOR__CHARGING__GET_ORDER__INIT;
    Onedoor__Supervision__ListCards cards = ONEDOOR__SUPERVISION__LIST_CARDS__INIT;
    progress.case_number = story.case_number = flow.case_number = order.case_number =
        cards.case_number = dossier->number;
    cards.limit = CARDS_MAX;
    dossier->progress =
        ask(asking, &progress.base, &onedoor__intake__get_progress_reply__descriptor);
    if (dossier->progress == NULL)
        return;
    dossier->story = ask(asking, &story.base, &onedoor__reporting__get_dossier_reply__descriptor);
    dossier->flow = ask(asking, &flow.base, &onedoor__routing__get_flow_reply__descriptor);
    dossier->order = ask(asking, &order.base, &onedoor__charging__get_order_reply__descriptor);
    dossier->cards = ask(asking, &cards.base, &onedoor__supervision__list_cards_reply__descriptor);
}

bool dossier_ask(struct dossier *dossier, int64_t number, const struct config *config,
                 struct arena *arena, const char **error)
{
    struct asking asking = {.arena = arena};
    *dossier = (struct dossier){.number = number};
    if (client_new(&asking.client, config, "operator") != STATUS_OK) {
        *error = "there is no key for an operator in this hall's folder";
        return false;
    }
    ask_all(&asking, dossier);
    client_free(&asking.client);
    if (dossier->progress == NULL && asking.error == NULL)
        asking.error = "there is no such case in this hall";
    *error = asking.error;
    return asking.error == NULL;
}
