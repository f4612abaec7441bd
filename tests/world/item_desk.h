/* SPDX-License-Identifier: Apache-2.0 */
/* item_desk.h: a version of an item as the one in the hall, to be changed and published. Include
 * after cmocka.h. */
#ifndef TESTS_ITEM_DESK_H
#define TESTS_ITEM_DESK_H

#include <string.h>

#include "onedoor/intake.pb-c.h"
#include "services/charging/rows.h"
#include "services/intake/say.h"
#include "services/routing/rows.h"
#include "tests/world/world.h"

/* What is to be published; the lists may be changed. */
struct item_form {
    Onedoor__Intake__PublishItem message;
    Onedoor__Intake__ItemMaterial materials[64], *material_list[64];
    Onedoor__Intake__ItemStep steps[64], *step_list[64];
    Onedoor__Intake__ItemFee fees[16], *fee_list[16];
};

static inline const struct item_row *item_latest(struct world *hall, const char *code)
{
    const struct item_row *last = NULL;
    for (size_t i = 0; i < world_count(hall, "intake", &intake_item_table); i++) {
        const struct item_row *row = world_row_at(hall, "intake", &intake_item_table, i);
        if (strcmp(row->code, code) == 0 && (last == NULL || row->version > last->version))
            last = row;
    }
    return last;
}

static inline void item_copy_materials(struct world *hall, const struct item_row *item,
                                       struct item_form *form)
{
    struct material_row probe = {
        .centre = 1, .item = item->code, .version = item->version, .seq = 1};
    const struct material_row *row;
    for (; (row = world_row(hall, "intake", &intake_material_table, &probe)) != NULL; probe.seq++) {
        size_t i = form->message.n_materials++;
        onedoor__intake__item_material__init(&form->materials[i]);
        form->materials[i].seq = row->seq;
        form->materials[i].name_zh = (char *)row->name_zh;
        form->materials[i].name_en = (char *)row->name_en;
        form->materials[i].form = (char *)row->form;
        form->materials[i].copies = row->copies;
        form->materials[i].required = row->required;
        form->material_list[i] = &form->materials[i];
    }
}

static inline void item_copy_steps(struct world *hall, const struct item_row *item,
                                   struct item_form *form)
{
    for (int16_t stage = 1; stage <= 64; stage++)
        for (size_t k = 0; k < world_count(hall, "routing", &routing_step_table); k++) {
            const struct step_row *row = world_row_at(hall, "routing", &routing_step_table, k);
            if (row->stage != stage || row->version != item->version ||
                strcmp(row->item, item->code) != 0)
                continue;
            size_t i = form->message.n_steps++;
            onedoor__intake__item_step__init(&form->steps[i]);
            form->steps[i].stage = row->stage;
            form->steps[i].department = (char *)row->department;
            form->steps[i].action = (Onedoor__Intake__StepAction)row->action;
            form->steps[i].lead = row->lead;
            form->steps[i].days = row->days;
            form->steps[i].counts = row->counts;
            form->step_list[i] = &form->steps[i];
        }
}

/* But for the bands of a tiered one. */
static inline void item_copy_fees(struct world *hall, const struct item_row *item,
                                  struct item_form *form)
{
    for (size_t k = 0; k < world_count(hall, "charging", &charging_standard_table); k++) {
        const struct standard_row *row =
            world_row_at(hall, "charging", &charging_standard_table, k);
        if (row->to_day != 0 || strcmp(row->item, item->code) != 0)
            continue;
        size_t i = form->message.n_fees++;
        onedoor__intake__item_fee__init(&form->fees[i]);
        form->fees[i].code = (char *)row->code;
        form->fees[i].department = (char *)row->department;
        form->fees[i].name_zh = (char *)row->name_zh;
        form->fees[i].name_en = (char *)row->name_en;
        form->fees[i].kind = (char *)row->kind;
        form->fees[i].unit_fen = row->unit_fen;
        form->fees[i].unit = (char *)row->unit;
        form->fees[i].free_units = row->free_units;
        form->fees[i].cap_fen = row->cap_fen;
        form->fees[i].basis = (char *)row->basis;
        form->fees[i].deposit = row->deposit;
        form->fees[i].reducible = row->reducible;
        form->fee_list[i] = &form->fees[i];
    }
}

/* The last version of the item, decided on 2022-01-04 to begin at once. */
static inline struct item_form *item_as_it_is(struct world *hall, const char *code,
                                              struct item_form *form)
{
    static const char *const applicants[] = {"any", "person", "organisation"};
    world_settle(hall); /* routing and charging have heard of it */
    const struct item_row *item = item_latest(hall, code);
    memset(form, 0, sizeof *form);
    onedoor__intake__publish_item__init(&form->message);
    form->message.item = (char *)item->code;
    form->message.name_zh = (char *)item->name_zh;
    form->message.name_en = (char *)item->name_en;
    form->message.promised_days = item->promised_days;
    form->message.statutory_days = item->statutory_days;
    form->message.offered = item->offered;
    form->message.survey = (Onedoor__Intake__SurveyKind)item->survey;
    form->message.decision = (char *)"管委会〔2022〕1号";
    form->message.decision_day = 18996;
    form->message.department = (char *)item->department;
    form->message.seq = item->seq;
    form->message.applicant = (char *)applicants[item->applicant];
    form->message.handling = (char *)(item->immediate ? "immediate" : "promised");
    form->message.decision_level = (char *)item->decision_level;
    form->message.result = (char *)item->result;
    form->message.window_can_finish = item->window_can_finish;
    form->message.by_department = item->by_department;
    item_copy_materials(hall, item, form);
    item_copy_steps(hall, item, form);
    item_copy_fees(hall, item, form);
    form->message.materials = form->material_list;
    form->message.steps = form->step_list;
    form->message.fees = form->fee_list;
    return form;
}

/* These materials and no others. */
static inline void item_ask_for(struct item_form *form, const Onedoor__Intake__ItemMaterial *list,
                                size_t n)
{
    form->message.n_materials = n;
    for (size_t i = 0; i < n; i++) {
        form->materials[i] = list[i];
        form->material_list[i] = &form->materials[i];
    }
}

#endif
