/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/run.h"

#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/heartbeat.h"
#include "common/service/confine.h"
#include "common/values/log.h"
#include "services/gateway/gateway.h"
#include "services/gateway/people/demonstration.h"
#include "services/gateway/people/setup.h"

enum { TURN_MS = 500, SPARE_BYTES = 16 << 20, PUBLIC_ADDRESS_SIZE = 201 };

/* What slips print, without a "/" at its end. No other thread reads the settings yet. */
static void settle_public_address(const struct gateway *gateway, struct config *config)
{
    char listening[GATEWAY_ADDRESS_SIZE], address[PUBLIC_ADDRESS_SIZE];
    const char *given = config_text(config, "public_address");
    snprintf(address, sizeof address, "%s",
             given[0] == '\0' ? gateway_address(gateway, listening) : given);
    if (given[0] == '\0')
        log_warn(0, "address.private",
                 "public_address is not set: slips lead telephones to %s, which they may not reach",
                 address);
    address[strlen(address) - (address[strlen(address) - 1] == '/')] = '\0';
    config_set(config, "public_address", address);
}

static int serve(const struct invocation *invocation)
{
    log_as_json(config_bool(invocation->config, "log_json"));
    mallopt(M_TRIM_THRESHOLD, SPARE_BYTES); /* what one turn frees, the next one needs */
    heartbeat_open();
    struct gateway *gateway = gateway_new(invocation->config);
    if (gateway == NULL)
        return PROGRAM_FAILED;
    settle_public_address(gateway, invocation->config);
    /* Not before: its port, its certificate and its pages may be for root alone. */
    if (!confine_user(config_text(invocation->config, "home"), "gateway")) {
        gateway_free(&gateway);
        return PROGRAM_FAILED;
    }
    confine_calls();
    while (!program_stopping(invocation, 0)) {
        gateway_turn(gateway, invocation->stop_fd, TURN_MS);
        heartbeat_state(gateway_is_ready(gateway) ? "ready" : "waiting for the services");
        heartbeat_beat();
    }
    gateway_free(&gateway);
    return PROGRAM_OK;
}

static int make_admin(struct people *people)
{
    char password[SECRET_TEXT_SIZE];
    switch (setup_admin(people, password)) {
    case STATUS_OK:
        printf("Administrator: admin, one-time password: %s\n", password);
        return PROGRAM_OK;
    case STATUS_NOT_FOUND: /* there is one already */
        return PROGRAM_OK;
    default:
        return PROGRAM_FAILED;
    }
}

static int make_demonstration(struct people *people, const struct config *config)
{
    return demonstration_make(people, config_text(config, "home"), stdout) == STATUS_OK
               ? PROGRAM_OK
               : PROGRAM_FAILED;
}

static int make(const struct config *config, const char *whom)
{
    bool admin = strcmp(whom, "admin") == 0;
    if (!admin && strcmp(whom, "demo") != 0)
        return program_misused("make must be admin or demo");
    struct people *people = people_new(config);
    int code = admin ? make_admin(people) : make_demonstration(people, config);
    people_free(&people);
    return code;
}

static int let_in(const struct config *config, const char *name)
{
    char password[SECRET_TEXT_SIZE];
    struct people *people = people_new(config);
    enum status status = setup_password(people, name, password);
    people_free(&people);
    if (status == STATUS_NOT_FOUND)
        return program_failed("there is nobody of this name");
    if (status != STATUS_OK)
        return PROGRAM_FAILED;
    printf("One-time password of %s: %s\n", name, password);
    return PROGRAM_OK;
}

int run_gateway(const struct invocation *invocation)
{
    struct config *config = invocation->config;
    const char *whom = config_text(config, "make"), *locked_out = config_text(config, "let_in");
    /* One key from the kernel, then no system call for each id. */
    randombytes_set_implementation(&randombytes_internal_implementation);
    if (sodium_init() < 0)
        return program_failed("libsodium does not work here");
    if (config_number(config, "port") >= 0)
        config_set(config, "gateway_port", config_text(config, "port"));
    if (*locked_out != '\0')
        return let_in(config, locked_out);
    return *whom == '\0' ? serve(invocation) : make(config, whom);
}
