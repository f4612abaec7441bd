/* SPDX-License-Identifier: Apache-2.0 */
/* instants.c: invariant 10. The journals' instants against real time, which is PostgreSQL's. What
 * was said later than now was said by a wrong clock. Where an operator has accepted the clock
 * since, that is known. A driven clock is not compared. */
#include "common/base/service_names.h"
#include "programs/verify/verify.h"

/* clang-format off */

#define LATER(service) \
    "select '" service " ' || j.seq as event, j.at from " service ".journal j where j.centre = $1" \
    " and j.at > clock_timestamp() + interval '5 minutes' and not exists (select from " service ".journal a" \
    "  where a.centre = j.centre and a.seq > j.seq and a.type = 'ClockAccepted')"

static const struct question questions[] = {
    {"was said later than now: the clock was wrong",
     "select event || ' of ' || at from (" LATER("intake") " union all " LATER("routing") " union all "
     LATER("charging") " union all " LATER("supervision") " union all " LATER("reporting") ") l order by at"},
};

/* clang-format on */

void verify_instants(struct verify *verify)
{
    verify->finding->things = "journals";
    if (config_text(verify->config, "clock_file")[0] != '\0')
        return;
    verify->finding->checked = SERVICES;
    VERIFY_ASK(verify, questions);
}
