/* SPDX-License-Identifier: Apache-2.0 */
/* tickets.c: invariant 11. Tickets in their queues, and the cases that name one. */
#include "common/postgres/pgadmin.h"
#include "programs/verify/verify.h"

/* clang-format off */

/* 1 waiting, 2 called, 3 passed over, 4 transferred, 5 served, 6 gone */
static const struct question ticket_questions[] = {
    {"it waits in no queue, or in two",
     "select day || ' ' || number from intake.ticket where centre = $1 group by day, number"
     " having count(*) filter (where state <> 4) <> 1"},
    {"it waits, and its day has no end; or it is over, and its day has one",
     "select day || ' ' || number from intake.ticket where centre = $1"
     " and (state in (1, 2, 3)) <> (ends_at is not null)"},
    {"two tickets are there at once",
     "select 'window ' || window_no from intake.ticket where centre = $1 and state = 2"
     " group by day, window_no having count(*) > 1"},
    {"this call of the queue has two tickets",
     "select day || ' ' || queue || ' ' || call_no from intake.ticket"
     " where centre = $1 and call_no > 0 group by day, queue, call_no having count(*) > 1"},
    {"it names a ticket that there was not on its day",
     "select c.number from intake.cases c where c.centre = $1 and c.ticket > 0 and not exists"
     " (select from intake.ticket t where t.centre = c.centre and t.number = c.ticket"
     " and to_char(t.day, 'YYMMDD') = left(c.number::text, 6))"},
};

/* clang-format on */

void verify_tickets(struct verify *verify)
{
    verify->finding->things = "tickets";
    verify->finding->checked = pgadmin_number(
        verify->conn, "select count(distinct (day, number)) from intake.ticket where centre = $1",
        PARAMS(P_I16(verify->centre)));
    VERIFY_ASK(verify, ticket_questions);
}
