/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-gateway: HTTP for the hall. People's programs on one side, the bus on the other.
 *
 *   onedoor-gateway --home=HOME                 serves until SIGTERM
 *   onedoor-gateway --home=HOME --make=admin    makes the first administrator and prints the
 *                                               one-time password
 *   onedoor-gateway --home=HOME --make=demo     makes a person for each role and writes
 *                                               HOME/demo-users.json */
#include <sodium.h>
#include <stdio.h>

#include "common/values/log.h"
#include "services/gateway/gateway.h"

enum { ARENA_BYTES = 1 << 20 };

static const struct setting main_settings[] = {
    {"make", SETTING_TEXT, "", 0, 5,
     "Make people and end: admin (the first administrator) or demo (one for each role)."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

int main(int argc, char **argv)
{
    log_open("gateway");
    struct arena *arena = arena_new(ARENA_BYTES);
    const struct setting *const tables[] = {common_settings, gateway_settings, main_settings, NULL};
    const char *complaint = NULL;
    struct config *config;
    int code = 0;
    /* One key from the kernel, and then no system call for each id and each delay. */
    randombytes_set_implementation(&randombytes_internal_implementation);
    switch (sodium_init() < 0 ? STATUS_FAILED
                              : config_read(&config, argc, argv, tables, arena, &complaint)) {
    case STATUS_OK:
        if (config_number(config, "port") >= 0)
            config_set(config, "gateway_port", config_text(config, "port"));
        code = gateway_run(config, config_text(config, "make"));
        break;
    case STATUS_NOT_FOUND: /* it was asked what it can do, and has said so */
        break;
    default:
        fprintf(stderr, "onedoor-gateway: %s\n",
                complaint == NULL ? "libsodium does not work here" : complaint);
        code = 2;
    }
    arena_free(&arena);
    return code;
}
