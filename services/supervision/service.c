/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/supervision.h"

#include "common/rows/calendar_table.h"
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/calendar.h"
#include "services/supervision/rows.h"
#include "services/supervision/watch.h"

enum { CARDS_A_TURN = 256 };

static const struct setting supervision_settings[] = {
    {"yellow_percent", SETTING_NUMBER, "80", 1, 99,
     "Share of the working time allowed, in percent, at which a yellow card comes."},
    {"card_grace_ms", SETTING_NUMBER, "2000", 0, 3600000,
     "How long a card is held back after its instant for news of work done before it, in ms. The "
     "card bears the instant all the same."},
    {"gather_events_ms", SETTING_NUMBER, "100", 0, 5000,
     "While busy, take up what other services have said no sooner than this after the last time, "
     "in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

enum status supervision_open(struct store *store, const struct config *config, struct arena *arena,
                             void **memory)
{
    struct supervision *supervision = ARENA_NEW(arena, struct supervision);

    supervision->scale = (struct lamp_scale){&supervision->calendar,
                                             (int32_t)config_number(config, "yellow_percent")};
    supervision->grace_ms = config_number(config, "card_grace_ms");
    *memory = supervision;
    return calendar_table_open(store, config, arena, &supervision->calendar);
}

/* What the due index shows beyond this many is taken in the next turn. */
static void supervision_tick_need(struct turn *turn)
{
    rows_want_due(turn, &supervision_watch_table, CARDS_A_TURN);
}

/* RULE H12: once for each level; a watch that has shown red is looked at no more. Under a changed
 * calendar an instant may have moved on: then the watch is only put down for later. */
static void supervision_tick(struct turn *turn)
{
    const struct supervision *supervision = turn->memory;
    struct watch_row *watch;

    for (size_t place = 0; (watch = rows_each(turn, &supervision_watch_table, &place)) != NULL;) {
        if (watch->next_ms == 0 || watch->next_ms > turn->now_ms)
            continue;
        supervision_watch_settle(turn, watch, turn->now_ms - supervision->grace_ms);
        supervision_watch_schedule(turn, watch);
    }
}

static const ProtobufCMessageDescriptor *const heavy[] = {
    &onedoor__supervision__list_cards__descriptor, NULL};

const struct service supervision_service = {
    .name = "supervision",
    .settings = supervision_settings,
    .tables = supervision_tables,
    .routes = supervision_routes,
    .checks = supervision_checks,
    .queries = supervision_queries,
    .heavy = heavy,
    .follows = supervision_follows,
    .open = supervision_open,
    .tick_need = supervision_tick_need,
    .tick = supervision_tick,
    .walks = supervision_walks,
};
