/* SPDX-License-Identifier: Apache-2.0 */
#include "services/case/dossier.h"

enum { TIMEOUT_MS = 5000, CARDS_MAX = 100 };

struct asking {
    struct client *client;
    struct arena *arena;
    const char *why; /* set once something went wrong that is not "knows nothing of it" */
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
    if (answer.code != ONEDOOR__CODE__NOT_FOUND && asking->why == NULL)
        asking->why = answer.kind == ANSWER_UNKNOWN ? "the hall does not answer" : answer.detail;
    return NULL;
}

bool dossier_ask(struct client *client, int64_t number, struct arena *arena,
                 struct dossier *dossier, const char **why)
{
    struct asking asking = {client, arena, NULL};
    Onedoor__Intake__GetProgress progress = ONEDOOR__INTAKE__GET_PROGRESS__INIT;
    Onedoor__Reporting__GetDossier story = ONEDOOR__REPORTING__GET_DOSSIER__INIT;
    Onedoor__Routing__GetFlow flow = ONEDOOR__ROUTING__GET_FLOW__INIT;
    Onedoor__Charging__GetOrder order = ONEDOOR__CHARGING__GET_ORDER__INIT;
    Onedoor__Supervision__ListCards cards = ONEDOOR__SUPERVISION__LIST_CARDS__INIT;
    progress.case_number = story.case_number = flow.case_number = order.case_number =
        cards.case_number = number;
    cards.limit = CARDS_MAX;
    *dossier = (struct dossier){.number = number};
    dossier->progress =
        ask(&asking, &progress.base, &onedoor__intake__get_progress_reply__descriptor);
    if (dossier->progress != NULL) {
        dossier->story =
            ask(&asking, &story.base, &onedoor__reporting__get_dossier_reply__descriptor);
        dossier->flow = ask(&asking, &flow.base, &onedoor__routing__get_flow_reply__descriptor);
        dossier->order = ask(&asking, &order.base, &onedoor__charging__get_order_reply__descriptor);
        dossier->cards =
            ask(&asking, &cards.base, &onedoor__supervision__list_cards_reply__descriptor);
    }
    *why = asking.why != NULL ? asking.why : "there is no such case in this hall";
    return dossier->progress != NULL && asking.why == NULL;
}
