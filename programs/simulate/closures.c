/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/closures.h"

#include <stdio.h>

#include "onedoor/intake.pb-c.h"

enum { CLOSE_EVERY = 44, CLOSE_AT = 21, REOPEN_EVERY = 88, REOPEN_AT = 31 };
enum { TIMEOUT_MS = 10000, TRIES = 12, ANSWER_BYTES = 1 << 16 };

/* The service may be killed meanwhile: the same command is asked again under its id. */
static bool correct(struct client *client, const Onedoor__Intake__CorrectDay *correct)
{
    struct arena *arena = arena_new(ANSWER_BYTES);
    struct ask ask = {
        .lane = LANE_COMMAND,
        .message = &correct->base,
        .reply = &onedoor__done__descriptor,
        .actor = {.id = "manager", .role = ONEDOOR__ROLE__BUSINESS_MANAGER, .department = ""},
        .timeout_ms = TIMEOUT_MS};
    struct answer answer = {.kind = ANSWER_UNKNOWN};
    client_new_id(ask.id);
    for (int i = 0; i < TRIES && answer.kind == ANSWER_UNKNOWN; i++)
        answer = client_call(client, &ask, arena);
    if (answer.kind != ANSWER_OK)
        fprintf(stderr, "onedoor-simulate: day %d is not corrected: %s\n", correct->day,
                answer.kind == ANSWER_UNKNOWN ? "no answer" : answer.detail);
    bool done = answer.kind == ANSWER_OK;
    arena_free(&arena);
    return done;
}

static bool set_day(struct closures *closures, struct client *client, int32_t day, bool working)
{
    Onedoor__Intake__CorrectDay message = ONEDOOR__INTAKE__CORRECT_DAY__INIT;
    message.day = day;
    message.working = working;
    message.name_zh = (char *)"停电停办";
    message.name_en = (char *)"Power cut";
    message.reason = (char *)(working ? "登记有误，当天照常办理" : "突发停电");
    closures->closed = working ? 0 : day;
    closures->made++;
    return correct(client, &message);
}

bool closures_step(struct closures *closures, struct client *client, int32_t step, int64_t at_ms)
{
    int32_t today = calendar_day(closures->calendar, at_ms).n;
    if (step % CLOSE_EVERY == CLOSE_AT)
        return set_day(closures, client, today, false);
    if (step % REOPEN_EVERY == REOPEN_AT && closures->closed != 0)
        return set_day(closures, client, closures->closed, true);
    return true;
}
