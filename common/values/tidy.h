/* SPDX-License-Identifier: Apache-2.0 */
/* tidy.h: a text that was typed or pasted, tidied before it is judged or kept: the twin of
 * web/src/tidy.ts. tests/tidy/cases.tsv holds both to the same. Pure. */
#ifndef COMMON_TIDY_H
#define COMMON_TIDY_H

#include "common/base/arena.h"

#include <stdbool.h>

enum tidy {
    TIDY_NAME,     /* of a person or an organisation: one line, no quotes around it, one kind of
                      middle dot */
    TIDY_DOCUMENT, /* an applicant's number: capitals and digits; the label before it, white space,
                      dashes and quotes go */
    TIDY_PHONE,    /* digits, "+" at the beginning, "-" before an extension */
    TIDY_LINE,     /* any other text of one line */
    TIDY_TEXT,     /* several lines, each but the last ends in "\n" */
    TIDY_CASE,     /* a case number as digits; "" for any other text */
};

/* The text, which is UTF-8, tidied: itself, or a copy in the arena. */
const char *tidy(enum tidy, const char *text, struct arena *);

/* Has a tidied text no control or direction character left? */
bool tidy_is_clean(const char *text);

#endif
