/* SPDX-License-Identifier: Apache-2.0 */
/* words.h: what the telephone's pages say, in Chinese and English. */
#ifndef GATEWAY_WORDS_H
#define GATEWAY_WORDS_H

#include "onedoor/intake.pb-c.h"
#include "services/gateway/http/language.h"

enum word {
    WORD_TITLE,
    WORD_DESCRIPTION,
    WORD_OTHER_LANGUAGE,
    WORD_DEMONSTRATION,
    WORD_NUMBER,
    WORD_NUMBER_HINT,
    WORD_FOUR,
    WORD_FOUR_HINT,
    WORD_ASK,
    WORD_ASK_ANOTHER,
    WORD_NOT_FOUND,
    WORD_NO_SUCH_CODE,
    WORD_NUMBER_WRONG,
    WORD_FOUR_WRONG,
    WORD_TOO_OFTEN,
    WORD_SECONDS,
    WORD_UNAVAILABLE,
    WORD_NOW,
    WORD_UNTIL_CORRECTION,
    WORD_UNTIL_DECISION,
    WORD_DAY_INCLUDED,
    WORD_PROVISIONAL,
    WORD_AMOUNT,
    WORD_AMOUNT_UNKNOWN,
    WORD_BRING,
    WORD_COPIES_BEFORE,
    WORD_COPIES_AFTER,
    WORD_FAULT_NOTE,
    WORD_BRING_TO_PAY,
    WORD_BRING_TO_COLLECT,
    WORD_WHERE,
    WORD_ASK_WHERE,
    WORD_WINDOW_BEFORE,
    WORD_WINDOW_AFTER,
    WORD_FLOOR_BEFORE,
    WORD_FLOOR_AFTER,
    WORD_ANY_WINDOW,
    WORD_HOURS,
    WORD_WORKING_DAYS,
    WORD_TELEPHONE,
    WORD_REASON,
    WORD_RIGHT_AUTHORITY,
    WORD_STEPS,
    WORD_RECEIVED,
    WORD_ACCEPTED,
    WORD_DECIDED,
    WORD_CLOSED,
    WORD_DELIVERED,
    WORD_AS_OF,
    WORD_PRIVATE,
    WORDS
};

const char *word(enum word, enum language);

/* How a state looks and what it means for the applicant. */
struct state_words {
    const char *tone;             /* of style.c: going, act, good, bad, over */
    const char *name[2], *now[2]; /* by enum language */
};
/* What was wrong with a paper; "" of none. */
const char *fault_word(Onedoor__Intake__PaperFault, enum language);

/* Null for a state that a case cannot be in. */
const struct state_words *state_words(Onedoor__Intake__CaseState);

#endif
