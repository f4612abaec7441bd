/* SPDX-License-Identifier: Apache-2.0 */
/* invariants.c: the list of the invariants, and the loop that checks them. */
#include "programs/verify/verify.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/base/program.h"
#include "common/postgres/pgadmin.h"

static const struct {
    const char *words;
    void (*check)(struct verify *);
} invariants[] = {
    {"what was acknowledged is done, once", verify_commands},
    {"journals are gapless, in order and chained", verify_journals},
    {"followers equal a replay of the journals", verify_replay},
    {"every case is in one state, and came there by the moves table", verify_history},
    {"a stage is done when, and only when, its tasks are", verify_stages},
    {"used, paused and non-working time make up the time elapsed", verify_clocks},
    {"debits equal credits, orders equal their lines", verify_books},
    {"rollups equal counts over the dossiers", verify_rollups},
    {"cursors stand at events, and each number up to its counter was given out once or left out",
     verify_numbers},
    {"nothing was said later than now, but by a clock that an operator had to accept",
     verify_instants},
    {"a ticket waits in one queue, and one at most is at a window", verify_tickets},
    {"every piece of every scan is there, and its hash is right", verify_scans},
};

enum { INVARIANTS = sizeof invariants / sizeof invariants[0] };

void verify_broken(struct verify *verify, const char *format, ...)
{
    va_list arguments;
    if (verify->finding->broken++ > 0)
        return;
    va_start(arguments, format);
    vsnprintf(verify->finding->first, FIRST_BYTES, format, arguments);
    va_end(arguments);
}

struct asked {
    struct verify *verify;
    const char *rule;
};

static void take_offender(void *context, const char *who)
{
    const struct asked *asked = context;
    verify_broken(asked->verify, "%s: %s", who, asked->rule);
}

void verify_ask(struct verify *verify, const struct question *questions, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct asked asked = {verify, questions[i].rule};
        pgadmin_texts(verify->conn, questions[i].offenders, PARAMS(P_I16(verify->centre)),
                      take_offender, &asked);
    }
}

static void begin_snapshot(PGconn *conn)
{
    pgadmin_do(conn, "begin isolation level repeatable read read only");
    pgadmin_do(conn, "set local timezone = 'UTC'");
    /* A new hall has no statistics yet, and whole tables are joined here: never row by row. */
    pgadmin_do(conn, "set local enable_nestloop = off");
    pgadmin_do(conn, "set local work_mem = '64MB'");
}

int verify_run(struct verify *verify, bool json)
{
    struct finding findings[INVARIANTS] = {0};
    int broken = 0;
    begin_snapshot(verify->conn);
    verify_read_corrections(verify);
    for (int i = 0; i < INVARIANTS; i++) {
        findings[i].no = i + 1;
        findings[i].invariant = invariants[i].words;
        verify->finding = &findings[i];
        invariants[i].check(verify);
        broken += findings[i].broken > 0;
        if (!json)
            print_line(&findings[i]);
    }
    if (json)
        print_json(findings, INVARIANTS);
    return broken == 0 ? PROGRAM_OK : PROGRAM_FAILED;
}
