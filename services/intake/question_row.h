/* SPDX-License-Identifier: Apache-2.0 */
/* question_row.h: RULE H6: a question, who was asked it first, and what came of it
 * (db/deploy/intake/schema.sql has the same, in SQL). Its texts name no person. */
#ifndef INTAKE_QUESTION_ROW_H
#define INTAKE_QUESTION_ROW_H

#include "common/rows/table.h"

struct question_row {
    int16_t centre;
    int32_t number; /* from 1, without gaps */
    int64_t asked_ms;
    const char *asked_of; /* staff number of who was asked first */
    const char *item;     /* null = about none */
    int32_t ticket;       /* of the asker on that day; 0 = he had none */
    bool by_telephone;
    const char *question;
    /* the rest changes until it is over */
    int16_t state;          /* enum question_state */
    const char *department; /* to which it was sent on; null = to none */
    int64_t due_ms;         /* until when it is to answer; 0 = to none */
    int16_t window;         /* to which the asker was led; 0 = to none */
    const char *answer;     /* null until answered */
    const char *answered_by;
    const char *reason; /* why it was given up; null = it was not */
    int64_t over_ms;    /* 0 = open */
};
static const struct column question_columns[] = {
    COLUMN(question_row, centre, I16, COLUMN_KEY),
    COLUMN(question_row, number, I32, COLUMN_KEY),
    COLUMN_AS(question_row, asked_ms, "asked_at", TIME, COLUMN_FIXED),
    COLUMN(question_row, asked_of, TEXT, COLUMN_FIXED),
    COLUMN(question_row, item, TEXT, COLUMN_FIXED),
    COLUMN(question_row, ticket, I32, COLUMN_FIXED),
    COLUMN(question_row, by_telephone, BOOL, COLUMN_FIXED),
    COLUMN(question_row, question, TEXT, COLUMN_FIXED),
    COLUMN(question_row, state, I16, 0),
    COLUMN(question_row, department, TEXT, 0),
    COLUMN_AS(question_row, due_ms, "due_at", TIME, 0),
    COLUMN_AS(question_row, window, "window_no", I16, 0),
    COLUMN(question_row, answer, TEXT, 0),
    COLUMN(question_row, answered_by, TEXT, 0),
    COLUMN(question_row, reason, TEXT, 0),
    COLUMN_AS(question_row, over_ms, "over_at", TIME, 0),
};

extern const struct table intake_question_table;

#endif
