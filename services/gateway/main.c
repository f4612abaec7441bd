/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-gateway: HTTP for the hall, between people's programs and the bus.
 *
 *   onedoor-gateway --home=HOME                 serves until SIGTERM
 *   onedoor-gateway --home=HOME --make=admin    makes the first administrator and prints the
 *                                               one-time password
 *   onedoor-gateway --home=HOME --make=demo     makes accounts for each role and department,
 *                                               and writes HOME/demo-users.json
 *   onedoor-gateway --home=HOME --let_in=NAME   gives somebody a new one-time password: for when
 *                                               no administrator can sign in */
#include "common/base/program.h"
#include "services/gateway/gateway.h"
#include "services/gateway/run.h"

static const struct setting main_settings[] = {
    {"make", SETTING_TEXT, "", 0, 5,
     "Make accounts and end: admin (the first administrator) or demo (each role and department)."},
    {"let_in", SETTING_TEXT, "", 0, 40, "Give this person a new one-time password, and end."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {gateway_settings, main_settings, common_settings,
                                               NULL};

static const struct program program = {
    .name = "gateway",
    .purpose = "Serves people and their programs over HTTP.",
    .settings = tables,
    .stops = true,
    .run = run_gateway,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
