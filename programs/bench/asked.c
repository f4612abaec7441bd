/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/asked.h"

#include <stdbool.h>

#include "common/base/panic.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"

enum { PAGE = 50, DAY_MS = 86400000, BUSY_WINDOW = 10, IDLE_WINDOW = 1 };

/* Of the reference hall: many cases are of the first two, few of the item, none of the last. */
#define BUSY_DEPARTMENT "SAN"
#define BUSY_ITEM       "SAN-03"
#define RARE_ITEM       "CON-01"
#define IDLE_DEPARTMENT "EDU"
#define IDLE_ITEM       "EDU-01"

struct period {
    const char *name;
    int32_t from_day, to_day; /* 0: open */
};

enum { PERIODS = 5 };

struct making {
    struct asked_list *all;
    struct arena *arena;
    struct period periods[PERIODS];
};

static void add(struct making *making, const char *name, const ProtobufCMessage *message)
{
    must(making->all->n < ASKED_MAX);
    making->all->list[making->all->n++] = (struct asked){.name = name, .message = message};
}

/* Adds a message, of which the block sets the fields: it is `ask` there. */
#define ADD(making, name, type, prefix, block)                                                     \
    do {                                                                                           \
        type *ask = ARENA_NEW((making)->arena, type);                                              \
        prefix##__init(ask);                                                                       \
        block add(making, name, &ask->base);                                                       \
    } while (0)
#define SEARCH(making, name, block)                                                                \
    ADD(making, name, Onedoor__Reporting__Search, onedoor__reporting__search, {                    \
        ask->limit = PAGE;                                                                         \
        block                                                                                      \
    })

/* ---- reporting */

static void add_filters(struct making *making)
{
    static char *const texts[] = {BUSY_DEPARTMENT, IDLE_DEPARTMENT, BUSY_ITEM, RARE_ITEM,
                                  IDLE_ITEM};
    int64_t old_ms = (int64_t)making->periods[3].from_day * DAY_MS;

    SEARCH(making, "search", {});
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        SEARCH(making, arena_printf(making->arena, "search %s", texts[i]),
               *(i < 2 ? &ask->department : &ask->item) = texts[i];);
    SEARCH(making, "search window=10", ask->window = BUSY_WINDOW;);
    SEARCH(making, "search window=1", ask->window = IDLE_WINDOW;);
    SEARCH(making, "search no_window", ask->no_window = true;);
    SEARCH(making, "search overdue", ask->overdue = true;);
    SEARCH(making, "search overdue SAN", ask->overdue = true; ask->department = BUSY_DEPARTMENT;);
    SEARCH(making, "search overdue CON-01", ask->overdue = true; ask->item = RARE_ITEM;);
    SEARCH(making, "search overdue EDU", ask->overdue = true; ask->department = IDLE_DEPARTMENT;);
    SEARCH(making, "search received=day", ask->from_ms = old_ms; ask->to_ms = old_ms + DAY_MS;);
    SEARCH(making, "search received<day", ask->to_ms = old_ms;);
    SEARCH(making, "search received=day overdue", ask->overdue = true; ask->from_ms = old_ms;
           ask->to_ms = old_ms + DAY_MS;);
}

static void add_states(struct making *making)
{
    static char *const states[] = {"received",  "correction", "refused",     "accepted",
                                   "suspended", "granted",    "in approval", "denied",
                                   "closed",    "delivered",  "payment due", "withdrawn",
                                   "terminated"};

    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        SEARCH(making, arena_printf(making->arena, "search state=%s", states[i]),
               ask->state = states[i];);
        SEARCH(making, arena_printf(making->arena, "search state=%s CON-01", states[i]),
               ask->state = states[i];
               ask->item = RARE_ITEM;);
    }
}

/* A figure of a period: of the hall, a department, an item that few cases are of, a window. */
static void add_figure(struct making *making, const ProtobufCEnumValue *figure,
                       const struct period *period)
{
    static const char *const of[] = {"", " SAN", " EDU", " CON-01", " window=10"};

    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        SEARCH(
            making,
            arena_printf(making->arena, "search figure=%s %s%s", figure->name, period->name, of[i]),
            ask->figure = (Onedoor__Reporting__Figure)figure->value;
            ask->from_day = period->from_day; ask->to_day = period->to_day;
            ask->department = i == 1   ? BUSY_DEPARTMENT
                              : i == 2 ? IDLE_DEPARTMENT
                                       : ask->department;
            ask->item = i == 3 ? RARE_ITEM : ask->item; ask->window = i == 4 ? BUSY_WINDOW : 0;);
}

static void add_figures(struct making *making)
{
    const ProtobufCEnumDescriptor *figures = &onedoor__reporting__figure__descriptor;

    for (unsigned i = 0; i < figures->n_values; i++)
        for (int p = 0; p < PERIODS && figures->values[i].value != 0; p++)
            add_figure(making, &figures->values[i], &making->periods[p]);
}

static void add_rollup(struct making *making, const ProtobufCEnumValue *by,
                       const struct period *period, bool of_received)
{
    /* A line a day of many years is more than an answer holds: the pages ask by month. */
    if (by->value == ONEDOOR__REPORTING__BY__BY_DAY && period->from_day == 0)
        return;
    ADD(making,
        arena_printf(making->arena, "rollup %s %s%s", by->name, period->name,
                     of_received ? " of_received" : ""),
        Onedoor__Reporting__Rollup, onedoor__reporting__rollup,
        ask->by = (Onedoor__Reporting__By)by->value;
        ask->from_day = period->from_day; ask->to_day = period->to_day;
        ask->of_received = of_received;);
}

static void add_sums(struct making *making)
{
    const ProtobufCEnumDescriptor *by = &onedoor__reporting__by__descriptor;

    for (int p = 0; p < PERIODS; p++) {
        const struct period *period = &making->periods[p];
        ADD(making, arena_printf(making->arena, "overview %s", period->name),
            Onedoor__Reporting__Overview, onedoor__reporting__overview,
            ask->from_day = period->from_day;
            ask->to_day = period->to_day;);
        for (unsigned i = 0; i < by->n_values; i++)
            if (by->values[i].value != 0 && by->values[i].value <= ONEDOOR__REPORTING__BY__BY_MONTH)
                for (int received = 0; received < 2; received++)
                    add_rollup(making, &by->values[i], period, received == 1);
    }
}

static void add_displays(struct making *making)
{
    const struct period *year = &making->periods[2];

    ADD(making, "board", Onedoor__Reporting__Board, onedoor__reporting__board, {});
    ADD(making, "usual", Onedoor__Reporting__ListUsual, onedoor__reporting__list_usual, {});
    ADD(making, "visits year", Onedoor__Reporting__Visits, onedoor__reporting__visits,
        ask->by = ONEDOOR__REPORTING__BY__BY_HOUR;
        ask->from_day = year->from_day; ask->to_day = year->to_day;);
    ADD(making, "visits list", Onedoor__Reporting__ListVisits, onedoor__reporting__list_visits,
        ask->by = ONEDOOR__REPORTING__BY__BY_WINDOW;
        ask->from_day = year->from_day; ask->to_day = year->to_day; ask->key = "10";);
}

/* ---- the other services */

static void add_supervision(struct making *making)
{
    static char *const departments[] = {"", BUSY_DEPARTMENT, IDLE_DEPARTMENT};

    for (int i = 0; i < 3; i++) {
        ADD(making, arena_printf(making->arena, "supervision due %s", departments[i]),
            Onedoor__Supervision__ListDue, onedoor__supervision__list_due,
            ask->department = departments[i];);
        ADD(making, arena_printf(making->arena, "supervision cards %s", departments[i]),
            Onedoor__Supervision__ListCards, onedoor__supervision__list_cards,
            ask->department = departments[i];);
    }
    ADD(making, "supervision due red", Onedoor__Supervision__ListDue,
        onedoor__supervision__list_due, ask->at_least = ONEDOOR__SUPERVISION__LEVEL__RED;);
    ADD(making, "supervision cards red SAN", Onedoor__Supervision__ListCards,
        onedoor__supervision__list_cards, ask->level = ONEDOOR__SUPERVISION__LEVEL__RED;
        ask->department = BUSY_DEPARTMENT;);
    ADD(making, "supervision cards withdrawn", Onedoor__Supervision__ListCards,
        onedoor__supervision__list_cards, ask->withdrawn = true;);
}

#define TASKS(making, name, block)                                                                 \
    ADD(making, name, Onedoor__Routing__ListTasks, onedoor__routing__list_tasks, {                 \
        ask->department = BUSY_DEPARTMENT;                                                         \
        ask->limit = PAGE;                                                                         \
        block                                                                                      \
    })

/* The release is a command: somebody has left who had no task. */
static void add_routing(struct making *making)
{
    TASKS(making, "tasks", {});
    TASKS(making, "tasks SAN-03", ask->item = BUSY_ITEM;);
    TASKS(making, "tasks mine", ask->assignee = "approver-SAN";);
    TASKS(making, "tasks nobody's", ask->assignee = "nobody";);
    TASKS(making, "tasks left", ask->left = true;);
    ADD(making, "tasks release", Onedoor__Routing__ReleaseTasks, onedoor__routing__release_tasks,
        ask->assignee = "approver-EDU";);
    making->all->list[making->all->n - 1].command = true;
    ADD(making, "count flows", Onedoor__Routing__CountFlows, onedoor__routing__count_flows, {});
}

static void add_rest(struct making *making)
{
    const struct period *month = &making->periods[1];

    ADD(making, "window cases", Onedoor__Intake__ListWindowCases,
        onedoor__intake__list_window_cases, ask->window = BUSY_WINDOW;);
    ADD(making, "window cases none", Onedoor__Intake__ListWindowCases,
        onedoor__intake__list_window_cases, ask->window = IDLE_WINDOW;);
    ADD(making, "count cases month", Onedoor__Intake__CountCases, onedoor__intake__count_cases,
        ask->from_ms = (int64_t)month->from_day * DAY_MS;);
    ADD(making, "count cases", Onedoor__Intake__CountCases, onedoor__intake__count_cases, {});
    ADD(making, "orders due", Onedoor__Charging__ListDue, onedoor__charging__list_due,
        ask->limit = PAGE;);
}

void asked_all(struct asked_list *all, int32_t today, struct arena *arena)
{
    struct making making = {.all = all,
                            .arena = arena,
                            .periods = {{"day", today - 1, today - 1},
                                        {"month", today - 30, today},
                                        {"year", today - 364, today},
                                        {"past", today - 800, today - 770},
                                        {"all", 0, 0}}};

    *all = (struct asked_list){0};
    add_filters(&making);
    add_states(&making);
    add_figures(&making);
    add_sums(&making);
    add_displays(&making);
    add_supervision(&making);
    add_routing(&making);
    add_rest(&making);
}
