/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/taking.h"

#include "common/base/monotonic.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/held.h"

/* A rate is counted by the second: by a clock that goes sixty times slower, it is by the minute. */
enum { MINUTE_S = 60 };

static bool takes_as_public(const struct call *call)
{
    return call->match.route->request == &onedoor__intake__take_ticket__descriptor &&
           (!caller_is_signed_in(&call->caller) || call->caller.role == ONEDOOR__ROLE__PUBLIC);
}

bool taking_may(struct call *call)
{
    struct rate *rate = &call->api->guesses->tickets;
    if (!takes_as_public(call) ||
        rate_allows(rate, call->exchange->address.s_addr, monotonic_ms() / MINUTE_S))
        return true;
    call->exchange->retry_after_s = (int)((MINUTE_S + rate->per_second - 1) / rate->per_second);
    return false;
}
