/* SPDX-License-Identifier: Apache-2.0 */
/* publish.c: RULE H11: items enter, change, are suspended and leave the hall by decision, in
 * versions, each from its date of effect on. A case begun keeps its own. A version is known from
 * the next batch on, when the catalogue has been read again. */
#include <string.h>

#include "common/values/flow_rules.h"
#include "common/wire/revision.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/item_fees.h"
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

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

/* ---- may it be published? */

static struct outcome check_department(const struct turn *turn, const char *field, const char *code)
{
    const struct department_row *department = intake_department(turn->memory, code);
    if (department == NULL)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, field, "the hall has no such department");
    if (strcmp(department->presence, "withdrawn") == 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, field, "the department has left the hall");
    return OUTCOME_OK;
}

/* Whoever answers for the item, acts in its flow, or has money from it. */
static struct outcome check_departments(const struct turn *turn,
                                        const Onedoor__Intake__PublishItem *publish)
{
    struct outcome outcome = check_department(turn, "department", publish->department);
    for (size_t i = 0; is_ok(outcome) && i < publish->n_steps; i++)
        if (strcmp(publish->steps[i]->department, CITY) != 0)
            outcome = check_department(turn, arena_printf(turn->arena, "steps[%zu].department", i),
                                       publish->steps[i]->department);
    for (size_t i = 0; is_ok(outcome) && i < publish->n_fees; i++)
        outcome = check_department(turn, arena_printf(turn->arena, "fees[%zu].department", i),
                                   publish->fees[i]->department);
    return outcome;
}

/* The date of effect; 0 in the message is today. Of a new item it may lie in the past. */
static int32_t effect_of(const Onedoor__Intake__PublishItem *publish, int32_t today)
{
    return publish->from_day == 0 ? today : publish->from_day;
}

static struct outcome check_days(const struct turn *turn,
                                 const Onedoor__Intake__PublishItem *publish,
                                 const struct item_row *last)
{
    int32_t today = intake_today(turn->memory, turn->now_ms);
    int32_t from_day = effect_of(publish, today);
    if (publish->decision_day > today)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "decision_day",
                       "what is not decided yet is not published");
    if (last != NULL && from_day < today)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_day",
                       "a new version comes into force today or later");
    if (last != NULL && from_day < last->from_day)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_day",
                       "the version before it comes into force later");
    return OUTCOME_OK;
}

static struct outcome check_publish(const struct turn *turn,
                                    const Onedoor__Intake__PublishItem *publish,
                                    const struct item_row *last)
{
    struct outcome outcome = revision_check(publish, last == NULL ? REVISION_NONE : last->version);
    if (is_ok(outcome) && last != NULL && publish->is_new)
        outcome = refuse(ONEDOOR__REASON__CHANGED_MEANWHILE, "the hall has this item by now");
    if (is_ok(outcome) && last == NULL && !publish->offered)
        outcome = not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "the hall has no such item to leave it");
    if (is_ok(outcome))
        outcome = check_days(turn, publish, last);
    if (is_ok(outcome) && publish->offered)
        outcome = check_departments(turn, publish);
    return is_ok(outcome) ? item_fees_check(turn, publish->item, publish->fees, publish->n_fees)
                          : outcome;
}

/* ---- the version */

static int16_t applicant_of(const char *name)
{
    return strcmp(name, "person") == 0         ? FOR_PERSONS
           : strcmp(name, "organisation") == 0 ? FOR_ORGANISATIONS
                                               : FOR_ANYONE;
}

/* RULE L30: all that the guide says. */
static void take_text(struct item_row *row, const Onedoor__Intake__ItemText *text)
{
    if (text == NULL)
        return;
    row->quantity = or_null(text->quantity);
    row->procedure = or_null(text->procedure);
    row->special = or_null(text->special);
    row->hours = or_null(text->hours);
    row->place = or_null(text->place);
    row->telephone = or_null(text->telephone);
    row->online = or_null(text->online);
    row->base_code = or_null(text->base_code);
    row->implementation_code = or_null(text->implementation_code);
    row->business_code = or_null(text->business_code);
}

static struct item_row version_of(const struct turn *turn, const struct call *call,
                                  const struct item_row *last)
{
    const Onedoor__Intake__PublishItem *publish = call->message;
    struct item_row row = {
        .centre = turn->centre,
        .code = publish->item,
        .version = (int16_t)(last == NULL ? 1 : last->version + 1),
        .department = publish->department,
        .name_zh = publish->name_zh,
        .name_en = publish->name_en,
        .applicant = applicant_of(publish->applicant),
        .immediate = strcmp(publish->handling, "immediate") == 0,
        .statutory_days = (int16_t)publish->statutory_days,
        .promised_days = (int16_t)publish->promised_days,
        .decision_level = publish->decision_level,
        .result = publish->result,
        .window_can_finish = publish->window_can_finish,
        .has_fee = publish->n_fees > 0, /* RULE L58 */
        .survey = (int16_t)publish->survey,
        .offered = publish->offered,
        .by_department = publish->by_department,
        .conditions = or_null(publish->conditions),
        .basis = or_null(publish->basis),
        .source = (int16_t)publish->source,
        .published_ms = turn->now_ms,
        .published_by = call->actor->id,
        .seq = (int16_t)publish->seq,
        .suspended = publish->suspended,
        .from_day = effect_of(publish, intake_today(turn->memory, turn->now_ms)),
        .decision = publish->decision,
        .decision_day = publish->decision_day,
    };
    take_text(&row, publish->text);
    return row;
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
                     .source = or_null(material->source),
                     .note = or_null(material->note),
                 });
    }
}

/* Routing hears of the flow, charging of the fees, both before the first case of the version. */
static void say_published(struct turn *turn, const struct item_row *item,
                          const Onedoor__Intake__PublishItem *publish)
{
    Onedoor__Intake__ItemPublished published = ONEDOOR__INTAKE__ITEM_PUBLISHED__INIT;
    published.item = intake_item_message(item, turn->arena);
    published.n_steps = publish->n_steps;
    published.steps = publish->steps;
    published.n_fees = publish->n_fees;
    published.fees = publish->fees;
    turn_say(turn, 0, &published.base);
}

void intake_need_publish_item(struct turn *turn, const struct call *call)
{
    struct item_row probe = probe_of(turn, call->message);
    rows_want(turn, &intake_item_table, &probe);
    item_fees_want(turn, probe.code);
}

struct outcome intake_publish_item(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PublishItem *publish = call->message;
    struct item_row probe = probe_of(turn, publish);
    const struct item_row *last = latest(turn, &probe);
    struct outcome outcome = check_publish(turn, publish, last);
    if (!is_ok(outcome))
        return outcome;
    struct item_row next = version_of(turn, call, last);
    rows_add(turn, &intake_item_table, &next);
    add_materials(turn, &next, publish);
    item_fees_replace(turn, &next, publish->fees, publish->n_fees);
    say_published(turn, &next, publish);
    Onedoor__Intake__PublishItemReply *reply = TURN_REPLY(
        turn, call, Onedoor__Intake__PublishItemReply, onedoor__intake__publish_item_reply);
    reply->version = next.version;
    return OUTCOME_OK;
}
