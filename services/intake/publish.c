/* SPDX-License-Identifier: Apache-2.0 */
/* publish.c: RULE H11: items enter, change and leave the hall by decision, in versions. A case
 * begun keeps its own. A version holds from the next batch on, when the catalogue has been read
 * again. */
#include "common/wire/revision.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/say.h"

static struct item_row probe_of(const struct turn *turn,
                                const Onedoor__Intake__PublishItem *publish)
{
    return (struct item_row){.centre = turn->centre, .code = publish->item};
}

static const struct item_row *latest(struct turn *turn, const struct item_row *probe)
{
    const struct item_row *last = NULL;
    for (const struct item_row *row = NULL;
         (row = rows_next(turn, &intake_item_table, probe, row));)
        if (last == NULL || row->version > last->version)
            last = row;
    return last;
}

static void add_materials(struct turn *turn, const struct item_row *item,
                          const Onedoor__Intake__PublishItem *publish)
{
    for (size_t i = 0; i < publish->n_materials; i++) {
        const Onedoor__Intake__ItemMaterial *material = publish->materials[i];
        rows_add(turn, &intake_material_table,
                 &(struct material_row){
                     .centre = turn->centre,
                     .item = item->code,
                     .version = item->version,
                     .seq = (int16_t)material->seq,
                     .name_zh = material->name_zh,
                     .name_en = material->name_en,
                     .form = material->form,
                     .copies = (int16_t)material->copies,
                     .required = material->required,
                 });
    }
}

void intake_need_publish_item(struct turn *turn, const struct call *call)
{
    struct item_row probe = probe_of(turn, call->message);
    rows_want(turn, &intake_item_table, &probe);
}

struct outcome intake_publish_item(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PublishItem *publish = call->message;
    struct item_row probe = probe_of(turn, publish);
    const struct item_row *last = latest(turn, &probe);
    if (last == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item");
    struct outcome outcome = revision_check(publish, last->version);
    if (!is_ok(outcome))
        return outcome;
    struct item_row next = *last;
    next.version++;
    next.name_zh = publish->name_zh;
    next.name_en = publish->name_en;
    next.statutory_days = (int16_t)publish->statutory_days;
    next.promised_days = (int16_t)publish->promised_days;
    next.survey = (int16_t)publish->survey;
    next.offered = publish->offered;
    next.conditions = publish->conditions[0] == '\0' ? NULL : publish->conditions;
    next.basis = publish->basis[0] == '\0' ? NULL : publish->basis;
    next.source = ONEDOOR__INTAKE__SOURCE__SOURCE_UNSPECIFIED;
    next.published_ms = turn->now_ms;
    next.published_by = call->actor->id;
    rows_add(turn, &intake_item_table, &next);
    add_materials(turn, &next, publish);

    Onedoor__Intake__ItemPublished published = ONEDOOR__INTAKE__ITEM_PUBLISHED__INIT;
    published.item = intake_item_message(&next, turn->arena);
    turn_say(turn, 0, &published.base);
    Onedoor__Intake__PublishItemReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__PublishItemReply, onedoor__intake__publish_item_reply);
    reply->version = next.version;
    return OUTCOME_OK;
}
