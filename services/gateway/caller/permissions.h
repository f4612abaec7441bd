/* SPDX-License-Identifier: Apache-2.0 */
/* permissions.h: who may do what at the gateway: one table of permissions by role. What no row
 * allows is denied (RULE H21).
 *
 * The services check again by their own tables; a test shows that the gateway allows nothing that
 * they would refuse. */
#ifndef GATEWAY_PERMISSIONS_H
#define GATEWAY_PERMISSIONS_H

#include <stdbool.h>

#include "onedoor/envelope.pb-c.h"

enum permission {
    PERMISSION_SIGN_IN,       /* sign in */
    PERMISSION_OWN_ACCOUNT,   /* one's session and password */
    PERMISSION_SEE_PUBLISHED, /* items, guides, flows, fees, progress, deadlines: RULE L30, H17 */
    PERMISSION_SUBMIT,        /* hand in an application: RULE L29 */
    PERMISSION_WINDOW_WORK,   /* check, supplement, refuse, finish, withdraw, deliver */
    PERMISSION_TAKE_TICKET,
    PERMISSION_ADD_SCAN,         /* to a case at one's window, or by the code of a slip */
    PERMISSION_SEE_SCAN,         /* each view recorded: RULE H21 */
    PERMISSION_ANSWER_QUESTIONS, /* RULE H6: whoever may be asked */
    PERMISSION_CALL_TICKETS,     /* of the queue of one's window */
    PERMISSION_TERMINATE,
    PERMISSION_TAKE_BACK,     /* ask that a decision or delivery be taken back: RULE H22 */
    PERMISSION_SEE_APPLICANT, /* personal data, each view recorded: RULE H21 */
    PERMISSION_DECIDE,
    PERMISSION_LEAD,      /* return a branch, pause, resume, extend */
    PERMISSION_SEE_CASES, /* dossiers, flows, work lists, cards: a department's own */
    PERMISSION_SEE_BILL,
    PERMISSION_TAKE_PAYMENT,
    PERMISSION_PRINT_SLIP,      /* a window's slips, the counter's receipts */
    PERMISSION_CORRECT_PAYMENT, /* waive, refund */
    PERMISSION_SEE_TAKINGS,
    PERMISSION_AGREE, /* see what a second person must agree to, and answer it: RULE H22 */
    PERMISSION_PRESS,
    PERMISSION_ANSWER_CARD,
    PERMISSION_SEE_FIGURES,   /* overview, rollups, counts */
    PERMISSION_PUBLISH,       /* items: RULE H11 */
    PERMISSION_FOLLOW,        /* live events */
    PERMISSION_MANAGE_PEOPLE, /* people, tokens, sign-in history */
    PERMISSION_SEE_RETENTION,
    PERMISSIONS
};

enum { ROLES = ONEDOOR__ROLE__GOVERNMENT_HEAD + 1 };

/* May this role? ROLE_UNSPECIFIED: not signed in. */
bool permission_given(enum permission, Onedoor__Role);

/* "WINDOW_WORK". */
const char *permission_name(enum permission);

/* Does the role belong to a department, and so see only that one? The others are the hall's. */
bool role_has_department(Onedoor__Role);

#endif
