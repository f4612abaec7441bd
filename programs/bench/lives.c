/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/lives.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/log.h"
#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"

enum { TIMEOUT_MS = 60000, EVENT_BYTES = 1 << 20, MATERIALS = 4, FEES = 2, COMPLAINTS_MAX = 5 };

struct lives {
    struct client *client;
    struct arena *arena; /* of the current event */
    long begun, closed, refused;
    double *took_ms;
    size_t n, room;
};

static void note(void *context, const struct answer *answer)
{
    struct lives *lives = context;
    if (lives->n == lives->room) {
        lives->room = lives->room == 0 ? 65536 : lives->room * 2;
        lives->took_ms = realloc(lives->took_ms, lives->room * sizeof *lives->took_ms);
        must(lives->took_ms != NULL);
    }
    lives->took_ms[lives->n++] = answer->took_ms;
    if (answer->kind != ANSWER_OK && lives->refused++ < COMPLAINTS_MAX)
        log_warn(0, "bench.refused", "code %d reason %d: %s", (int)answer->code,
                 (int)answer->reason, answer->detail);
}

static void command(struct lives *lives, const ProtobufCMessage *message, struct actor actor)
{
    client_ask(lives->client, &(struct ask){.message = message,
                                            .actor = actor,
                                            .timeout_ms = TIMEOUT_MS,
                                            .done = note,
                                            .context = lives});
}

/* ---- the steps */

void lives_begin(struct lives *lives)
{
    static const char *const fees[FEES] = {"FEE-CON-02A", "FEE-CON-02B"};
    Onedoor__Intake__Applicant applicant = ONEDOOR__INTAKE__APPLICANT__INIT;
    Onedoor__Intake__Submit submit = ONEDOOR__INTAKE__SUBMIT__INIT;
    Onedoor__Intake__MaterialIn materials[MATERIALS], *material_list[MATERIALS];
    Onedoor__FeeFact facts[FEES], *fact_list[FEES];
    for (int i = 0; i < MATERIALS; i++) {
        onedoor__intake__material_in__init(material_list[i] = &materials[i]);
        materials[i].seq = i + 1;
        materials[i].copies = 2;
    }
    for (int i = 0; i < FEES; i++) {
        onedoor__fee_fact__init(fact_list[i] = &facts[i]);
        facts[i].fee = (char *)fees[i];
        facts[i].units = 10;
        facts[i].days = i == 0 ? 30 : 0;
    }
    applicant.kind = ONEDOOR__INTAKE__APPLICANT_KIND__PERSON;
    applicant.name = "测量";
    applicant.document = "11010519491231002X"; /* the example of GB 11643 */
    applicant.phone = "13800000000";
    submit.item = "CON-02";
    submit.applicant = &applicant;
    submit.materials = material_list;
    submit.n_materials = MATERIALS;
    submit.facts = fact_list;
    submit.n_facts = FEES;
    submit.channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    submit.check = true;
    lives->begun++;
    command(lives, &submit.base, (struct actor){"clerk", ONEDOOR__ROLE__WINDOW_CLERK, "CON", 4});
}

static void decide(struct lives *lives, int64_t case_number, const Onedoor__Routing__Task *task)
{
    static char *staff[] = {"surveyor-1", "surveyor-2"};
    char *departments[] = {task->department, task->department};
    Onedoor__Routing__Decide message = ONEDOOR__ROUTING__DECIDE__INIT;
    message.case_number = case_number;
    message.agree = true;
    message.opinion = "agreed";
    if (task->action == ONEDOOR__ROUTING__ACTION__SITE_SURVEY) {
        message.staff = staff;
        message.n_staff = message.n_staff_departments = 2;
        message.staff_departments = departments;
    }
    command(lives, &message.base,
            (struct actor){"approver", ONEDOOR__ROLE__APPROVER, task->department, 0});
}

static void hear_routing(void *context, const struct event *event)
{
    struct lives *lives = context;
    if (strcmp(event->type, "routing.StageOpened") != 0)
        return;
    const Onedoor__Routing__StageOpened *opened =
        message_unpack(&onedoor__routing__stage_opened__descriptor, event->payload, lives->arena);
    must(opened != NULL);
    for (size_t i = 0; i < opened->n_tasks; i++)
        decide(lives, event->case_number, opened->tasks[i]);
    arena_reset(lives->arena);
}

static void hear_charging(void *context, const struct event *event)
{
    struct lives *lives = context;
    if (strcmp(event->type, "charging.OrderRaised") != 0)
        return;
    const Onedoor__Charging__OrderRaised *raised =
        message_unpack(&onedoor__charging__order_raised__descriptor, event->payload, lives->arena);
    must(raised != NULL);
    Onedoor__Charging__Pay pay = ONEDOOR__CHARGING__PAY__INIT;
    pay.case_number = event->case_number;
    pay.method = ONEDOOR__CHARGING__METHOD__CASH;
    pay.shown_fen = raised->total_fen;
    command(lives, &pay.base, (struct actor){"cashier", ONEDOOR__ROLE__CASHIER, "", 31});
    arena_reset(lives->arena);
}

static void hear_intake(void *context, const struct event *event)
{
    struct lives *lives = context;
    if (strcmp(event->type, "intake.CaseClosed") == 0)
        lives->closed++;
}

/* ---- life cycle, figures */

struct lives *lives_new(struct client *client)
{
    struct lives *lives = calloc(1, sizeof *lives);
    must(lives != NULL);
    lives->client = client;
    lives->arena = arena_new(EVENT_BYTES);
    client_follow(client, "intake", hear_intake, lives);
    client_follow(client, "routing", hear_routing, lives);
    client_follow(client, "charging", hear_charging, lives);
    return lives;
}

void lives_free(struct lives **lives)
{
    if (*lives == NULL)
        return;
    arena_free(&(*lives)->arena);
    free((*lives)->took_ms);
    free(*lives);
    *lives = NULL;
}

long lives_begun(const struct lives *lives)
{
    return lives->begun;
}

long lives_closed(const struct lives *lives)
{
    return lives->closed;
}

long lives_refused(const struct lives *lives)
{
    return lives->refused;
}

double *lives_latencies(struct lives *lives, size_t *n)
{
    *n = lives->n;
    return lives->took_ms;
}

void lives_forget(struct lives *lives)
{
    lives->n = 0;
}
