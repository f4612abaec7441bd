/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c: pressing, and the answer to a card (RULE H12). */
#include <string.h>

#include "onedoor/supervision.pb-c.h"
#include "services/supervision/moves.h"
#include "services/supervision/say.h"
#include "services/supervision/supervision.h"
#include "services/supervision/watch.h"

/* ---- Press: open work only, with or without a card */

static void need_press(struct turn *turn, const struct call *call)
{
    const Onedoor__Supervision__Press *press = call->message;

    supervision_want_watches(turn, press->case_number);
    supervision_want_cards(turn, press->case_number);
}

/* Unspecified is the promise of a case, and the step of a task. */
static struct watched watched_of(int64_t case_number, int32_t task, Onedoor__Term term)
{
    enum term own = task == 0 ? TERM_PROMISE : TERM_STEP;

    return (struct watched){case_number, (int16_t)task,
                            term == ONEDOOR__TERM__TERM_UNSPECIFIED ? own : (enum term)term};
}

static struct outcome press_card(struct turn *turn, struct card_row *card)
{
    const struct move *move = moves_find(&supervision_moves, card->state, CARD_PRESS,
                                         card->presses == INT16_MAX ? PRESSED_OUT : ALWAYS);
    struct outcome outcome = moves_outcome(move);

    if (!is_ok(outcome))
        return outcome;
    rows_touch(turn, &supervision_card_table, card);
    card->state = (int16_t)moves_to(move, card->state);
    card->presses++;
    return OUTCOME_OK;
}

static struct outcome handle_press(struct turn *turn, struct call *call)
{
    const Onedoor__Supervision__Press *press = call->message;
    const struct watched watched = watched_of(press->case_number, press->task, press->term);
    const struct watch_row *watch = supervision_watch_find(turn, &watched);
    struct card_row *card = supervision_card_highest(turn, &watched);
    Onedoor__Supervision__Pressed pressed = ONEDOOR__SUPERVISION__PRESSED__INIT;

    if (watch == NULL)
        return refuse(ONEDOOR__REASON__NOT_PRESSABLE, "this work is done, or was never begun");
    struct outcome outcome = card == NULL ? OUTCOME_OK : press_card(turn, card);
    if (!is_ok(outcome))
        return outcome;
    pressed.task = press->task;
    pressed.term = (Onedoor__Term)watched.term;
    pressed.department = (char *)watch->department;
    pressed.words = press->words;
    turn_say(turn, press->case_number, &pressed.base);
    return OUTCOME_OK;
}

/* ---- AnswerCard: by the department that has it */

static void need_answer(struct turn *turn, const struct call *call)
{
    const Onedoor__Supervision__AnswerCard *answer = call->message;

    supervision_want_cards(turn, answer->case_number);
}

static struct outcome handle_answer(struct turn *turn, struct call *call)
{
    const Onedoor__Supervision__AnswerCard *answer = call->message;
    const struct watched watched = watched_of(answer->case_number, answer->task, answer->term);
    struct card_row *card = rows_find(turn, &supervision_card_table,
                                      &(struct card_row){.centre = turn->centre,
                                                         .case_number = watched.case_number,
                                                         .task = watched.task,
                                                         .term = (int16_t)watched.term,
                                                         .level = (int16_t)answer->level});
    Onedoor__Supervision__CardAnswered answered = ONEDOOR__SUPERVISION__CARD_ANSWERED__INIT;

    if (card == NULL)
        return not_found(ONEDOOR__REASON__NO_CARD, "there is no such card");
    if (strcmp(card->department, call->actor->department) != 0)
        return deny(ONEDOOR__REASON__OTHER_DEPARTMENT, "the card is another department's");
    const struct move *move = moves_find(&supervision_moves, card->state, CARD_ANSWER, ALWAYS);
    struct outcome outcome = moves_outcome(move);
    if (!is_ok(outcome))
        return outcome;
    rows_touch(turn, &supervision_card_table, card);
    card->state = (int16_t)moves_to(move, card->state);
    card->answer = answer->answer;
    card->answered_by = call->actor->id;
    card->answered_ms = turn->now_ms;
    answered.card = supervision_card_message(card, turn->arena);
    turn_say(turn, card->case_number, &answered.base);
    return OUTCOME_OK;
}

const struct route supervision_routes[] = {
    {&onedoor__supervision__press__descriptor, ROLE(SUPERVISOR) | ROLE(BUSINESS_MANAGER),
     need_press, handle_press},
    {&onedoor__supervision__answer_card__descriptor,
     ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CITY_DESK), need_answer,
     handle_answer},
    {NULL, 0, NULL, NULL},
};
