/* SPDX-License-Identifier: Apache-2.0 */
#include "services/supervision/checks.h"

#include <stdint.h>
#include <string.h>

#include "onedoor/supervision.pb-c.h"

enum { WORDS_MAX = 300, ANSWER_MAX = 500, LINES_MAX = 500 };

static struct outcome check_work(int64_t case_number, int32_t task)
{
    if (case_number <= 0)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "which case?");
    if (task < 0 || task > INT16_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "task",
                       "a task's number, or 0 for the case");
    return OUTCOME_OK;
}

static struct outcome check_text(const char *text, size_t most, const char *field)
{
    if (text[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, field, "say it in words");
    if (strlen(text) > most)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, field, "too long");
    return OUTCOME_OK;
}

struct outcome supervision_check_press(const void *message)
{
    const Onedoor__Supervision__Press *press = message;
    struct outcome outcome = check_work(press->case_number, press->task);

    return is_ok(outcome) ? check_text(press->words, WORDS_MAX, "words") : outcome;
}

struct outcome supervision_check_answer_card(const void *message)
{
    const Onedoor__Supervision__AnswerCard *answer = message;
    struct outcome outcome = check_work(answer->case_number, answer->task);

    if (!is_ok(outcome))
        return outcome;
    if (answer->level != ONEDOOR__SUPERVISION__LEVEL__YELLOW &&
        answer->level != ONEDOOR__SUPERVISION__LEVEL__RED)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "level", "cards are yellow or red");
    return check_text(answer->answer, ANSWER_MAX, "answer");
}

static struct outcome check_limit(int32_t limit)
{
    if (limit < 0 || limit > LINES_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "limit", "from 1 to 500, or 0 for 100");
    return OUTCOME_OK;
}

struct outcome supervision_check_list_due(const void *message)
{
    return check_limit(((const Onedoor__Supervision__ListDue *)message)->limit);
}

struct outcome supervision_check_list_cards(const void *message)
{
    return check_limit(((const Onedoor__Supervision__ListCards *)message)->limit);
}
