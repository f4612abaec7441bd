/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue_ask.c: reads the catalogue the way the public does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/bus/client.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "programs/simulate/catalogue.h"

enum { LOOK_UP_MS = 60000, ANSWER_BYTES = 4 << 20 };

static const void *look_up(struct client *client, const ProtobufCMessage *message,
                           const ProtobufCMessageDescriptor *reply, struct arena *arena)
{
    struct answer answer = client_call(
        client,
        &(struct ask){.lane = LANE_QUERY,
                      .message = message,
                      .reply = reply,
                      .actor = {.id = "kiosk", .role = ONEDOOR__ROLE__PUBLIC, .department = ""},
                      .timeout_ms = LOOK_UP_MS},
        arena);
    if (answer.kind != ANSWER_OK) {
        fprintf(stderr, "onedoor-simulate: the catalogue cannot be looked up (%s): %s\n",
                message->descriptor->name,
                answer.kind == ANSWER_UNKNOWN ? "no answer in time" : answer.detail);
        exit(1);
    }
    return answer.message;
}

static void copy(char to[CODE_SIZE], const char *from)
{
    snprintf(to, CODE_SIZE, "%s", from);
}

/* The charging window comes first. */
static void ask_windows(struct catalogue *catalogue, struct client *client, struct arena *arena)
{
    Onedoor__Intake__ListWindows ask = ONEDOOR__INTAKE__LIST_WINDOWS__INIT;
    const Onedoor__Intake__ListWindowsReply *list =
        look_up(client, &ask.base, &onedoor__intake__list_windows_reply__descriptor, arena);
    for (size_t i = 0; i < list->n_windows && catalogue->n_desks == 0; i++)
        if (strcmp(list->windows[i]->kind, "charging") == 0)
            catalogue_desk(catalogue, list->windows[i]->window, "");
    must(catalogue->n_desks == 1);
}

static void ask_guide(struct catalogue *catalogue, struct item *item, struct client *client,
                      struct arena *arena)
{
    Onedoor__Intake__GetGuide ask = ONEDOOR__INTAKE__GET_GUIDE__INIT;
    ask.item = item->code;
    const Onedoor__Intake__GetGuideReply *guide =
        look_up(client, &ask.base, &onedoor__intake__get_guide_reply__descriptor, arena);
    must(guide->n_materials <= MATERIALS_MAX);
    item->n_materials = (int32_t)guide->n_materials;
    for (size_t i = 0; i < guide->n_materials; i++)
        item->materials[i] = (struct listed_material){
            guide->materials[i]->seq, guide->materials[i]->copies, guide->materials[i]->required};
    item->window = guide->n_windows > 0 ? guide->windows[0] : 0;
    item->desk = item->window == 0 ? -1 : catalogue_desk(catalogue, item->window, item->department);
}

static void ask_flow(struct catalogue *catalogue, struct item *item, struct client *client,
                     struct arena *arena)
{
    Onedoor__Routing__GetItemFlow ask = ONEDOOR__ROUTING__GET_ITEM_FLOW__INIT;
    ask.item = item->code;
    const Onedoor__Routing__GetItemFlowReply *flow =
        look_up(client, &ask.base, &onedoor__routing__get_item_flow_reply__descriptor, arena);
    must(flow->n_steps <= STEPS_MAX);
    item->n_steps = (int32_t)flow->n_steps;
    for (size_t i = 0; i < flow->n_steps; i++) {
        const Onedoor__Routing__FlowStep *step = flow->steps[i];
        struct flow_line *line = &item->steps[i];
        *line = (struct flow_line){.stage = step->stage,
                                   .survey = step->action == ONEDOOR__ROUTING__ACTION__SITE_SURVEY,
                                   .days = step->days};
        copy(line->department, step->department);
        catalogue_department(catalogue, step->department);
        if (step->stage > item->stages)
            item->stages = step->stage;
    }
}

static enum fee_form form_named(const char *kind)
{
    static const char *const names[] = {"fixed", "quantity", "area", "area_days", "tiered"};
    for (int i = 0; i < 5; i++)
        if (strcmp(names[i], kind) == 0)
            return (enum fee_form)i;
    panic("there is no kind of fee '%s'", kind);
}

static void ask_fees(struct item *item, struct client *client, struct arena *arena)
{
    Onedoor__Charging__GetFees ask = ONEDOOR__CHARGING__GET_FEES__INIT;
    ask.item = item->code;
    const Onedoor__Charging__GetFeesReply *fees =
        look_up(client, &ask.base, &onedoor__charging__get_fees_reply__descriptor, arena);
    must(fees->n_fees <= FEES_MAX);
    item->n_fees = (int32_t)fees->n_fees;
    for (size_t i = 0; i < fees->n_fees; i++) {
        const Onedoor__Charging__FeeStandard *standard = fees->fees[i];
        struct fee *fee = &item->fees[i];
        must(standard->n_tiers <= TIERS_MAX);
        *fee = (struct fee){.form = form_named(standard->kind),
                            .unit_fen = standard->unit_fen,
                            .free_units = standard->free_units,
                            .cap_fen = standard->cap_fen,
                            .n_tiers = (int32_t)standard->n_tiers};
        copy(fee->code, standard->code);
        for (size_t t = 0; t < standard->n_tiers; t++)
            fee->tiers[t] =
                (struct tier){standard->tiers[t]->from_units, standard->tiers[t]->to_units,
                              standard->tiers[t]->unit_fen};
    }
}

static void take_item(struct item *item, const Onedoor__Intake__Item *listed)
{
    bool anyone = strcmp(listed->applicant, "any") == 0;
    *item = (struct item){
        .for_persons = anyone || strcmp(listed->applicant, "person") == 0,
        .for_organisations = anyone || strcmp(listed->applicant, "organisation") == 0,
        .immediate = listed->window_can_finish && strcmp(listed->handling, "immediate") == 0,
        .has_fee = listed->has_fee,
        .by_department = listed->by_department,
    };
    copy(item->code, listed->code);
    copy(item->department, listed->department);
}

void catalogue_ask(struct catalogue *catalogue, struct client *client)
{
    struct arena *arena = arena_new(ANSWER_BYTES);
    Onedoor__Intake__ListItems ask = ONEDOOR__INTAKE__LIST_ITEMS__INIT;
    const Onedoor__Intake__ListItemsReply *list =
        look_up(client, &ask.base, &onedoor__intake__list_items_reply__descriptor, arena);
    must(list->n_items <= ITEMS_MAX);
    *catalogue = (struct catalogue){.n_items = (int32_t)list->n_items};
    for (size_t i = 0; i < list->n_items; i++)
        take_item(&catalogue->items[i], list->items[i]);
    ask_windows(catalogue, client, arena);
    for (int i = 0; i < catalogue->n_items; i++) {
        arena_reset(arena);
        struct item *item = &catalogue->items[i];
        ask_guide(catalogue, item, client, arena);
        ask_fees(item, client, arena);
        if (!item->immediate)
            ask_flow(catalogue, item, client, arena);
    }
    arena_free(&arena);
}
