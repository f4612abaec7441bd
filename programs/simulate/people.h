/* SPDX-License-Identifier: Apache-2.0 */
/* people.h: invented applicants: names, telephones, and documents with valid check characters
 * (GB 11643, GB 32100). Pure. */
#ifndef SIMULATE_PEOPLE_H
#define SIMULATE_PEOPLE_H

#include <stdbool.h>

#include "programs/simulate/dice.h"

enum { DOCUMENT_SIZE = 19 };

struct applicant {
    bool organisation;
    char name[64];
    char legal_representative[64]; /* "": of a person */
    char document[DOCUMENT_SIZE];
    char phone[16];
    char address[96];
    char agent_name[64]; /* "": no agent */
    char agent_document[DOCUMENT_SIZE];
    char agent_phone[16];
};

void people_applicant(struct applicant *, bool organisation, struct dice *);

#endif
