/* SPDX-License-Identifier: Apache-2.0 */
/* run.c: the program around the gateway: its signals and its loop, and the making of people. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/base/heartbeat.h"
#include "services/gateway/gateway.h"
#include "services/gateway/people/setup.h"

enum { TURN_MS = 500, SPARE_BYTES = 16 << 20 };

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
    switch (setup_admin(people, password)) {
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
        code =
            setup_demonstration(people, config_text(config, "home"), stdout) == STATUS_OK ? 0 : 1;
    else
        fprintf(stderr, "onedoor-gateway: make must be admin or demo\n");
    people_free(&people);
    return code;
}

int gateway_run(const struct config *config, const char *whom)
{
    return *whom == '\0' ? serve(config) : make(config, whom);
}
