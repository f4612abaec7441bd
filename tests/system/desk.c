/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"

#include <string.h>

#include "common/values/case_number.h"
#include "tests/system/hall.h"

enum { ASK_MS = 120000 };

const struct actor clerk = {"d30", ONEDOOR__ROLE__WINDOW_CLERK, "", 30};
const struct actor cashier = {"k31", ONEDOOR__ROLE__CASHIER, "", 31};
const struct actor approver = {"s1", ONEDOOR__ROLE__APPROVER, "STA", 0};
const struct actor public = {"kiosk", ONEDOOR__ROLE__PUBLIC, "", 0};

struct answer desk_ask(struct client *client, const unsigned char *id, const struct actor *actor,
                       const ProtobufCMessage *message, const ProtobufCMessageDescriptor *reply,
                       struct arena *arena)
{
    struct ask ask = {.message = message, .reply = reply, .actor = *actor, .timeout_ms = ASK_MS};
    if (id != NULL)
        memcpy(ask.id, id, sizeof ask.id);
    if (strncmp(message->descriptor->short_name, "Get", 3) == 0)
        ask.lane = LANE_QUERY;
    struct answer answer = client_call(client, &ask, arena);
    if (answer.kind == ANSWER_UNKNOWN)
        fail_msg("%s: no answer", message->descriptor->name);
    return answer;
}

const void *desk_until(struct client *client, const struct actor *actor,
                       const ProtobufCMessage *message, const ProtobufCMessageDescriptor *type,
                       struct arena *arena)
{
    struct retry retry = retry_begin();
    for (;;) {
        struct answer answer = desk_ask(client, NULL, actor, message, type, arena);
        if (answer.kind == ANSWER_OK)
            return answer.message;
        retry_or_fail(&retry, answer.detail);
    }
}

/* ---- an application */

static void bring(Onedoor__Intake__Submit *submit, const Onedoor__Intake__GetGuideReply *guide,
                  struct arena *arena)
{
    submit->n_materials = guide->n_materials;
    submit->materials = ARENA_ARRAY(arena, Onedoor__Intake__MaterialIn *, guide->n_materials);
    for (size_t i = 0; i < guide->n_materials; i++) {
        submit->materials[i] = ARENA_NEW(arena, Onedoor__Intake__MaterialIn);
        onedoor__intake__material_in__init(submit->materials[i]);
        submit->materials[i]->seq = guide->materials[i]->seq;
        submit->materials[i]->copies = guide->materials[i]->copies;
    }
}

Onedoor__Intake__Submit *desk_application(struct client *client, const char *item,
                                          struct arena *arena)
{
    Onedoor__Intake__GetGuide ask = ONEDOOR__INTAKE__GET_GUIDE__INIT;
    Onedoor__Intake__Submit *submit = ARENA_NEW(arena, Onedoor__Intake__Submit);
    ask.item = (char *)item;
    onedoor__intake__submit__init(submit);
    submit->applicant = ARENA_NEW(arena, Onedoor__Intake__Applicant);
    onedoor__intake__applicant__init(submit->applicant);
    submit->applicant->kind = ONEDOOR__INTAKE__APPLICANT_KIND__PERSON;
    submit->applicant->name = "张三";
    submit->applicant->document = "11010519491231002X";
    submit->applicant->phone = "13900000000";
    submit->item = (char *)item;
    submit->channel = ONEDOOR__INTAKE__CHANNEL__AT_WINDOW;
    submit->check = true;
    bring(submit,
          desk_until(client, &public, &ask.base, &onedoor__intake__get_guide_reply__descriptor,
                     arena),
          arena);
    return submit;
}

static int64_t begin_case(struct client *client, const struct actor *who,
                          const Onedoor__Intake__Submit *submit, struct arena *arena)
{
    const Onedoor__Intake__SubmitReply *reply =
        desk_until(client, who, &submit->base, &onedoor__intake__submit_reply__descriptor, arena);
    assert_non_null(reply);
    return reply->case_number;
}

int64_t desk_submit(struct client *client, const char *item, struct arena *arena)
{
    return begin_case(client, &clerk, desk_application(client, item, arena), arena);
}

int64_t desk_begin(struct client *client, struct arena *arena)
{
    Onedoor__Intake__Submit *submit = desk_application(client, "STA-05", arena);
    submit->channel = ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT;
    return begin_case(client, &approver, submit, arena);
}

int64_t desk_no_case(int serial)
{
    return case_number_make(10, 1, 1, serial);
}

/* ---- on its way */

void desk_await(struct client *client, int64_t case_number, Onedoor__Intake__CaseState state,
                struct arena *arena)
{
    struct retry retry = retry_begin();
    Onedoor__Intake__GetProgress ask = ONEDOOR__INTAKE__GET_PROGRESS__INIT;
    const Onedoor__Intake__GetProgressReply *reply;
    ask.case_number = case_number;
    do {
        retry_or_fail(&retry, "the case does not get on");
        reply = desk_until(client, &clerk, &ask.base,
                           &onedoor__intake__get_progress_reply__descriptor, arena);
    } while (reply->state != state);
}

struct answer desk_finish(struct client *client, const char *department, int64_t case_number,
                          struct arena *arena)
{
    Onedoor__Intake__Finish finish = ONEDOOR__INTAKE__FINISH__INIT;
    const struct actor window = {"w1", ONEDOOR__ROLE__WINDOW_CLERK, department, 0};
    finish.case_number = case_number;
    finish.granted = true;
    return desk_ask(client, NULL, &window, &finish.base, NULL, arena);
}

struct answer desk_decide(struct client *client, int64_t case_number, struct arena *arena)
{
    Onedoor__Routing__Decide decide = ONEDOOR__ROUTING__DECIDE__INIT;
    decide.case_number = case_number;
    decide.agree = true;
    return desk_ask(client, NULL, &approver, &decide.base,
                    &onedoor__routing__decide_reply__descriptor, arena);
}

struct answer desk_pay(struct client *client, const unsigned char *id, int64_t case_number,
                       int64_t shown_fen, struct arena *arena)
{
    Onedoor__Charging__Pay pay = ONEDOOR__CHARGING__PAY__INIT;
    pay.case_number = case_number;
    pay.method = ONEDOOR__CHARGING__METHOD__CASH;
    pay.shown_fen = shown_fen;
    return desk_ask(client, id, &cashier, &pay.base, &onedoor__charging__pay_reply__descriptor,
                    arena);
}

int64_t desk_closed_case(struct client *client, struct arena *arena)
{
    struct retry retry = retry_begin();
    int64_t number = desk_begin(client, arena);
    for (int decided = 0; decided < 2;) {
        struct answer answer = desk_decide(client, number, arena);
        if (answer.kind == ANSWER_OK)
            decided++;
        else /* routing has not consumed the event yet */
            retry_or_fail(&retry, answer.detail);
    }
    desk_await(client, number, ONEDOOR__INTAKE__CASE_STATE__CLOSED, arena);
    return number;
}
