/* SPDX-License-Identifier: Apache-2.0 */
/* identity.h: whether what an applicant calls his number can be one.
 *
 * A citizen has an identity number of 18 characters (GB 11643): region, date of birth, sequence,
 * check character. An organisation has a unified social credit code of 18 (GB 32100): registrar and
 * kind, region, organisation, check character. A wrong character or two swapped ones are found at
 * the window (RULE L32.3: put right on the spot), before they are written on a certificate.
 *
 * The check says that a number is well formed, not that it was ever issued. Pure. */
#ifndef INTAKE_IDENTITY_H
#define INTAKE_IDENTITY_H

#include "common/values/day.h"

enum identity_fault {
    IDENTITY_OK,
    IDENTITY_LENGTH,    /* not 18 characters */
    IDENTITY_CHARACTER, /* one that may not stand where it stands */
    IDENTITY_REGION,    /* no province has this beginning */
    IDENTITY_DATE,      /* born on no date, or after the day given */
    IDENTITY_CHECK,     /* the last character does not follow from the others */
};

enum { IDENTITY_LENGTH_CHARS = 18, IDENTITY_SIZE = IDENTITY_LENGTH_CHARS + 1 };

/* Check a number and write it as it is kept (letters in capitals) into `kept`, which is "" unless
 * the answer is IDENTITY_OK. The first fault found is the answer, in the order of the enum. */
enum identity_fault identity_citizen(const char *text, struct day today, char kept[IDENTITY_SIZE]);
enum identity_fault identity_organisation(const char *text, char kept[IDENTITY_SIZE]);

#endif
