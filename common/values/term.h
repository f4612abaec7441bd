/* SPDX-License-Identifier: Apache-2.0 */
/* term.h: the time limits that a case runs under. The numbers are those of the wire (Term) and of
 * the database. */
#ifndef COMMON_TERM_H
#define COMMON_TERM_H

enum term {
    TERM_NONE,
    TERM_PROMISE,   /* what the hall promised for the case */
    TERM_STATUTORY, /* RULE L42.1: what the law allows for the item */
    TERM_PARALLEL,  /* RULE L42.2: what it allows where several departments act */
    TERM_DELIVERY,  /* RULE L44: from the grant to its delivery */
    TERM_PROCEDURE, /* RULE L45: what the applicant was told a special procedure would take */
    TERM_STEP,      /* what is planned for one branch */
    TERMS
};

#endif
