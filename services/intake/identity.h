/* SPDX-License-Identifier: Apache-2.0 */
/* identity.h: whether what an applicant calls his number can be one, by the kind of his document.
 *
 * A wrong character or two swapped ones are found at the window (RULE L32.3: put right on the
 * spot), before they are written on a certificate. The check says that a number is well formed, not
 * that it was ever issued. tests/identity/cases.tsv has examples of every kind; the pages' twin
 * (web/src/identity.ts) is held to them too. Pure. */
#ifndef INTAKE_IDENTITY_H
#define INTAKE_IDENTITY_H

#include <stdbool.h>

#include "common/values/day.h"

/* The numbers are those of the wire (DocumentKind) and of the database. */
enum document_kind {
    DOCUMENT_USUAL, /* in a request: the one that identity_usual says */
    DOCUMENT_IDENTITY_CARD,
    DOCUMENT_CREDIT_CODE,
    DOCUMENT_RESIDENCE_PERMIT,
    DOCUMENT_PERMANENT_RESIDENCE_CARD,
    DOCUMENT_PASSPORT,
    DOCUMENT_HOME_RETURN_PERMIT,
    DOCUMENT_TAIWAN_PERMIT,
    DOCUMENT_OTHER,
    DOCUMENT_KINDS,
};

enum identity_fault {
    IDENTITY_OK,
    IDENTITY_LENGTH,    /* too short or too long for its kind */
    IDENTITY_CHARACTER, /* one that may not stand where it stands */
    IDENTITY_REGION,    /* no place has this beginning */
    IDENTITY_DATE,      /* born on no date, or after the day given */
    IDENTITY_CHECK,     /* the last character does not follow from the others */
};

/* Longest number of any kind, and room for it. */
enum { IDENTITY_MIN_CHARS = 4, IDENTITY_MAX_CHARS = 30, IDENTITY_SIZE = IDENTITY_MAX_CHARS + 1 };

/* Check a number and write it as it is kept (letters in capitals) into `kept`, which is "" unless
 * the answer is IDENTITY_OK or IDENTITY_CHECK. The first fault found is the answer, in the order of
 * the enum. */
enum identity_fault identity_check(enum document_kind, const char *text, struct day today,
                                   char kept[IDENTITY_SIZE]);

/* The kind of document that a person (or an organisation) with such a number usually shows. */
enum document_kind identity_usual(bool organisation, const char *text);

/* Whether a person (or an organisation) can show such a document. */
bool identity_suits(enum document_kind, bool organisation);

#endif
