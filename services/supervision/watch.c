/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/watch.h"

#include "common/rows/clock_message.h"
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/moves.h"
#include "services/supervision/say.h"
#include "services/supervision/supervision.h"

void supervision_want_watches(struct turn *turn, int64_t case_number)
{
    rows_want(turn, &supervision_watch_table,
              &(struct watch_row){.centre = turn->centre, .case_number = case_number});
}

void supervision_want_cards(struct turn *turn, int64_t case_number)
{
    rows_want(turn, &supervision_card_table,
              &(struct card_row){.centre = turn->centre, .case_number = case_number});
}

struct watch_row *supervision_watch_find(struct turn *turn, const struct watched *watched)
{
    return rows_find(turn, &supervision_watch_table,
                     &(struct watch_row){.centre = turn->centre,
                                         .case_number = watched->case_number,
                                         .task = watched->task,
                                         .term = (int16_t)watched->term});
}

struct card_row *supervision_card_highest(struct turn *turn, const struct watched *watched)
{
    static const enum lamp levels[] = {LAMP_RED, LAMP_YELLOW};

    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        struct card_row *card = rows_find(turn, &supervision_card_table,
                                          &(struct card_row){.centre = turn->centre,
                                                             .case_number = watched->case_number,
                                                             .task = watched->task,
                                                             .term = (int16_t)watched->term,
                                                             .level = (int16_t)levels[i]});
        if (card != NULL)
            return card;
    }
    return NULL;
}

void supervision_watch_start(const struct turn *turn, struct watch_row *watch, int64_t began_ms,
                             int16_t days)
{
    const struct calendar *calendar = &((const struct supervision *)turn->memory)->calendar;

    watch->began_ms = began_ms;
    watch->days = days;
    watch->clock = (struct clock){0};
    clock_start(&watch->clock, calendar, began_ms, days);
    watch->due_ms = clock_due(&watch->clock, calendar);
}

void supervision_watch_open(struct turn *turn, const struct watch_row *row)
{
    const struct watched watched = {row->case_number, row->task, (enum term)row->term};
    const struct card_row *card = supervision_card_highest(turn, &watched);
    struct watch_row *watch = rows_add(turn, &supervision_watch_table, row);

    watch->level = card == NULL ? LAMP_GREEN : card->level;
    watch->level_ms = card == NULL ? 0 : card->issued_ms;
    supervision_watch_schedule(turn, watch);
}

/* The clause a card stands on: a step over its time is pressed even if the whole is in time. */
static const char *card_rule(const struct watch_row *watch)
{
    static const char *const rules[TERMS] = {
        [TERM_PROMISE] = "H12",  [TERM_STATUTORY] = "L42.1", [TERM_PARALLEL] = "L42.2",
        [TERM_DELIVERY] = "L44", [TERM_PROCEDURE] = "L45",   [TERM_STEP] = "H12",
    };

    return watch->immediate ? "H4" : rules[watch->term];
}

static void issue_card(struct turn *turn, const struct watch_row *watch, struct lamp_change reached)
{
    const struct calendar *calendar = &((const struct supervision *)turn->memory)->calendar;
    const struct card_row card = {
        .centre = watch->centre,
        .case_number = watch->case_number,
        .task = watch->task,
        .term = watch->term,
        .level = (int16_t)reached.lamp,
        .department = watch->department,
        .item = watch->item,
        .rule = card_rule(watch),
        .state = (int16_t)moves_find(&supervision_moves, CARD_NONE, CARD_ISSUE, ALWAYS)->to,
        .issued_ms = reached.at_ms,
        .due_ms = watch->due_ms,
        .budget_min = watch->clock.budget_min,
        .used_min = clock_used(&watch->clock, calendar, reached.at_ms),
        .paused_min = clock_paused(&watch->clock, calendar, reached.at_ms),
    };
    Onedoor__Supervision__CardIssued issued = ONEDOOR__SUPERVISION__CARD_ISSUED__INIT;

    rows_add(turn, &supervision_card_table, &card);
    issued.card = supervision_card_message(&card, turn->arena);
    turn_say(turn, card.case_number, &issued.base);
}

void supervision_watch_derive_due(struct turn *turn, struct watch_row *watch)
{
    const struct calendar *calendar = &((const struct supervision *)turn->memory)->calendar;
    int64_t due_ms = clock_due(&watch->clock, calendar);

    if ((watch->term != TERM_DELIVERY && watch->term != TERM_PROCEDURE) || due_ms == watch->due_ms)
        return;
    rows_touch(turn, &supervision_watch_table, watch);
    watch->due_ms = due_ms;
}

void supervision_watch_settle(struct turn *turn, struct watch_row *watch, int64_t at_ms)
{
    const struct supervision *supervision = turn->memory;
    struct lamp_change next =
        supervision_lamp_next(&supervision->scale, &watch->clock, (enum lamp)watch->level);

    while (next.at_ms != 0 && next.at_ms < at_ms) {
        supervision_watch_derive_due(turn, watch);
        rows_touch(turn, &supervision_watch_table, watch);
        issue_card(turn, watch, next);
        watch->level = (int16_t)next.lamp;
        watch->level_ms = next.at_ms;
        next = supervision_lamp_next(&supervision->scale, &watch->clock, next.lamp);
    }
}

static bool is_same(const struct clock *a, const struct clock *b)
{
    return a->budget_min == b->budget_min && a->used_min == b->used_min &&
           a->paused_min == b->paused_min && a->open_pauses == b->open_pauses &&
           a->started_ms == b->started_ms && a->running_since_ms == b->running_since_ms &&
           a->paused_since_ms == b->paused_since_ms && a->over_ms == b->over_ms;
}

void supervision_watch_set(struct turn *turn, struct watch_row *watch, const Onedoor__Clock *said)
{
    int64_t due_ms = said == NULL ? 0 : said->due_ms;
    struct clock clock;

    clock_message_read(said, &clock);
    if (!is_same(&watch->clock, &clock) || watch->due_ms != due_ms) {
        rows_touch(turn, &supervision_watch_table, watch);
        watch->clock = clock;
        watch->due_ms = due_ms;
    }
    supervision_watch_schedule(turn, watch);
}

void supervision_watch_schedule(struct turn *turn, struct watch_row *watch)
{
    const struct supervision *supervision = turn->memory;
    struct lamp_change next =
        supervision_lamp_next(&supervision->scale, &watch->clock, (enum lamp)watch->level);
    /* A level is shown from just after its instant. */
    int64_t look_ms = next.at_ms == 0 ? 0 : next.at_ms + 1 + supervision->grace_ms;

    if (look_ms != watch->next_ms) {
        rows_touch(turn, &supervision_watch_table, watch);
        watch->next_ms = look_ms;
    }
    turn_wake(turn, look_ms);
}
