/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-health: asks the services of a hall how they are, over the bus.
 *
 *   onedoor-health --home=HOME [--service NAME] [--key NAME] [--json] [--timeout_ms N]
 *
 * Health is answered by a service's writing loop, so an answer proves that the service works and
 * not merely that it runs. One line a service, or one JSON object; the exit code is 0 when every
 * service asked is ready. */
#include "common/base/program.h"
#include "programs/health/probe.h"

static const struct setting health_settings[] = {
    {"service", SETTING_TEXT, "", 0, 20, "The one service to ask; empty: all of them."},
    {"key", SETTING_TEXT, "operator", 1, 32,
     "The peer to ask as: any may, and a service in a container has no key but its own."},
    {"json", SETTING_BOOL, "no", 0, 0, "Answer as JSON: yes or no."},
    {"timeout_ms", SETTING_NUMBER, "2000", 1, 60000, "How long to wait for an answer, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {health_settings, common_settings, NULL};

static int run(const struct invocation *invocation)
{
    return probe_services(invocation->config);
}

static const struct program program = {
    .name = "health",
    .purpose = "Asks the services of a hall how they are.",
    .settings = tables,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
