/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/checks.h"

#include <stdint.h>
#include <string.h>

#include "onedoor/routing.pb-c.h"
#include "services/routing/place.h"
#include "services/routing/work.h"

enum {
    TEXT_MAX = 500,
    NOTICE_MAX = 60,
    ID_MAX = 40,
    DEPARTMENT_MAX = 8,
    STAFF_MAX = 8,
    PAUSE_DAYS_MAX = 365,
    EXTENSION_MAX = 15,
    PAGE_MAX = 500,
    FILTER_MAX = 40,
};

static struct outcome check_case(int64_t case_number)
{
    return case_number > 0
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "say which case");
}

static struct outcome check_text(const char *text, size_t most, const char *field)
{
    if (text[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, field, "must not be empty");
    return strlen(text) <= most ? OUTCOME_OK
                                : invalid(ONEDOOR__REASON__FIELD_INVALID, field, "is too long");
}

static struct outcome check_days(int32_t days, int32_t most, const char *field)
{
    return days >= 1 && days <= most
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, field, "is out of bounds");
}

static struct outcome check_kind(Onedoor__Routing__PauseKind kind)
{
    return (int)kind > PAUSE_NONE && (int)kind < PAUSE_KINDS
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_MISSING, "kind", "say which procedure");
}

/* The first that is not OK. */
static struct outcome all_of(const struct outcome *outcomes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_ok(outcomes[i]))
            return outcomes[i];
    return OUTCOME_OK;
}

#define ALL_OF(...)                                                                                \
    all_of((const struct outcome[]){__VA_ARGS__},                                                  \
           sizeof((const struct outcome[]){__VA_ARGS__}) / sizeof(struct outcome))

struct outcome routing_check_decide(const void *message)
{
    const Onedoor__Routing__Decide *decide = message;
    struct outcome outcome = check_case(decide->case_number);
    if (is_ok(outcome) && (decide->stage < 0 || decide->stage > INT16_MAX))
        outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, "stage", "is out of bounds");
    if (is_ok(outcome) && decide->opinion[0] != '\0')
        outcome = check_text(decide->opinion, TEXT_MAX, "opinion");
    if (is_ok(outcome) && decide->n_staff > STAFF_MAX)
        outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, "staff", "are too many");
    for (size_t i = 0; is_ok(outcome) && i < decide->n_staff; i++)
        outcome = check_text(decide->staff[i], ID_MAX, "staff");
    return outcome;
}

struct outcome routing_check_take_task(const void *message)
{
    return check_case(((const Onedoor__Routing__TakeTask *)message)->case_number);
}

struct outcome routing_check_return_branch(const void *message)
{
    const Onedoor__Routing__ReturnBranch *ask = message;
    return ALL_OF(check_case(ask->case_number),
                  check_text(ask->department, DEPARTMENT_MAX, "department"),
                  check_text(ask->reason, TEXT_MAX, "reason"));
}

struct outcome routing_check_pause(const void *message)
{
    const Onedoor__Routing__Pause *ask = message;
    return ALL_OF(check_case(ask->case_number), check_kind(ask->kind),
                  check_text(ask->notice, NOTICE_MAX, "notice"),
                  check_days(ask->planned_days, PAUSE_DAYS_MAX, "planned_days"));
}

struct outcome routing_check_resume(const void *message)
{
    const Onedoor__Routing__Resume *ask = message;
    return ALL_OF(check_case(ask->case_number), check_kind(ask->kind));
}

struct outcome routing_check_extend(const void *message)
{
    const Onedoor__Routing__Extend *ask = message;
    return ALL_OF(check_case(ask->case_number), check_days(ask->days, EXTENSION_MAX, "days"),
                  check_text(ask->approved_by, ID_MAX, "approved_by"),
                  check_text(ask->reason, TEXT_MAX, "reason"));
}

struct outcome routing_check_list_tasks(const void *message)
{
    const Onedoor__Routing__ListTasks *list = message;
    struct place place;
    if (list->department[0] == '\0' || strlen(list->department) > DEPARTMENT_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "department", "must be 1 to 8 capitals");
    if (list->limit < 1 || list->limit > PAGE_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "limit", "must be 1 to 500");
    if (strlen(list->item) > FILTER_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "item", "is too long");
    if (strlen(list->assignee) > FILTER_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "assignee", "is too long");
    if (!routing_place_read(list->after, &place))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "is not the end of a page");
    return OUTCOME_OK;
}

struct outcome routing_check_get_flow(const void *message)
{
    return check_case(((const Onedoor__Routing__GetFlow *)message)->case_number);
}

struct outcome routing_check_get_item_flow(const void *message)
{
    const Onedoor__Routing__GetItemFlow *ask = message;
    return ask->item[0] != '\0' ? OUTCOME_OK
                                : invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
}

struct outcome routing_check_explain_deadline(const void *message)
{
    return check_case(((const Onedoor__Routing__ExplainDeadline *)message)->case_number);
}
