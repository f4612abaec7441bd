/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-clock: what the services take for now, and whether they doubt it (timekeeper.h). With a
 * reason, the clock of each that doubts it is accepted, and its journal records who said so.
 *
 *   onedoor-clock --home=HOME [REASON] */
#include <stdio.h>
#include <time.h>

#include "common/base/business.h"
#include "common/base/program.h"
#include "common/base/service_names.h"
#include "common/bus/client.h"

enum { TIMEOUT_MS = 3000 };

static const struct setting *const tables[] = {common_settings, NULL};

/* What was asked of one service, and its answer. */
struct asked {
    const char *service;
    bool answered, doubts, refused;
    int64_t off_ms; /* of this machine's clock */
    char doubt[200];
};

static void note_health(void *context, const struct answer *answer)
{
    struct asked *asked = context;
    const Onedoor__HealthReply *reply = answer->message;
    asked->answered = answer->kind == ANSWER_OK;
    if (!asked->answered)
        return;
    asked->off_ms = reply->now_ms - business_ms();
    for (size_t i = 0; i < reply->n_faults; i++)
        if (sscanf(reply->faults[i], "does no work: %199[^\n]", asked->doubt) == 1)
            asked->doubts = true;
}

static void note_accepted(void *context, const struct answer *answer)
{
    struct asked *asked = context;
    asked->refused = answer->kind != ANSWER_OK;
    snprintf(asked->doubt, sizeof asked->doubt, "%s",
             asked->refused ? (answer->detail != NULL ? answer->detail : "no answer") : "accepted");
}

static void ask(struct client *client, struct asked *asked, const ProtobufCMessage *message,
                const ProtobufCMessageDescriptor *reply,
                void (*done)(void *context, const struct answer *))
{
    client_ask(client, &(struct ask){.service = asked->service,
                                     .message = message,
                                     .reply = reply,
                                     .actor = {"operator", ONEDOOR__ROLE__ADMINISTRATOR, "", 0},
                                     .timeout_ms = TIMEOUT_MS,
                                     .done = done,
                                     .context = asked});
}

static void wait_for_answers(struct client *client)
{
    while (client_outstanding(client) > 0)
        client_turn(client, TIMEOUT_MS);
}

static void ask_health(struct client *client, struct asked all[SERVICES])
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    for (int i = 0; i < SERVICES; i++) {
        all[i] = (struct asked){.service = service_names[i]};
        ask(client, &all[i], &health.base, &onedoor__health_reply__descriptor, note_health);
    }
    wait_for_answers(client);
}

static void accept(struct client *client, struct asked all[SERVICES], const char *reason)
{
    Onedoor__AcceptClock message = ONEDOOR__ACCEPT_CLOCK__INIT;
    message.reason = (char *)reason;
    for (int i = 0; i < SERVICES; i++) {
        message.now_ms = business_ms() + all[i].off_ms;
        if (all[i].doubts)
            ask(client, &all[i], &message.base, NULL, note_accepted);
    }
    wait_for_answers(client);
}

static int print(const struct asked all[SERVICES], bool accepted)
{
    int wrong = 0;
    for (int i = 0; i < SERVICES; i++) {
        const struct asked *asked = &all[i];
        if (!asked->answered)
            printf("%-12s does not answer\n", asked->service);
        else
            printf("%-12s %+.1f s, %s\n", asked->service, (double)asked->off_ms / 1000,
                   asked->doubts ? asked->doubt : "trusted");
        wrong += !asked->answered || asked->refused || (asked->doubts && !accepted);
    }
    return wrong;
}

static int run(const struct invocation *invocation)
{
    struct client *client = NULL;
    struct asked all[SERVICES];
    const char *reason = invocation->n_operands > 0 ? invocation->operands[0] : NULL;
    if (client_new(&client, invocation->config, "operator") != STATUS_OK)
        return PROGRAM_FAILED; /* client_new has logged why */
    ask_health(client, all);
    if (reason != NULL)
        accept(client, all, reason);
    client_free(&client);
    return print(all, reason != NULL) == 0 ? PROGRAM_OK : PROGRAM_FAILED;
}

static const struct program program = {
    .name = "clock",
    .purpose =
        "Shows what the services take for now; with a reason, accepts the clocks they doubt.",
    .settings = tables,
    .operands = "[REASON]",
    .operands_min = 0,
    .operands_max = 1,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
