/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-gateway: HTTP for the hall. People's programs on one side, the bus on the other.
 *
 *   onedoor-gateway --home=HOME                     serves until SIGTERM
 *   onedoor-gateway --home=HOME --make=admin        makes the first administrator and prints the
 * one-time password onedoor-gateway --home=HOME --make=demo         makes a person for each role
 * and writes HOME/demo-users.json */
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/heartbeat.h"
#include "common/log.h"
#include "services/gateway/gateway.h"

enum { ARENA_BYTES = 1 << 20, TURN_MS = 500, SPARE_BYTES = 16 << 20 };

static const struct setting main_settings[] = {
    {"make", SETTING_TEXT, "", 0, 5,
     "Make people and end: admin (the first administrator) or demo (one for each role)."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static volatile sig_atomic_t told_to_end;

static void hear_signal(int signal)
{
    (void)signal;
    told_to_end = 1;
}

static int serve(const struct config *config)
{
    struct sigaction end = {.sa_handler = hear_signal};
    sigaction(SIGTERM, &end, NULL);
    sigaction(SIGINT, &end, NULL);
    signal(SIGPIPE, SIG_IGN);
    mallopt(M_TRIM_THRESHOLD, SPARE_BYTES); /* what one turn gives back the next one needs */
    heartbeat_open();
    struct gateway *gateway = gateway_new(config);
    if (gateway == NULL)
        return 1;
    while (!told_to_end) {
        gateway_turn(gateway, TURN_MS);
        heartbeat_state(live_ready(gateway->live) ? "ready" : "waiting for the services");
        heartbeat_beat();
    }
    gateway_free(&gateway);
    return 0;
}

static int make_admin(struct people *people)
{
    char password[SECRET_TEXT_SIZE];
    switch (people_make_admin(people, password)) {
    case STATUS_OK:
        printf("Administrator: admin, one-time password: %s\n", password);
        return 0;
    case STATUS_NOT_FOUND: /* there is one already */
        return 0;
    default:
        return 1;
    }
}

static int make(const struct config *config, const char *whom)
{
    int code = 2;
    struct people *people = people_new(config);
    if (strcmp(whom, "admin") == 0)
        code = make_admin(people);
    else if (strcmp(whom, "demo") == 0)
        code = people_make_demonstration(people, config_text(config, "home"), stdout) == STATUS_OK
                   ? 0
                   : 1;
    else
        fprintf(stderr, "onedoor-gateway: make must be admin or demo\n");
    people_free(&people);
    return code;
}

static int run(struct config *config)
{
    if (config_number(config, "port") >= 0)
        config_set(config, "gateway_port", config_text(config, "port"));
    const char *whom = config_text(config, "make");
    return whom[0] == '\0' ? serve(config) : make(config, whom);
}

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
        code = run(config);
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
