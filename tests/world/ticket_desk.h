/* SPDX-License-Identifier: Apache-2.0 */
/* ticket_desk.h: visitors with tickets, and the windows that call them, for the tests of both.
 * Include after cmocka.h. */
#ifndef TESTS_TICKET_DESK_H
#define TESTS_TICKET_DESK_H

#include "services/intake/ticket_row.h"
#include "tests/world/intake_desk.h"

static const struct actor FPC_OTHER = {"f40", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 40};

static inline struct outcome take(struct world *hall, const struct actor *actor, const char *item,
                                  int32_t window, Onedoor__Intake__TakeTicketReply **reply)
{
    Onedoor__Intake__TakeTicket message = ONEDOOR__INTAKE__TAKE_TICKET__INIT;
    message.item = (char *)item;
    message.window = window;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

static inline int32_t number_for(struct world *hall, const char *item, int32_t window)
{
    Onedoor__Intake__TakeTicketReply *reply;
    assert_done(take(hall, &PUBLIC, item, window, &reply));
    return reply->number;
}

static inline struct outcome call_next(struct world *hall, const struct actor *actor,
                                       Onedoor__Intake__CallNextReply **reply)
{
    Onedoor__Intake__CallNext message = ONEDOOR__INTAKE__CALL_NEXT__INIT;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

/* The number that is called; 0: nobody. */
static inline int32_t called(struct world *hall, const struct actor *actor)
{
    Onedoor__Intake__CallNextReply *reply;
    assert_done(call_next(hall, actor, &reply));
    return reply->ticket == NULL ? 0 : reply->ticket->number;
}

static inline struct outcome call_again(struct world *hall, const struct actor *actor,
                                        int32_t number)
{
    Onedoor__Intake__CallAgain message = ONEDOOR__INTAKE__CALL_AGAIN__INIT;
    message.number = number;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome pass_over(struct world *hall, const struct actor *actor,
                                       int32_t number)
{
    Onedoor__Intake__PassOver message = ONEDOOR__INTAKE__PASS_OVER__INIT;
    message.number = number;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome finish_ticket(struct world *hall, const struct actor *actor,
                                           int32_t number)
{
    Onedoor__Intake__FinishTicket message = ONEDOOR__INTAKE__FINISH_TICKET__INIT;
    message.number = number;
    return world_command(hall, actor, &message.base, NULL);
}

static inline struct outcome transfer(struct world *hall, const struct actor *actor, int32_t number,
                                      const char *item, int32_t window)
{
    Onedoor__Intake__TransferTicket message = ONEDOOR__INTAKE__TRANSFER_TICKET__INIT;
    message.number = number;
    message.item = (char *)item;
    message.window = window;
    return world_command(hall, actor, &message.base, NULL);
}

static inline const struct ticket_row *ticket(struct world *hall, const char *queue, int32_t number)
{
    return world_row(
        hall, "intake", &intake_ticket_table,
        &(struct ticket_row){
            .centre = 1, .day = day_from_ymd(2022, 1, 13).n, .queue = queue, .number = number});
}

static inline struct outcome ask_window(struct world *hall, int32_t window, bool open)
{
    Onedoor__Intake__SetWindow message = ONEDOOR__INTAKE__SET_WINDOW__INIT;
    message.window = window;
    message.department = "FPC";
    message.name_zh = "窗口";
    message.name_en = "Window";
    message.open = open;
    return world_command(hall, &MANAGER, &message.base, NULL);
}

static inline void set_window(struct world *hall, int32_t window, bool open)
{
    assert_done(ask_window(hall, window, open));
}

static inline void open_second_window(struct world *hall)
{
    set_window(hall, (int32_t)FPC_OTHER.window, true);
}

#define assert_ticket(what, row) assert_int_equal(TICKET_##what, (row)->state)

static inline struct outcome leave(struct world *hall, const char *code, const char *queue)
{
    Onedoor__Intake__LeaveQueue message = ONEDOOR__INTAKE__LEAVE_QUEUE__INIT;
    message.code = (char *)code;
    message.queue = (char *)queue;
    return world_command(hall, &PUBLIC, &message.base, NULL);
}

#endif
