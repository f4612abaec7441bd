/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/checks.h"

#include <string.h>

#include "common/rows/year_days.h"
#include "common/values/case_number.h"
#include "onedoor/intake.pb-c.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct text_bound {
    const char *field, *value;
    size_t least, most; /* bytes */
};

struct number_bound {
    const char *field;
    int64_t value, least, most;
};

static struct outcome check_texts(const struct text_bound *bounds, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(bounds[i].value);
        if (length == 0 && bounds[i].least > 0)
            return invalid(ONEDOOR__REASON__FIELD_MISSING, bounds[i].field, "must be given");
        if (length < bounds[i].least || length > bounds[i].most)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, bounds[i].field,
                           "is too short or too long");
    }
    return OUTCOME_OK;
}

static struct outcome check_numbers(const struct number_bound *bounds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bounds[i].value < bounds[i].least || bounds[i].value > bounds[i].most)
            return invalid(bounds[i].value == 0 ? ONEDOOR__REASON__FIELD_MISSING
                                                : ONEDOOR__REASON__FIELD_INVALID,
                           bounds[i].field, "is out of its range, or not given");
    return OUTCOME_OK;
}

/* RULE L38: nobody is turned down without the reason. */
static struct outcome check_reason(const char *reason)
{
    if (reason[0] == '\0')
        return invalid(ONEDOOR__REASON__REASON_REQUIRED, "reason",
                       "must be given, and is told to the applicant");
    return check_texts(&(struct text_bound){"reason", reason, 1, 500}, 1);
}

static struct outcome check_number(int64_t case_number)
{
    if (!case_number_valid(case_number))
        return invalid(ONEDOOR__REASON__UNKNOWN_CASE, "case_number",
                       "no case has this number: its check digit is wrong");
    return OUTCOME_OK;
}

static struct outcome check_materials(Onedoor__Intake__MaterialIn *const *materials, size_t n)
{
    if (n > MATERIALS_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "materials", "are more than 64");
    for (size_t i = 0; i < n; i++) {
        const struct number_bound bounds[] = {
            {"materials.seq", materials[i]->seq, 1, MATERIALS_MAX},
            {"materials.copies", materials[i]->copies, 1, 99},
        };
        struct outcome outcome = check_numbers(bounds, COUNT(bounds));
        if (!is_ok(outcome))
            return outcome;
    }
    return OUTCOME_OK;
}

static struct outcome check_facts(Onedoor__FeeFact *const *facts, size_t n)
{
    if (n > FACTS_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "facts", "are more than 16");
    for (size_t i = 0; i < n; i++) {
        struct outcome outcome =
            check_texts(&(struct text_bound){"facts.fee", facts[i]->fee, 1, 24}, 1);
        const struct number_bound bounds[] = {
            {"facts.units", facts[i]->units, 0, 1000000},
            {"facts.days", facts[i]->days, 0, 3660},
        };
        if (is_ok(outcome))
            outcome = check_numbers(bounds, COUNT(bounds));
        if (!is_ok(outcome))
            return outcome;
    }
    return OUTCOME_OK;
}

/* ---- Submit */

static struct outcome check_applicant(const Onedoor__Intake__Applicant *applicant)
{
    if (applicant == NULL)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "applicant", "must be given");
    const struct text_bound texts[] = {
        {"applicant.name", applicant->name, 1, 120},
        {"applicant.phone", applicant->phone, 5, 20},
        {"applicant.address", applicant->address, 0, 240},
        {"applicant.agent_name", applicant->agent_name, 0, 120},
    };
    struct outcome outcome = check_texts(texts, COUNT(texts));
    if (is_ok(outcome))
        outcome = check_numbers(&(struct number_bound){"applicant.kind", applicant->kind, 1, 2}, 1);
    if (!is_ok(outcome))
        return outcome;
    if (applicant->phone[strspn(applicant->phone, "0123456789+-")] != '\0')
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "applicant.phone",
                       "is digits, + and - alone");
    if ((applicant->agent_name[0] == '\0') != (applicant->agent_document[0] == '\0'))
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "applicant.agent_document",
                       "an agent has a name and a document, or there is none");
    return OUTCOME_OK;
}

struct outcome intake_check_submit(const void *message)
{
    const Onedoor__Intake__Submit *submit = message;
    const struct text_bound texts[] = {
        {"item", submit->item, 1, 24},
        {"summary", submit->summary, 0, 200},
    };
    struct outcome outcome = check_texts(texts, COUNT(texts));
    if (is_ok(outcome))
        outcome =
            check_numbers(&(struct number_bound){"channel", submit->channel, 1, INT16_MAX}, 1);
    if (is_ok(outcome))
        outcome = check_applicant(submit->applicant);
    if (is_ok(outcome))
        outcome = check_materials(submit->materials, submit->n_materials);
    return is_ok(outcome) ? check_facts(submit->facts, submit->n_facts) : outcome;
}

/* ---- commands on a case */

struct outcome intake_check_case(const void *message)
{
    const Onedoor__Intake__Check *check = message;
    return check_number(check->case_number);
}

struct outcome intake_check_supplement(const void *message)
{
    const Onedoor__Intake__Supplement *supplement = message;
    struct outcome outcome = check_number(supplement->case_number);
    if (is_ok(outcome) && supplement->n_materials == 0)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "materials", "must be given");
    return is_ok(outcome) ? check_materials(supplement->materials, supplement->n_materials)
                          : outcome;
}

struct outcome intake_check_refuse(const void *message)
{
    const Onedoor__Intake__Refuse *refusal = message;
    bool elsewhere = refusal->ground == ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_THIS_AUTHORITY;
    struct outcome outcome = check_number(refusal->case_number);
    if (is_ok(outcome))
        outcome = check_numbers(&(struct number_bound){"ground", refusal->ground, 1, INT16_MAX}, 1);
    if (is_ok(outcome))
        outcome = check_reason(refusal->reason);
    if (!is_ok(outcome))
        return outcome;
    /* RULE L32.2: the right authority is named. */
    return check_texts(
        &(struct text_bound){"right_authority", refusal->right_authority, elsewhere ? 1 : 0, 120},
        1);
}

struct outcome intake_check_finish(const void *message)
{
    const Onedoor__Intake__Finish *finish = message;
    struct outcome outcome = check_number(finish->case_number);
    if (!is_ok(outcome))
        return outcome;
    if (!finish->granted)
        return check_reason(finish->reason);
    return check_texts(&(struct text_bound){"reason", finish->reason, 0, 500}, 1);
}

struct outcome intake_check_withdraw(const void *message)
{
    const Onedoor__Intake__Withdraw *withdraw = message;
    struct outcome outcome = check_number(withdraw->case_number);
    return is_ok(outcome) ? check_texts(&(struct text_bound){"reason", withdraw->reason, 0, 500}, 1)
                          : outcome;
}

struct outcome intake_check_terminate(const void *message)
{
    const Onedoor__Intake__Terminate *terminate = message;
    struct outcome outcome = check_number(terminate->case_number);
    return is_ok(outcome) ? check_reason(terminate->reason) : outcome;
}

struct outcome intake_check_deliver(const void *message)
{
    const Onedoor__Intake__Deliver *deliver = message;
    struct outcome outcome = check_number(deliver->case_number);
    if (is_ok(outcome))
        outcome = check_numbers(&(struct number_bound){"how", deliver->how, 1, INT16_MAX}, 1);
    return is_ok(outcome) ? check_texts(&(struct text_bound){"receipt", deliver->receipt, 0, 60}, 1)
                          : outcome;
}

struct outcome intake_check_view_applicant(const void *message)
{
    const Onedoor__Intake__ViewApplicant *view = message;
    struct outcome outcome = check_number(view->case_number);
    return is_ok(outcome) ? check_texts(&(struct text_bound){"purpose", view->purpose, 1, 200}, 1)
                          : outcome;
}

struct outcome intake_check_recall(const void *message)
{
    const Onedoor__Intake__RecallApplicant *recall = message;
    return check_texts(&(struct text_bound){"document", recall->document, 18, 18}, 1);
}

/* ---- PublishItem, SetWindow */

static struct outcome check_item_material(const Onedoor__Intake__ItemMaterial *material, size_t at)
{
    const struct text_bound texts[] = {
        {"materials.name_zh", material->name_zh, 1, 200},
        {"materials.name_en", material->name_en, 1, 200},
        {"materials.form", material->form, 1, 20},
    };
    const struct number_bound numbers[] = {
        {"materials.seq", material->seq, (int64_t)at + 1, (int64_t)at + 1},
        {"materials.copies", material->copies, 1, 99},
    };
    struct outcome outcome = check_texts(texts, COUNT(texts));
    return is_ok(outcome) ? check_numbers(numbers, COUNT(numbers)) : outcome;
}

struct outcome intake_check_publish_item(const void *message)
{
    const Onedoor__Intake__PublishItem *item = message;
    const struct text_bound texts[] = {
        {"item", item->item, 1, 24},
        {"name_zh", item->name_zh, 1, 200},
        {"name_en", item->name_en, 1, 200},
    };
    const struct number_bound numbers[] = {
        {"statutory_days", item->statutory_days, 1, 90},
        {"promised_days", item->promised_days, 0, item->statutory_days},
        {"materials", (int64_t)item->n_materials, 1, MATERIALS_MAX},
    };
    struct outcome outcome = check_texts(texts, COUNT(texts));
    if (is_ok(outcome))
        outcome = check_numbers(numbers, COUNT(numbers));
    for (size_t i = 0; is_ok(outcome) && i < item->n_materials; i++)
        outcome = check_item_material(item->materials[i], i);
    return outcome;
}

struct outcome intake_check_set_window(const void *message)
{
    const Onedoor__Intake__SetWindow *set = message;
    const struct text_bound texts[] = {
        {"name_zh", set->name_zh, 1, 120},
        {"name_en", set->name_en, 1, 120},
        {"department", set->department, 0, 8},
    };
    struct outcome outcome =
        check_numbers(&(struct number_bound){"window", set->window, 1, 9999}, 1);
    return is_ok(outcome) ? check_texts(texts, COUNT(texts)) : outcome;
}

struct outcome intake_check_list_items(const void *message)
{
    const Onedoor__Intake__ListItems *list = message;
    if (strlen(list->search) > 100)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "search", "is longer than 100 bytes");
    return OUTCOME_OK;
}

struct outcome intake_check_get_guide(const void *message)
{
    const Onedoor__Intake__GetGuide *get = message;
    if (get->item[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
    if (get->version < 0 || get->version > INT16_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "version", "versions are counted from 1");
    return OUTCOME_OK;
}

struct outcome intake_check_list_item_versions(const void *message)
{
    const Onedoor__Intake__ListItemVersions *list = message;
    if (list->item[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
    return OUTCOME_OK;
}

struct outcome intake_check_count_cases(const void *message)
{
    const Onedoor__Intake__CountCases *count = message;
    if (count->from_ms < 0 || count->from_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_ms", "is no instant of the calendar");
    if (count->to_ms < 0 || count->to_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_ms", "is no instant of the calendar");
    return OUTCOME_OK;
}

struct outcome intake_check_get_materials(const void *message)
{
    const Onedoor__Intake__GetMaterials *get = message;
    return check_number(get->case_number);
}

struct outcome intake_check_get_progress(const void *message)
{
    const Onedoor__Intake__GetProgress *get = message;
    return check_number(get->case_number);
}

struct outcome intake_check_ask_progress(const void *message)
{
    const Onedoor__Intake__AskProgress *ask = message;
    if (strlen(ask->last_four) != 4)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "last_four",
                       "the last four characters of the applicant's document");
    return check_number(ask->case_number);
}

struct outcome intake_check_publish_calendar(const void *message)
{
    const Onedoor__Intake__PublishCalendar *publish = message;
    const struct year_days list = {publish->year, publish->days, publish->n_days};
    return year_days_check(&list);
}

struct outcome intake_check_get_calendar(const void *message)
{
    int32_t year = ((const Onedoor__Intake__GetCalendar *)message)->year;
    return year >= CALENDAR_YEAR_MIN && year <= CALENDAR_YEAR_MAX
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, "year", "must be 2000 to 2999");
}
