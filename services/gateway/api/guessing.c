/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/guessing.h"

#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/held.h"
#include "services/gateway/api/taking.h"

/* Does the call ask for a case's progress by its number and the applicant's last four characters?
 */
static bool is_guess(const struct call *call, struct guess *guess)
{
    if (call->match.route->request != &onedoor__intake__ask_progress__descriptor)
        return false;
    guess->address = call->exchange->address;
    guess->case_number = ((const Onedoor__Intake__AskProgress *)call->message)->case_number;
    return true;
}

const struct outcome guessing_refused = {
    ONEDOOR__CODE__RESOURCE_EXHAUSTED,
    (Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS,
    "too many tries; wait for as long as Retry-After says",
    NULL,
};

bool guessing_may(struct call *call)
{
    struct guess guess;
    if (!taking_may(call))
        return false;
    if (is_guess(call, &guess))
        call->exchange->retry_after_s = guesses_wait_s(call->api->guesses, &guess);
    return call->exchange->retry_after_s == 0;
}

/* Only what the service did not find was a wrong guess. */
void guessing_judge(struct call *call, const struct answer *reply)
{
    struct guess guess;
    bool wrong = reply->kind == ANSWER_REJECTED && reply->code == ONEDOOR__CODE__NOT_FOUND;
    if (is_guess(call, &guess) && !wrong)
        guesses_right(call->api->guesses, &guess);
}
