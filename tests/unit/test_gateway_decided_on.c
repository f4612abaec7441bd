/* SPDX-License-Identifier: Apache-2.0 */
/* A command says what it was decided on: each command of every service, and each of the gateway's
 * own, has a shown_revision, or stands below with the reason why it needs none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/rows/declare.h"
#include "common/wire/message.h"
#include "onedoor/approval.pb-c.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/charging/charging.h"
#include "services/gateway/api/routes.h"
#include "services/intake/intake.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"

#define MESSAGE(service, name) &onedoor__##service##__##name##__descriptor

struct exception {
    const ProtobufCMessageDescriptor *command;
    const char *why;
};

/* clang-format off */
static const struct exception exceptions[] = {
    {MESSAGE(approval, answer),       "what was asked never changes, and the rules hold again when it is done"},
    {MESSAGE(approval, dismiss),      "an answer never changes"},

    {MESSAGE(intake, view_applicant),   "looks, and decides nothing"},
    {MESSAGE(intake, recall_applicant), "looks, and decides nothing"},
    {MESSAGE(intake, search_cases),     "looks, and decides nothing"},
    {MESSAGE(intake, print_slip),       "puts on paper what is said; a reprint repeats the first"},
    {MESSAGE(intake, ask_looks),        "looks, and decides nothing"},
    {MESSAGE(intake, begin_scan),       "adds one; the same file goes on where it stopped"},
    {MESSAGE(intake, add_piece),        "the next piece and no other; one that is there already changes nothing"},
    {MESSAGE(intake, view_scan),        "looks, and decides nothing"},
    {MESSAGE(intake, take_ticket),      "adds one"},
    {MESSAGE(intake, leave_queue),      "the ticket waits, or is over already"},
    {MESSAGE(intake, take_question),    "adds one"},
    {MESSAGE(intake, answer_question),  "a question that was answered or sent on meanwhile is refused"},
    {MESSAGE(intake, send_question_on), "a question that was answered or sent on meanwhile is refused"},
    {MESSAGE(intake, give_question_up), "a question that was answered or sent on meanwhile is refused"},
    {MESSAGE(intake, call_next),        "the hall chooses who is next, not who asks"},
    {MESSAGE(intake, call_again),       "of a ticket that is this window's: nobody else moves it"},
    {MESSAGE(intake, pass_over),        "of a ticket that is this window's: nobody else moves it"},
    {MESSAGE(intake, finish_ticket),    "of a ticket that is this window's: nobody else moves it"},
    {MESSAGE(intake, transfer_ticket),  "of a ticket that is this window's: nobody else moves it"},

    {MESSAGE(routing, decide),        "names the stage that it is meant for; parallel departments decide independently"},
    {MESSAGE(routing, take_task),     "takes nothing from the case; also from a colleague, who may take it back"},
    {MESSAGE(routing, release_tasks), "whatever he still has is released"},

    {MESSAGE(supervision, press),       "a reminder: the case stays as it is"},
    {MESSAGE(supervision, answer_card), "names the task and the level of the card, which never change"},

    {MESSAGE(gateway, sign_in),               "about oneself"},
    {MESSAGE(gateway, sign_out),              "about oneself"},
    {MESSAGE(gateway, end_session),           "names a session, which ends or is over"},
    {MESSAGE(gateway, change_password),       "says the present password"},
    {MESSAGE(gateway, begin_second_factor),   "says the present password"},
    {MESSAGE(gateway, confirm_second_factor), "says a code of the secret that was shown"},
    {MESSAGE(gateway, take_away_second_factor), "the factor is there, or gone already"},
    {MESSAGE(gateway, reset_password),        "another one-time password; what was there before does not matter"},
    {MESSAGE(gateway, add_person),            "adds one; a name that is taken is refused"},
    {MESSAGE(gateway, add_token),             "adds one; a name that is taken is refused"},
    {MESSAGE(gateway, revoke_token),          "the token is there, or gone already"},
    {MESSAGE(gateway, add_notice),            "adds one"},
    {MESSAGE(gateway, remove_notice),         "the notice is there, or gone already"},
};
/* clang-format on */

enum { EXCEPTIONS = sizeof exceptions / sizeof exceptions[0] };

static bool says_what_was_shown(const ProtobufCMessageDescriptor *command)
{
    return protobuf_c_message_descriptor_get_field_by_name(command, "shown_revision") != NULL;
}

static int exception_of(const ProtobufCMessageDescriptor *command)
{
    for (int i = 0; i < EXCEPTIONS; i++)
        if (exceptions[i].command == command)
            return i;
    return -1;
}

/* 1 if the command breaks the rule. */
static int walk(const ProtobufCMessageDescriptor *command, bool met[EXCEPTIONS])
{
    int exception = exception_of(command);
    if (exception >= 0)
        met[exception] = true;
    if (says_what_was_shown(command) != (exception >= 0))
        return 0;
    print_error("%s: %s\n", command->name,
                exception >= 0 ? "says what was shown, and is an exception"
                               : "has no shown_revision, and no reason stands in this file");
    return 1;
}

static void every_command_says_what_it_was_decided_on_or_why_not(void **state)
{
    const struct route *const services[] = {intake_routes, routing_routes, charging_routes,
                                            supervision_routes};
    bool met[EXCEPTIONS] = {false};
    int broken = 0;
    (void)state;
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        for (const struct route *route = services[i]; route->message != NULL; route++)
            broken += walk(route->message, met);
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        if (route_is_unsafe(route) && route->asked != ASKED_QUERY && route->request != NULL)
            broken += walk(route->request, met);
    for (int i = 0; i < EXCEPTIONS; i++)
        if (!met[i])
            fail_msg("%s is an exception, and no command", exceptions[i].command->name);
    assert_int_equal(0, broken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_says_what_it_was_decided_on_or_why_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
