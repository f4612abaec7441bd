/* SPDX-License-Identifier: Apache-2.0 */
/* letters.h: what kind of character each is, as tidy.h asks: the sets of web/src/tidy.ts. Pure. */
#ifndef COMMON_LETTERS_H
#define COMMON_LETTERS_H

#include <stdint.h>

enum letter_kind {
    LETTER_SPACE = 1,     /* white space, as JavaScript's \s */
    LETTER_SPACE_TOO = 2, /* white space that \s does not count */
    LETTER_INVISIBLE = 4, /* soft hyphen, joiners, fillers, zero-width characters */
    LETTER_DIRECTION = 8, /* marks and overrides of the writing direction */
    LETTER_DASH = 16,
    LETTER_QUOTE = 32,
    LETTER_CONTROL = 64,
    LETTER_LINE_END = 128,   /* ends a line, beside \r and \n */
    LETTER_MIDDLE_DOT = 256, /* between the parts of a name */
    LETTER_WIDE = 512,       /* the full-width form of an ASCII character */
    LETTER_WIDE_WORD = 1024, /* of a digit or a letter */
};

/* A set of enum letter_kind; 0 for most. */
unsigned letter_kinds(uint32_t);

#endif
