/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/work.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "onedoor/approval.pb-c.h"

enum { TIMEOUT_MS = 300000, REPEATS_MAX = 30 };

/* ---- a request, and its answer */

static void answered(void *context, const struct answer *answer)
{
    struct work *work = context;
    struct result *result = &work->result;
    result->answer = answer->kind;
    result->took_ms = answer->took_ms;
    if (answer->kind == ANSWER_OK) {
        if (answer->mark.stream[0] != '\0')
            result->mark = answer->mark;
        work->take(work, answer->message);
        return;
    }
    bool later = answer->kind == ANSWER_UNKNOWN || answer->reason == ONEDOOR__REASON__NOT_YET;
    if (later && work->repeats++ < REPEATS_MAX) {
        client_ask(work->person->client, &work->ask);
        return;
    }
    result->reason = (int32_t)answer->reason;
    snprintf(result->detail, sizeof result->detail, "%s",
             answer->kind == ANSWER_UNKNOWN ? "no answer" : answer->detail);
    work_end(work);
}

void work_ask(struct work *work, void (*take)(struct work *, const void *))
{
    struct ask *ask = &work->ask;
    ask->timeout_ms = TIMEOUT_MS;
    ask->done = answered;
    ask->context = work;
    ask->seen = &work->seen;
    client_new_id(ask->id);
    work->take = take;
    work->repeats = 0;
    client_ask(work->person->client, ask);
}

void work_end(struct work *work)
{
    /* Blocks when the driver is slow to read; it always reads. */
    if (send(work->person->link, &work->result, sizeof work->result, MSG_NOSIGNAL) !=
        sizeof work->result)
        exit(1); /* the driver is gone */
    arena_free(&work->arena);
    free(work);
}

/* ---- what is asked */

void work_command(struct work *work, const ProtobufCMessage *message,
                  const ProtobufCMessageDescriptor *reply)
{
    work->ask.lane = LANE_COMMAND;
    work->ask.message = message;
    work->ask.reply = reply;
}

void work_query(struct work *work, const ProtobufCMessage *message,
                const ProtobufCMessageDescriptor *reply)
{
    work_command(work, message, reply);
    work->ask.lane = LANE_QUERY;
}

void work_take_nothing(struct work *work, const void *reply)
{
    (void)reply;
    work_end(work);
}

/* ---- who asks */

const struct item *work_item(const struct work *work)
{
    return &work->person->catalogue.items[work->plan.item];
}

/* The account of a person of the demonstration (services/gateway/people/demonstration.c), so that
 * the pages know the name: "clerk-fpc"; those of CUL, and of the hall itself, have no suffix. */
static const char *account(struct work *work, const char *post, const char *department)
{
    if (department[0] == '\0' || strcmp(department, "CUL") == 0)
        return post;
    if (strcmp(department, "CITY") == 0)
        return "city";
    char *name = arena_printf(work->arena, "%s-%s", post, department);
    for (char *c = name; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return name;
}

static void sit_at(struct work *work, const char *department, int32_t window)
{
    work->ask.actor = (struct actor){
        .id = account(work, "clerk", department),
        .role = ONEDOOR__ROLE__WINDOW_CLERK,
        .department = department,
        .window = window,
    };
}

void work_at_window(struct work *work)
{
    sit_at(work, work_item(work)->department, work_item(work)->window);
}

void work_at_counter(struct work *work)
{
    work->ask.actor = (struct actor){.id = "cashier",
                                     .role = ONEDOOR__ROLE__CASHIER,
                                     .department = "",
                                     .window = work->person->catalogue.desks[CHARGING_DESK].window};
}

void work_at_desk(struct work *work)
{
    const struct desk *desk = &work->person->catalogue.desks[work->result.job.desk];
    if (work->result.job.desk == CHARGING_DESK)
        work_at_counter(work);
    else
        sit_at(work, desk->department, desk->window);
}

void work_at_department(struct work *work, const char *post, const char *department)
{
    work->ask.actor = (struct actor){
        .id = account(work, post, department),
        .role =
            strcmp(department, "CITY") == 0 ? ONEDOOR__ROLE__CITY_DESK : ONEDOOR__ROLE__APPROVER,
        .department = department,
    };
}

/* ---- one asks, and another agrees */

static void agree(struct work *work, const void *message)
{
    const Onedoor__Approval__Waiting *waiting = message;
    Onedoor__Approval__Answer *answer =
        WORK_MESSAGE(work, Onedoor__Approval__Answer, onedoor__approval__answer);
    answer->case_number = work->result.job.case_number;
    answer->no = waiting->no;
    answer->agree = true;
    work->ask.service = work->service;
    work->ask.actor =
        (struct actor){.id = account(work, work->second.post, work->second.department),
                       .role = (Onedoor__Role)work->second.role,
                       .department = work->second.department};
    work_command(work, &answer->base, &onedoor__approval__answer_reply__descriptor);
    work_ask(work, work_take_nothing);
}

void work_ask_two(struct work *work, const ProtobufCMessage *message, const char *service,
                  struct person_of second)
{
    work->second = second;
    work->service = service;
    work_command(work, message, &onedoor__approval__waiting__descriptor);
    work_ask(work, agree);
}

/* ---- what the window is given */

size_t work_facts(struct work *work, bool wrong, Onedoor__FeeFact ***list)
{
    struct plan_fact facts[FEES_MAX];
    const struct plan *plan = &work->plan;
    if (wrong)
        plan_wrong_facts(plan, facts);
    else
        memcpy(facts, plan->facts, sizeof facts);
    *list = ARENA_ARRAY(work->arena, Onedoor__FeeFact *, plan->n_facts);
    for (int i = 0; i < plan->n_facts; i++) {
        (*list)[i] = WORK_MESSAGE(work, Onedoor__FeeFact, onedoor__fee_fact);
        (*list)[i]->fee = (char *)work_item(work)->fees[facts[i].fee].code;
        (*list)[i]->units = facts[i].units;
        (*list)[i]->days = facts[i].days;
    }
    return (size_t)plan->n_facts;
}
