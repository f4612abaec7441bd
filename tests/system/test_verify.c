/* SPDX-License-Identifier: Apache-2.0 */
/* Each invariant is broken by hand in the database of a hall that was in order, and onedoor-verify
 * says which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/system/simulation.h"

#define YEAR "--cases 60 --seed 11"

#define FIRST_DELIVERED                                                                            \
    "number = (select min(number) from intake.cases where delivered_at is not null)"
#define FIRST_FLOW    "case_number = (select min(case_number) from routing.flow)"
#define FIRST_DOSSIER "case_number = (select min(case_number) from reporting.dossier)"
#define FIRST_TASK                                                                                 \
    "(case_number, no) = (select case_number, no from routing.task where decided_by is not null "  \
    "order by 1, 2 limit 1)"

/* What is done to the database, and how it is put right again. */
static const struct damage {
    int invariant;
    const char *done, *undone;
} damages[] = {
    {1, "update routing.command set reply = reply || '\\x00'",
     "update routing.command set reply = substr(reply, 1, length(reply) - 1)"},
    {1, "update charging.receipt set number = -number where number = 1",
     "update charging.receipt set number = -number where number = -1"},
    {2, "update routing.journal set actor = actor || 'x' where seq = 5",
     "update routing.journal set actor = left(actor, -1) where seq = 5"},
    {2, "update intake.journal_head set seq = seq + 1",
     "update intake.journal_head set seq = seq - 1"},
    {3, "update reporting.dossier set summary = summary || '!' where " FIRST_DOSSIER,
     "update reporting.dossier set summary = left(summary, -1) where " FIRST_DOSSIER},
    {3, "update supervision.card set used_min = used_min + 1",
     "update supervision.card set used_min = used_min - 1"},
    {4, "update intake.cases set state = 12 where " FIRST_DELIVERED,
     "update intake.cases set state = 11 where " FIRST_DELIVERED},
    {5, "update routing.task set state = 1 where " FIRST_TASK,
     "update routing.task set state = 2 where " FIRST_TASK},
    {5, "update routing.task set stage = stage + 1 where " FIRST_TASK,
     "update routing.task set stage = stage - 1 where " FIRST_TASK},
    /* RULE H21: who has a task, and nobody else */
    {5, "update intake.involved set department = department || 'X'",
     "update intake.involved set department = left(department, -1)"},
    {6, "update routing.flow set used_min = used_min + 1 where " FIRST_FLOW,
     "update routing.flow set used_min = used_min - 1 where " FIRST_FLOW},
    {6, "update routing.pause set from_at = from_at - interval '1 day'",
     "update routing.pause set from_at = from_at + interval '1 day'"},
    {7, "update charging.entry set debit_fen = debit_fen + 1 where posting = 1 and no = 1",
     "update charging.entry set debit_fen = debit_fen - 1 where posting = 1 and no = 1"},
    {7, "update charging.order_line set amount_fen = amount_fen + 1",
     "update charging.order_line set amount_fen = amount_fen - 1"},
    {8, "update reporting.rollup set received = received + 1000 where received > 0",
     "update reporting.rollup set received = received - 1000 where received > 1000"},
    {8, "update reporting.rollup set granted = granted + 1000 where span = 2 and granted > 0",
     "update reporting.rollup set granted = granted - 1000 where span = 2 and granted > 1000"},
    {8, "update reporting.tally set day = day + 1 where figure = 1 and " FIRST_DOSSIER,
     "update reporting.tally set day = day - 1 where figure = 1 and " FIRST_DOSSIER},
    {8, "update reporting.standing set state = state + 20",
     "update reporting.standing set state = state - 20"},
    {9, "update routing.cursor set seq = seq + 100000",
     "update routing.cursor set seq = seq - 100000"},
    {9, "update supervision.cursor set epoch = epoch + 1",
     "update supervision.cursor set epoch = epoch - 1"},
    {9, "update charging.counter set value = value - 1 where name = 'receipt'",
     "update charging.counter set value = value + 1 where name = 'receipt'"},
    {9, "update intake.counter set value = value + 1 where name like 'case %'",
     "update intake.counter set value = value - 1 where name like 'case %'"},
    {9, "insert into charging.skipped values (1, 'order', 1, 1, now())",
     "delete from charging.skipped"},
};

static int make(void **state)
{
    static struct hall hall;
    char result[RESULT_BYTES];
    simulation_hall(&hall);
    *state = &hall;
    return simulation_run(&hall, YEAR, result);
}

static int clear_away(void **state)
{
    simulation_destroy(*state);
    return 0;
}

static void a_hall_in_order_is_found_in_order(void **state)
{
    char findings[RESULT_BYTES];
    assert_int_equal(0, simulation_verify(*state, findings));
    assert_null(strstr(findings, "BROKEN"));
    assert_non_null(strstr(findings, "\nok 9 "));
}

static void each_broken_invariant_is_named(void **state)
{
    PGconn *conn = hall_connect(*state, "admin");
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        char findings[RESULT_BYTES], named[16];
        snprintf(named, sizeof named, "BROKEN %d ", damages[i].invariant);
        hall_do(conn, damages[i].done);
        int status = simulation_verify(*state, findings);
        hall_do(conn, damages[i].undone);
        if (status != 1 || strstr(findings, named) == NULL)
            fail_msg("not found: %s\n%s", damages[i].done, findings);
    }
    PQfinish(conn);
}

static void a_hall_put_right_is_in_order_again(void **state)
{
    char findings[RESULT_BYTES];
    assert_int_equal(0, simulation_verify(*state, findings));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hall_in_order_is_found_in_order),
        cmocka_unit_test(each_broken_invariant_is_named),
        cmocka_unit_test(a_hall_put_right_is_in_order_again),
    };
    return cmocka_run_group_tests(tests, make, clear_away);
}
