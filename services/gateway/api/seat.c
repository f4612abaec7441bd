/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/seat.h"

#include <string.h>

#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/held.h"

struct seat {
    struct call *call;
    void (*go_on)(struct call *);
    const char *department;
    int32_t window; /* 0: none is given */
    Onedoor__Role role;
};

static bool may_sit(Onedoor__Role role)
{
    return role == ONEDOOR__ROLE__WINDOW_CLERK || role == ONEDOOR__ROLE__CASHIER;
}

/* Whoever leaves needs no window that is right. */
static struct seat seat_of(const struct call *call)
{
    struct seat seat = {0};
    if (call->message == NULL)
        return seat;
    if (call->message->descriptor == &onedoor__gateway__add_person__descriptor) {
        const Onedoor__Gateway__AddPerson *add = (const Onedoor__Gateway__AddPerson *)call->message;
        if (may_sit(add->role))
            seat = (struct seat){
                .department = add->department, .window = add->window, .role = add->role};
    } else if (call->message->descriptor == &onedoor__gateway__change_person__descriptor) {
        const Onedoor__Gateway__ChangePerson *change =
            (const Onedoor__Gateway__ChangePerson *)call->message;
        if (may_sit(change->role) && !change->shut_out)
            seat = (struct seat){
                .department = change->department, .window = change->window, .role = change->role};
    } else if (call->message->descriptor == &onedoor__gateway__add_token__descriptor) {
        const Onedoor__Gateway__AddToken *add = (const Onedoor__Gateway__AddToken *)call->message;
        seat =
            (struct seat){.department = add->department, .window = add->window, .role = add->role};
    }
    return seat;
}

/* A cashier sits at the charging window, a clerk at one of his department's. RULE H6: a clerk of no
 * department gives advice. */
static bool is_own(const Onedoor__Intake__Window *window, const struct seat *seat)
{
    if (seat->role == ONEDOOR__ROLE__CASHIER)
        return strcmp(window->kind, "charging") == 0;
    if (seat->department[0] == '\0')
        return strcmp(window->kind, "consultation") == 0;
    return strcmp(window->department, seat->department) == 0;
}

static bool is_among(const Onedoor__Intake__ListWindowsReply *reply, const struct seat *seat)
{
    for (size_t i = 0; i < reply->n_windows; i++)
        if (reply->windows[i]->window == seat->window)
            return is_own(reply->windows[i], seat);
    return false;
}

static void windows_known(void *context, const struct answer *answer)
{
    const struct seat *seat = context;
    if (answer->kind != ANSWER_OK)
        api_refuse_answer(seat->call, answer);
    else if (!is_among(answer->message, seat))
        api_refuse(seat->call, invalid(ONEDOOR__REASON__UNKNOWN_WINDOW, "window",
                                       "this is no window of this person's"));
    else
        seat->go_on(seat->call);
}

static void ask_windows(struct seat *seat)
{
    Onedoor__Intake__ListWindows list = ONEDOOR__INTAKE__LIST_WINDOWS__INIT;
    struct ask ask = api_ask_of(seat->call);
    ask.lane = LANE_QUERY;
    ask.service = NULL;
    ask.message = &list.base;
    ask.reply = &onedoor__intake__list_windows_reply__descriptor;
    ask.packed = false;
    ask.done = windows_known;
    ask.context = seat;
    memset(ask.id, 0, sizeof ask.id); /* the key is the register's */
    client_ask(seat->call->api->client, &ask);
}

void seat_check(struct call *call, void (*go_on)(struct call *))
{
    struct seat *seat, given = seat_of(call);
    if (given.window == 0) {
        go_on(call);
        return;
    }
    seat = ARENA_NEW(call->arena, struct seat);
    *seat = given;
    seat->call = call;
    seat->go_on = go_on;
    ask_windows(seat);
}
