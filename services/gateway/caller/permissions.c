/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/caller/permissions.h"

#include "common/wire/outcome.h"

#define ANYONE ROLE(ROLE_UNSPECIFIED)
#define DEPARTMENT_ROLE                                                                            \
    (ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CITY_DESK))
#define HALL_ROLE                                                                                  \
    (ROLE(CASHIER) | ROLE(SUPERVISOR) | ROLE(COMPLAINT_OFFICER) | ROLE(BUSINESS_MANAGER) |         \
     ROLE(REPORT_READER) | ROLE(GOVERNMENT_HEAD))
#define STAFF     (DEPARTMENT_ROLE | HALL_ROLE)
#define SIGNED_IN (STAFF | ROLE(PUBLIC) | ROLE(ADMINISTRATOR))

/* RULE H21: the administrator manages people, and therefore sees no case. */
static const struct {
    const char *name;
    unsigned roles;
} table[PERMISSIONS] = {
    [PERMISSION_SIGN_IN] = {"SIGN_IN", ANYONE | SIGNED_IN},
    [PERMISSION_OWN_ACCOUNT] = {"OWN_ACCOUNT", SIGNED_IN},
    [PERMISSION_SEE_PUBLISHED] = {"SEE_PUBLISHED", ANYONE | SIGNED_IN},
    [PERMISSION_SUBMIT] = {"SUBMIT", ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) |
                                         ROLE(PUBLIC)},
    [PERMISSION_WINDOW_WORK] = {"WINDOW_WORK", ROLE(WINDOW_CLERK)},
    [PERMISSION_TAKE_TICKET] = {"TAKE_TICKET",
                                ANYONE | ROLE(PUBLIC) | ROLE(WINDOW_CLERK) | ROLE(CASHIER)},
    [PERMISSION_ANSWER_QUESTIONS] = {"ANSWER_QUESTIONS",
                                     DEPARTMENT_ROLE | ROLE(CASHIER) | ROLE(SUPERVISOR) |
                                         ROLE(COMPLAINT_OFFICER) | ROLE(BUSINESS_MANAGER)},
    [PERMISSION_ADD_SCAN] = {"ADD_SCAN", ANYONE | ROLE(PUBLIC) | ROLE(WINDOW_CLERK)},
    [PERMISSION_SEE_SCAN] = {"SEE_SCAN",
                             ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD)},
    [PERMISSION_CALL_TICKETS] = {"CALL_TICKETS", ROLE(WINDOW_CLERK) | ROLE(CASHIER)},
    [PERMISSION_TERMINATE] = {"TERMINATE", ROLE(DEPARTMENT_LEAD) | ROLE(BUSINESS_MANAGER)},
    [PERMISSION_TAKE_BACK] = {"TAKE_BACK",
                              ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD)},
    [PERMISSION_SEE_APPLICANT] = {"SEE_APPLICANT", ROLE(WINDOW_CLERK) | ROLE(APPROVER) |
                                                       ROLE(DEPARTMENT_LEAD) | ROLE(CASHIER)},
    [PERMISSION_DECIDE] = {"DECIDE", ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) | ROLE(CITY_DESK)},
    [PERMISSION_LEAD] = {"LEAD", ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD)},
    [PERMISSION_SEE_CASES] = {"SEE_CASES", STAFF},
    [PERMISSION_SEE_BILL] = {"SEE_BILL", STAFF},
    [PERMISSION_TAKE_PAYMENT] = {"TAKE_PAYMENT", ROLE(CASHIER)},
    [PERMISSION_PRINT_SLIP] = {"PRINT_SLIP",
                               ROLE(WINDOW_CLERK) | ROLE(CASHIER) | ROLE(BUSINESS_MANAGER)},
    [PERMISSION_CORRECT_PAYMENT] = {"CORRECT_PAYMENT", ROLE(CASHIER) | ROLE(BUSINESS_MANAGER)},
    [PERMISSION_SEE_TAKINGS] = {"SEE_TAKINGS", ROLE(CASHIER) | ROLE(SUPERVISOR) |
                                                   ROLE(BUSINESS_MANAGER) | ROLE(REPORT_READER)},
    [PERMISSION_AGREE] = {"AGREE", ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD) |
                                       ROLE(CASHIER) | ROLE(BUSINESS_MANAGER) |
                                       ROLE(GOVERNMENT_HEAD)},
    [PERMISSION_PRESS] = {"PRESS", ROLE(SUPERVISOR) | ROLE(BUSINESS_MANAGER)},
    [PERMISSION_ANSWER_CARD] = {"ANSWER_CARD", DEPARTMENT_ROLE},
    [PERMISSION_SEE_FIGURES] = {"SEE_FIGURES", STAFF},
    [PERMISSION_PUBLISH] = {"PUBLISH", ROLE(BUSINESS_MANAGER)},
    [PERMISSION_FOLLOW] = {"FOLLOW", ANYONE | SIGNED_IN},
    [PERMISSION_MANAGE_PEOPLE] = {"MANAGE_PEOPLE", ROLE(ADMINISTRATOR)},
    [PERMISSION_SEE_RETENTION] = {"SEE_RETENTION", ROLE(BUSINESS_MANAGER) | ROLE(ADMINISTRATOR)},
};

bool permission_given(enum permission permission, Onedoor__Role role)
{
    if ((unsigned)permission >= PERMISSIONS || (unsigned)role >= ROLES)
        return false;
    return (table[permission].roles >> role & 1) != 0;
}

const char *permission_name(enum permission permission)
{
    return table[permission].name;
}

bool role_has_department(Onedoor__Role role)
{
    return (unsigned)role < ROLES && (DEPARTMENT_ROLE >> role & 1) != 0;
}
