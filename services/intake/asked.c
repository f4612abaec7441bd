/* SPDX-License-Identifier: Apache-2.0 */
/* asked.c: RULE H6: the questions that are open, and the answers given before. */
#include <string.h>

#include "common/rows/fill.h"
#include "common/service/reader.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/moves.h"
#include "services/intake/queries.h"
#include "services/intake/question_row.h"
#include "services/intake/say.h"

enum { QUESTIONS_USUAL = 50, ANSWERS_MOST = 20, WORDS_MOST = 4 };

/* Words are looked for in the latest questions only: older answers are out of date, and a search
 * stays as short as it is. */
#define AMONG_THE_LATEST                                                                           \
    "number > coalesce((select max(number) from question where centre = $1), 0) - 20000"

/* As many as a reply holds. */
static size_t add_questions(struct reader *reader, const struct question_row *rows, size_t n,
                            Onedoor__Intake__Question ***list)
{
    size_t bytes = 0, i;
    *list = ARENA_ARRAY(reader->arena, Onedoor__Intake__Question *, n + 1);
    for (i = 0; i < n; i++) {
        (*list)[i] = intake_question_message(&rows[i], reader->arena);
        bytes += onedoor__intake__question__get_packed_size((*list)[i]);
        if (bytes > MESSAGE_PAGE_BYTES)
            break;
    }
    return i;
}

/* ---- ListQuestions */

static const struct question_row *read_open(struct reader *reader, const struct call *call,
                                            int32_t limit, size_t *n)
{
    const Onedoor__Intake__ListQuestions *list = call->message;
    return reader_rows(reader, &intake_question_table,
                       "where centre = $1 and over_at is null and ($2 = '' or department = $2)"
                       " and (not $3 or asked_of = $4)"
                       " and ($5 = 0 or (due_at, number) > (select due_at, number from question"
                       " where centre = $1 and number = $5)) order by due_at, number limit $6",
                       PARAMS(P_I16(reader->centre), P_TEXT(list->department), P_BOOL(list->mine),
                              P_TEXT(call->actor->id), P_I32(list->after), P_I32(limit)),
                       n);
}

static const struct question_row *read_past(struct reader *reader, const struct call *call,
                                            int32_t limit, size_t *n)
{
    const Onedoor__Intake__ListQuestions *list = call->message;
    return reader_rows(reader, &intake_question_table,
                       "where centre = $1 and " AMONG_THE_LATEST
                       " and ($2 = '' or department = $2) and (not $3 or asked_of = $4)"
                       " and ($5 = 0 or number < $5) order by number desc limit $6",
                       PARAMS(P_I16(reader->centre), P_TEXT(list->department), P_BOOL(list->mine),
                              P_TEXT(call->actor->id), P_I32(list->after), P_I32(limit)),
                       n);
}

struct outcome intake_list_questions(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__ListQuestions *list = call->message;
    int32_t limit = list->limit == 0 ? QUESTIONS_USUAL : list->limit;
    Onedoor__Intake__ListQuestionsReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__ListQuestionsReply, onedoor__intake__list_questions_reply);
    size_t n;
    const struct question_row *rows =
        list->past ? read_past(reader, call, limit, &n) : read_open(reader, call, limit, &n);
    reply->n_questions = add_questions(reader, rows, n, &reply->questions);
    if (reply->n_questions > 0 && (reply->n_questions < n || n == (size_t)limit))
        reply->next = rows[reply->n_questions - 1].number;
    return OUTCOME_OK;
}

/* ---- FindAnswers */

/* The words, each of them; those that are not given are empty and occur everywhere. */
static void split(struct reader *reader, const char *text, const char *words[WORDS_MOST])
{
    char *rest = arena_strdup(reader->arena, text), *word;
    size_t n = 0;
    for (size_t i = 0; i < WORDS_MOST; i++)
        words[i] = "";
    while (n < WORDS_MOST && (word = strsep(&rest, " ")) != NULL)
        if (word[0] != '\0')
            words[n++] = word;
}

struct outcome intake_find_answers(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__FindAnswers *find = call->message;
    Onedoor__Intake__FindAnswersReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__FindAnswersReply, onedoor__intake__find_answers_reply);
    const char *words[WORDS_MOST];
    size_t n;
    split(reader, find->words, words);
    const struct question_row *rows = reader_rows(
        reader, &intake_question_table,
        "where centre = $1 and " AMONG_THE_LATEST " and state = $2 and ($3 = '' or item = $3)"
        " and position(lower($4) in lower(question || ' ' || answer)) > 0"
        " and position(lower($5) in lower(question || ' ' || answer)) > 0"
        " and position(lower($6) in lower(question || ' ' || answer)) > 0"
        " and position(lower($7) in lower(question || ' ' || answer)) > 0"
        " order by number desc limit $8",
        PARAMS(P_I16(reader->centre), P_I16(QUESTION_ANSWERED), P_TEXT(find->item),
               P_TEXT(words[0]), P_TEXT(words[1]), P_TEXT(words[2]), P_TEXT(words[3]),
               P_I32(ANSWERS_MOST)),
        &n);
    reply->n_questions = add_questions(reader, rows, n, &reply->questions);
    return OUTCOME_OK;
}

/* ---- GetQuestion */

struct outcome intake_get_question(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetQuestion *get = call->message;
    const struct question_row *row =
        reader_row(reader, &intake_question_table, "where centre = $1 and number = $2",
                   PARAMS(P_I16(reader->centre), P_I32(get->number)));
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_QUESTION, "there is no question of this number");
    Onedoor__Intake__GetQuestionReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetQuestionReply, onedoor__intake__get_question_reply);
    reply->question = intake_question_message(row, reader->arena);
    return OUTCOME_OK;
}
