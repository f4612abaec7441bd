/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-verify: checks the invariants of a hall. One line each:
 *
 *   ok 2 journals gapless and chained: 41233 events
 *   BROKEN 5 a stage is done when its tasks are: 1 of 812 flows, first: 220113-000042-7 ...
 *
 * The exit code is 0 when all of them hold. */
#include "common/base/program.h"
#include "common/postgres/pgadmin.h"
#include "common/postgres/pgcalendar.h"
#include "programs/verify/verify.h"

static const struct setting verify_settings[] = {
    {"json", SETTING_BOOL, "no", 0, 0, "Print the findings as JSON."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {verify_settings, common_settings, NULL};

static int run(const struct invocation *invocation)
{
    const struct config *config = invocation->config;
    struct verify verify = {.config = config, .centre = (int16_t)config_number(config, "centre")};
    pgcalendar_read(&verify.calendar, config, invocation->arena);
    verify.conn = pgadmin_connect(config, NULL);
    int code = verify_run(&verify, config_bool(config, "json"));
    PQfinish(verify.conn);
    return code;
}

static const struct program program = {
    .name = "verify",
    .purpose = "Checks the invariants of a hall on its live database.",
    .settings = tables,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
