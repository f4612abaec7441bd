/* SPDX-License-Identifier: Apache-2.0 */
/* Visitors take tickets and are called to windows: who, by whom, in which order, and until when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/ticket_desk.h"

static void a_visitor_takes_a_ticket_is_called_and_served(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeTicketReply *reply;
    assert_done(take(hall, &PUBLIC, "FPC-02", 0, &reply));
    assert_int_equal(1, reply->number);
    assert_string_equal("FPC", reply->queue);
    assert_int_equal(0, reply->before);
    assert_int_equal(25, strlen(reply->code));
    assert_done(take(hall, &PUBLIC, "FPC-02", 0, &reply));
    assert_int_equal(1, reply->before);
    assert_int_equal(10, reply->forecast_min);

    world_clock(hall, at(1, 13, 9, 40));
    assert_int_equal(1, called(hall, &FPC_CLERK));
    assert_ticket(CALLED, ticket(hall, "FPC", 1));
    assert_int_equal(6, ticket(hall, "FPC", 1)->window);
    world_clock(hall, at(1, 13, 9, 45));
    assert_int_equal(2, called(hall, &FPC_CLERK)); /* and number 1 is served with it */
    assert_ticket(SERVED, ticket(hall, "FPC", 1));
    assert_done(finish_ticket(hall, &FPC_CLERK, 2));
    assert_ticket(SERVED, ticket(hall, "FPC", 2));
    assert_refused(NOBODY_WAITS, call_next(hall, &FPC_CLERK, NULL));
}

static void the_journal_says_how_long_each_waited_and_took(void **state)
{
    struct world *hall = *state;
    struct arena *arena = world_arena(hall);
    number_for(hall, "FPC-02", 0);
    world_clock(hall, at(1, 13, 9, 40));
    called(hall, &FPC_CLERK);
    assert_done(call_again(hall, &FPC_CLERK, 1));
    const Onedoor__Intake__TicketCalled *said =
        heard(hall, &onedoor__intake__ticket_called__descriptor, 0, arena);
    assert_false(said->first);
    assert_int_equal(2, said->calls);
    world_clock(hall, at(1, 13, 9, 47));
    assert_int_equal(0, called(hall, &FPC_CLERK));
    const Onedoor__Intake__TicketOver *over =
        heard(hall, &onedoor__intake__ticket_over__descriptor, 0, arena);
    assert_int_equal(ONEDOOR__INTAKE__TICKET_STATE__SERVED, over->state);
    assert_string_equal("FPC-02", over->item);
    assert_int_equal(7 * 60000, over->handled_ms);
    assert_int_equal(2, world_said(hall, "intake.TicketCalled", 0));
}

static void a_queue_has_all_windows_of_its_department(void **state)
{
    struct world *hall = *state;
    open_second_window(hall);
    for (int i = 0; i < 3; i++)
        number_for(hall, i < 2 ? "FPC-02" : "FPC-01", 0);
    assert_int_equal(1, called(hall, &FPC_CLERK));
    assert_int_equal(2, called(hall, &FPC_OTHER));
    assert_int_equal(3, called(hall, &FPC_OTHER));
    assert_ticket(CALLED, ticket(hall, "FPC", 1)); /* each window serves its own */
    assert_ticket(SERVED, ticket(hall, "FPC", 2));
}

static void a_ticket_for_a_window_waits_for_that_one(void **state)
{
    struct world *hall = *state;
    open_second_window(hall);
    number_for(hall, "", (int32_t)FPC_OTHER.window);
    assert_refused(NOBODY_WAITS, call_next(hall, &FPC_CLERK, NULL));
    assert_int_equal(1, called(hall, &FPC_OTHER));
}

static void a_window_that_closes_leaves_nobody_behind(void **state)
{
    struct world *hall = *state;
    open_second_window(hall);
    number_for(hall, "", (int32_t)FPC_OTHER.window);
    number_for(hall, "", (int32_t)FPC_OTHER.window);
    assert_int_equal(1, called(hall, &FPC_OTHER));
    assert_refused(WINDOW_IN_USE, ask_window(hall, (int32_t)FPC_OTHER.window, false));
    assert_done(finish_ticket(hall, &FPC_OTHER, 1));
    set_window(hall, (int32_t)FPC_OTHER.window, false);
    assert_int_equal(2, called(hall, &FPC_CLERK));
}

static void the_charging_window_has_a_queue_too(void **state)
{
    struct world *hall = *state;
    number_for(hall, "", 31);
    assert_int_equal(1, called(hall, &CASHIER));
    assert_non_null(ticket(hall, "charging", 1));
}

static void nobody_takes_a_ticket_for_what_is_not_served(void **state)
{
    struct world *hall = *state;
    assert_refused(UNKNOWN_ITEM, take(hall, &PUBLIC, "FPC-99", 0, NULL));
    assert_refused(UNKNOWN_WINDOW, take(hall, &PUBLIC, "", 99, NULL));
    assert_refused(UNKNOWN_WINDOW, take(hall, &PUBLIC, "", 33, NULL)); /* an office */
    assert_refused(UNKNOWN_WINDOW, take(hall, &PUBLIC, "", 32, NULL)); /* complaints */
    assert_refused(WINDOW_CLOSED, take(hall, &PUBLIC, "", 27, NULL));
    assert_refused(FIELD_MISSING, take(hall, &PUBLIC, "", 0, NULL));
    assert_refused(FIELD_MISSING, take(hall, &PUBLIC, "FPC-02", 6, NULL));
    set_window(hall, 6, false);
    assert_refused(NO_OPEN_WINDOW, take(hall, &PUBLIC, "FPC-02", 0, NULL));
    assert_int_equal(1, number_for(hall, "SAN-01", 0)); /* no number was given out */
    assert_int_equal(2, number_for(hall, "", 30));      /* RULE H6: the consultation desk */
}

static void tickets_are_given_out_in_the_hall_s_hours(void **state)
{
    static const struct {
        int month, day, hour, minute;
        bool open;
    } cases[] = {{1, 14, 8, 59, false}, {1, 14, 9, 0, true},   {1, 14, 12, 30, true},
                 {1, 14, 16, 59, true}, {1, 14, 17, 0, false}, {1, 15, 10, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct world *hall = *state;
        world_clock(hall, at(cases[i].month, cases[i].day, cases[i].hour, cases[i].minute));
        if (cases[i].open)
            assert_done(take(hall, &PUBLIC, "FPC-02", 0, NULL));
        else
            assert_refused(HALL_CLOSED, take(hall, &PUBLIC, "FPC-02", 0, NULL));
    }
    world_restart(*state, "intake", "tickets_in_hours", "no");
    assert_done(take(*state, &PUBLIC, "FPC-02", 0, NULL));
}

static void so_many_wait_in_a_queue_and_no_more(void **state)
{
    struct world *hall = *state;
    world_restart(hall, "intake", "tickets_queue_most", "2");
    for (int i = 0; i < 2; i++)
        number_for(hall, "FPC-02", 0);
    assert_refused(QUEUE_FULL, take(hall, &PUBLIC, "FPC-02", 0, NULL));
    number_for(hall, "SAN-01", 0); /* another queue has room */
    called(hall, &FPC_CLERK);
    assert_done(pass_over(hall, &FPC_CLERK, 1)); /* he waits still */
    assert_refused(QUEUE_FULL, take(hall, &PUBLIC, "FPC-02", 0, NULL));
    called(hall, &FPC_CLERK);
    assert_done(take(hall, &PUBLIC, "FPC-02", 0, NULL));
}

static void a_queue_gives_out_so_many_tickets_a_day(void **state)
{
    struct world *hall = *state;
    world_restart(hall, "intake", "tickets_day_most", "2");
    for (int i = 0; i < 2; i++) {
        number_for(hall, "FPC-02", 0);
        called(hall, &FPC_CLERK);
    }
    assert_refused(TICKETS_GIVEN_OUT, take(hall, &PUBLIC, "FPC-02", 0, NULL));
    world_clock(hall, at(1, 14, 9, 0));
    assert_int_equal(1, number_for(hall, "FPC-02", 0));
}

/* RULE H9: first in every queue, where the hall marks it. */
static void priority_and_the_fast_lane_go_first(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeTicket message = ONEDOOR__INTAKE__TAKE_TICKET__INIT;
    number_for(hall, "FPC-02", 0);
    message.item = "FPC-02";
    message.fast_lane = true;
    assert_refused(NOT_ALLOWED, world_command(hall, &PUBLIC, &message.base, NULL));
    assert_done(world_command(hall, &DESK, &message.base, NULL));
    message.fast_lane = false;
    message.priority = true;
    assert_done(world_command(hall, &PUBLIC, &message.base, NULL));
    assert_int_equal(3, called(hall, &FPC_CLERK));
    assert_int_equal(2, called(hall, &FPC_CLERK));
    assert_int_equal(1, called(hall, &FPC_CLERK));
}

static void who_does_not_come_is_called_again_and_then_no_more(void **state)
{
    struct world *hall = *state;
    for (int i = 0; i < 5; i++)
        number_for(hall, "FPC-02", 0);
    assert_int_equal(1, called(hall, &FPC_CLERK));
    assert_done(pass_over(hall, &FPC_CLERK, 1));
    for (int32_t n = 2; n < 5; n++)
        assert_int_equal(n, called(hall, &FPC_CLERK));
    assert_int_equal(1, called(hall, &FPC_CLERK));
    assert_done(pass_over(hall, &FPC_CLERK, 1));
    assert_ticket(GONE, ticket(hall, "FPC", 1));
    assert_refused(TICKET_OVER, call_again(hall, &FPC_CLERK, 1));
    assert_int_equal(5, called(hall, &FPC_CLERK));
}

static void who_comes_after_all_is_called_from_the_list(void **state)
{
    struct world *hall = *state;
    for (int i = 0; i < 3; i++)
        number_for(hall, "FPC-02", 0);
    called(hall, &FPC_CLERK);
    assert_done(pass_over(hall, &FPC_CLERK, 1));
    assert_int_equal(2, called(hall, &FPC_CLERK));
    assert_done(call_again(hall, &FPC_CLERK, 1));
    assert_ticket(CALLED, ticket(hall, "FPC", 1));
    assert_ticket(SERVED, ticket(hall, "FPC", 2));
    assert_refused(TICKET_ELSEWHERE, call_again(hall, &FPC_CLERK, 3)); /* he has not been called */
}

static void a_ticket_is_transferred_with_its_number(void **state)
{
    struct world *hall = *state;
    number_for(hall, "SAN-01", 0);
    number_for(hall, "FPC-02", 0);
    number_for(hall, "SAN-01", 0);
    called(hall, &FPC_CLERK);
    assert_refused(UNKNOWN_ITEM, transfer(hall, &FPC_CLERK, 2, "XYZ-01", 0));
    assert_done(transfer(hall, &FPC_CLERK, 2, "SAN-01", 0));
    assert_ticket(TRANSFERRED, ticket(hall, "FPC", 2));
    assert_ticket(WAITING, ticket(hall, "SAN", 2));
    assert_refused(TICKET_ELSEWHERE, finish_ticket(hall, &FPC_CLERK, 2));
    assert_int_equal(1, called(hall, &SAN_CLERK));
    assert_int_equal(2, called(hall, &SAN_CLERK));
    assert_done(transfer(hall, &SAN_CLERK, 2, "FPC-02", 0)); /* and back */
    assert_ticket(WAITING, ticket(hall, "FPC", 2));
    assert_int_equal(2, called(hall, &FPC_CLERK));
    assert_int_equal(3, called(hall, &SAN_CLERK));
}

static void a_ticket_goes_to_another_window_of_its_queue(void **state)
{
    struct world *hall = *state;
    open_second_window(hall);
    number_for(hall, "FPC-02", 0);
    called(hall, &FPC_CLERK);
    assert_done(transfer(hall, &FPC_CLERK, 1, "", (int32_t)FPC_OTHER.window));
    assert_ticket(WAITING, ticket(hall, "FPC", 1));
    assert_refused(NOBODY_WAITS, call_next(hall, &FPC_CLERK, NULL));
    assert_int_equal(1, called(hall, &FPC_OTHER));
}

/* RULE H1 */
static void tickets_are_called_from_a_window_of_one_s_own(void **state)
{
    const struct actor away = {"f", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 0},
                       elsewhere = {"f", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 10};
    struct world *hall = *state;
    number_for(hall, "FPC-02", 0);
    assert_refused(UNKNOWN_WINDOW, call_next(hall, &away, NULL));
    assert_refused(UNKNOWN_WINDOW, call_next(hall, &elsewhere, NULL));
    assert_refused(NOT_ALLOWED, call_next(hall, &PUBLIC, NULL));
    assert_refused(UNKNOWN_TICKET, pass_over(hall, &SAN_CLERK, 1));
    open_second_window(hall);
    called(hall, &FPC_CLERK);
    assert_refused(TICKET_ELSEWHERE, pass_over(hall, &FPC_OTHER, 1));
    assert_refused(TICKET_ELSEWHERE, call_again(hall, &FPC_OTHER, 1));
}

/* Also when the hall was down at midnight: the first tick afterwards ends them. */
static void nobody_waits_over_night_and_numbers_begin_anew(void **state)
{
    struct world *hall = *state;
    for (int i = 0; i < 3; i++)
        number_for(hall, "FPC-02", 0);
    called(hall, &FPC_CLERK);
    world_clock(hall, at(1, 13, 23, 59));
    world_settle(hall);
    assert_ticket(WAITING, ticket(hall, "FPC", 3));
    assert_refused(HALL_CLOSED, take(hall, &PUBLIC, "FPC-02", 0, NULL));
    world_clock(hall, at(1, 14, 9, 0));
    assert_int_equal(1, number_for(hall, "FPC-02", 0));
    world_settle(hall);
    assert_ticket(SERVED, ticket(hall, "FPC", 1));
    assert_ticket(GONE, ticket(hall, "FPC", 3));
    assert_int_equal(3, world_said(hall, "intake.TicketOver", 0));
    assert_int_equal(1, called(hall, &FPC_CLERK));
    assert_refused(NOBODY_WAITS,
                   (finish_ticket(hall, &FPC_CLERK, 1), call_next(hall, &FPC_CLERK, NULL)));
}

static void the_same_request_gives_out_one_number(void **state)
{
    struct world *hall = *state;
    unsigned char id[16] = {7};
    ProtobufCMessage *first, *again;
    Onedoor__Intake__TakeTicket message = ONEDOOR__INTAKE__TAKE_TICKET__INIT;
    message.item = "FPC-02";
    assert_done(world_command_id(hall, id, &PUBLIC, &message.base, &first));
    assert_done(world_command_id(hall, id, &PUBLIC, &message.base, &again));
    assert_int_equal(((Onedoor__Intake__TakeTicketReply *)first)->number,
                     ((Onedoor__Intake__TakeTicketReply *)again)->number);
    assert_int_equal(2, number_for(hall, "FPC-02", 0));
}

static void whoever_holds_a_ticket_gives_it_up(void **state)
{
    struct world *hall = *state;
    Onedoor__Intake__TakeTicketReply *first, *second;
    assert_done(take(hall, &PUBLIC, "FPC-02", 0, &first));
    assert_done(take(hall, &PUBLIC, "FPC-02", 0, &second));
    assert_refused(UNKNOWN_TICKET, leave(hall, first->code, "SAN"));
    assert_refused(UNKNOWN_TICKET, leave(hall, first->code, "nobody"));
    assert_refused(UNKNOWN_TICKET, leave(hall, "220113001aaaaaaaaaaaaaaaa", "FPC"));
    assert_done(leave(hall, first->code, "FPC"));
    assert_ticket(GONE, ticket(hall, "FPC", 1));
    assert_int_equal(2, called(hall, &FPC_CLERK));
    assert_refused(TICKET_ELSEWHERE, leave(hall, second->code, "FPC")); /* he is at the window */
    assert_refused(TICKET_OVER, leave(hall, first->code, "FPC"));
    world_clock(hall, at(1, 14, 9, 0));
    assert_refused(UNKNOWN_TICKET, leave(hall, second->code, "FPC"));
}

/* The case that is taken in at the window names the ticket that was called to it. */
static void a_case_names_its_ticket(void **state)
{
    struct world *hall = *state;
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    number_for(hall, "FPC-02", 0);
    apply_with(hall, &application, "FPC-02", 99);
    application.submit.ticket = 1;
    assert_refused(TICKET_ELSEWHERE, submit(hall, &FPC_CLERK, &application, NULL));
    called(hall, &FPC_CLERK);
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    assert_int_equal(1, stored(hall, reply->case_number)->ticket);
    const Onedoor__Intake__CaseReceived *said = heard(
        hall, &onedoor__intake__case_received__descriptor, reply->case_number, world_arena(hall));
    assert_int_equal(1, said->ticket);
    application.submit.ticket = 2;
    assert_refused(UNKNOWN_TICKET, submit(hall, &FPC_CLERK, &application, NULL));
    application.submit.ticket = 0;
    assert_done(submit(hall, &FPC_CLERK, &application, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_visitor_takes_a_ticket_is_called_and_served),
        HALL_TEST(the_journal_says_how_long_each_waited_and_took),
        HALL_TEST(a_queue_has_all_windows_of_its_department),
        HALL_TEST(a_ticket_for_a_window_waits_for_that_one),
        HALL_TEST(a_window_that_closes_leaves_nobody_behind),
        HALL_TEST(the_charging_window_has_a_queue_too),
        HALL_TEST(nobody_takes_a_ticket_for_what_is_not_served),
        HALL_TEST(tickets_are_given_out_in_the_hall_s_hours),
        HALL_TEST(so_many_wait_in_a_queue_and_no_more),
        HALL_TEST(a_queue_gives_out_so_many_tickets_a_day),
        HALL_TEST(priority_and_the_fast_lane_go_first),
        HALL_TEST(who_does_not_come_is_called_again_and_then_no_more),
        HALL_TEST(who_comes_after_all_is_called_from_the_list),
        HALL_TEST(a_ticket_is_transferred_with_its_number),
        HALL_TEST(a_ticket_goes_to_another_window_of_its_queue),
        HALL_TEST(tickets_are_called_from_a_window_of_one_s_own),
        HALL_TEST(nobody_waits_over_night_and_numbers_begin_anew),
        HALL_TEST(the_same_request_gives_out_one_number),
        HALL_TEST(whoever_holds_a_ticket_gives_it_up),
        HALL_TEST(a_case_names_its_ticket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
