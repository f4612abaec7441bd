/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/denying.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "common/base/cut.h"
#include "common/values/case_number.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/held.h"

#define DENIAL(name) ONEDOOR__GATEWAY__DENIAL_KIND__##name

/* RULE H21: a route that shows who an applicant is. */
static bool shows_applicants(const struct api_route *route)
{
    return route->permission == PERMISSION_SEE_APPLICANT ||
           route->permission == PERMISSION_SEE_SCAN ||
           route->request == &onedoor__intake__recall_applicant__descriptor ||
           route->request == &onedoor__intake__ask_looks__descriptor;
}

/* Unspecified: not one for the record. A sign-in that failed has its line in their history. */
static Onedoor__Gateway__DenialKind kind_of(const struct call *call, struct outcome outcome)
{
    switch ((int)outcome.reason) {
    case ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED:
        return DENIAL(NOT_SIGNED_IN);
    case ONEDOOR__GATEWAY__REFUSAL__CSRF_TOKEN_NEEDED:
        return DENIAL(FORGED);
    case ONEDOOR__GATEWAY__REFUSAL__LOCKED_OUT:
        return DENIAL(MUST_WAIT);
    case ONEDOOR__REASON__NOT_ALLOWED:
    case ONEDOOR__REASON__OTHER_DEPARTMENT:
    case ONEDOOR__REASON__NOT_LEAD:
        return shows_applicants(call->match.route) ? DENIAL(NO_LOOK) : DENIAL(NO_RIGHT);
    default:
        return DENIAL(DENIAL_KIND_UNSPECIFIED);
    }
}

/* Of a sign-in that must wait, whom it was for. */
static const char *name_of(const struct call *call)
{
    const ProtobufCMessage *message = call->message;
    return message != NULL && message->descriptor == &onedoor__gateway__sign_in__descriptor
               ? ((const Onedoor__Gateway__SignIn *)message)->name
               : call->caller.name;
}

static int64_t case_of(const struct call *call)
{
    int64_t number = 0;
    for (int i = 0; i < call->match.n; i++)
        if (strcmp(call->match.names[i], "caseNumber") == 0 &&
            case_number_parse(call->match.values[i], &number))
            return number;
    return 0;
}

void denying_record(struct call *call, struct outcome outcome)
{
    const struct api_route *route = call->match.route;
    if (route == NULL)
        return;
    struct denial denial = {.kind = kind_of(call, outcome), .case_number = case_of(call)};
    if (denial.kind == DENIAL(DENIAL_KIND_UNSPECIFIED))
        return;
    cut_copy(denial.name, sizeof denial.name, name_of(call));
    snprintf(denial.what, sizeof denial.what, "%s %s", route->method, route->path);
    inet_ntop(AF_INET, &call->exchange->address, denial.address, sizeof denial.address);
    keeper_add(call->api->keeper, &denial);
}

void denying_guess(void *keeper, const struct guess *guess)
{
    struct denial denial = {.kind = ONEDOOR__GATEWAY__DENIAL_KIND__GUESSED,
                            .case_number = guess->case_number};
    inet_ntop(AF_INET, &guess->address, denial.address, sizeof denial.address);
    keeper_add(keeper, &denial);
}
