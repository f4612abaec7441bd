/* SPDX-License-Identifier: Apache-2.0 */
/* clocks.c: invariant 6. For every clock of a case and of a branch, the minutes used and the
 * minutes paused add up to the working minutes between its start and its last change, by the
 * calendar. And the paused minutes of a case are those of its recorded pauses, with overlaps
 * counted once. */
#include <string.h>

#include "common/postgres/pgadmin.h"
#include "common/values/case_number.h"
#include "common/values/clock.h"
#include "programs/verify/verify.h"
#include "services/routing/rows.h"

/* When the clock was last brought up to date. */
static int64_t touched_ms(const struct clock *clock)
{
    if (clock->stopped_ms != 0)
        return clock->stopped_ms;
    return clock->running_since_ms != 0 ? clock->running_since_ms : clock->paused_since_ms;
}

static int64_t worked(const struct verify *verify, int64_t from_ms, int64_t to_ms)
{
    return to_ms <= from_ms ? 0 : calendar_worked(&verify->calendar, from_ms, to_ms);
}

static void check_clock(struct verify *verify, int64_t case_number, int no,
                        const struct clock *clock)
{
    char text[CASE_NUMBER_TEXT_SIZE];
    int states =
        (clock->stopped_ms != 0) + (clock->running_since_ms != 0) + (clock->paused_since_ms != 0);
    int64_t elapsed = worked(verify, clock->started_ms, touched_ms(clock));
    verify->finding->checked++;
    if (states != 1)
        verify_broken(
            verify,
            "%s, task %d: its clock neither runs, stands nor has stopped, or does two of these",
            case_number_format(case_number, text), no);
    else if (clock->used_min + clock->paused_min != elapsed &&
             !(clock->stopped_ms != 0 &&
               verify_is_counted_before(verify, clock->started_ms, clock->stopped_ms)))
        verify_broken(verify,
                      "%s, task %d: %d used + %d paused are not the %lld working minutes elapsed",
                      case_number_format(case_number, text), no, clock->used_min, clock->paused_min,
                      (long long)elapsed);
    else if ((clock->paused_since_ms != 0) != (clock->open_pauses > 0) && clock->stopped_ms == 0)
        verify_broken(verify, "%s, task %d: it is stopped without a pause, or runs through one",
                      case_number_format(case_number, text), no);
}

static void check_flow(void *context, void *row)
{
    const struct flow_row *flow = row;
    check_clock(context, flow->case_number, 0, &flow->clock);
}

static void check_task(void *context, void *row)
{
    const struct task_row *task = row;
    check_clock(context, task->case_number, task->no, &task->clock);
}

/* ---- the pauses of a case, one after the other */

struct stretch {
    struct verify *verify;
    int64_t case_number;
    int64_t end_ms; /* how far its pauses have been counted */
    int64_t counted_min;
    int64_t ledger_min;
    bool counted_before; /* it ended before a day of it was corrected */
};

static void end_case(struct stretch *s)
{
    char text[CASE_NUMBER_TEXT_SIZE];
    if (s->case_number != 0 && s->counted_min != s->ledger_min && !s->counted_before)
        verify_broken(s->verify,
                      "%s: its clock was stopped for %lld minutes, its pauses come to %lld",
                      case_number_format(s->case_number, text), (long long)s->ledger_min,
                      (long long)s->counted_min);
}

/* One pause of a case, or none: then both instants are 0. */
struct paused_row {
    int64_t case_number;
    int32_t paused_min; /* by the ledger */
    int64_t started_ms; /* of the clock; and its last change */
    int64_t touched_ms;
    int64_t stopped_ms; /* 0: it has not ended */
    int64_t from_ms;
    int64_t to_ms; /* 0: open */
};

static const struct column paused_columns[] = {
    COLUMN_AS(paused_row, case_number, "f.case_number", I64, 0),
    COLUMN_AS(paused_row, paused_min, "f.paused_min", I32, 0),
    COLUMN_AS(paused_row, started_ms, "f.started_at", TIME, 0),
    COLUMN_AS(paused_row, touched_ms, "coalesce(f.stopped_at, f.running_since, f.paused_since)",
              TIME, 0),
    COLUMN_AS(paused_row, stopped_ms, "f.stopped_at", TIME, 0),
    COLUMN_AS(paused_row, from_ms, "p.from_at", TIME, 0),
    COLUMN_AS(paused_row, to_ms, "p.to_at", TIME, 0),
};
static const struct shape paused_shape = SHAPE(paused_row, paused_columns);

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* In order of case and start. */
static void take_pause(void *context, void *data)
{
    struct stretch *s = context;
    const struct paused_row *row = data;
    if (row->case_number != s->case_number) {
        end_case(s);
        *s = (struct stretch){
            s->verify,
            row->case_number,
            row->started_ms,
            0,
            row->paused_min,
            row->stopped_ms != 0 &&
                verify_is_counted_before(s->verify, row->started_ms, row->stopped_ms)};
    }
    if (row->from_ms == 0)
        return;
    int64_t from = later(row->from_ms, s->end_ms),
            to = row->to_ms == 0 ? row->touched_ms : earlier(row->to_ms, row->touched_ms);
    s->counted_min += worked(s->verify, from, to);
    s->end_ms = later(to, s->end_ms);
}

void verify_clocks(struct verify *verify)
{
    struct stretch s = {.verify = verify};
    verify->finding->things = "clocks";
    pgadmin_rows(verify->conn, "routing", &routing_flow_table, verify->centre, check_flow, verify);
    pgadmin_rows(verify->conn, "routing", &routing_task_table, verify->centre, check_task, verify);
    pgadmin_select(verify->conn, &paused_shape,
                   "from routing.flow f left join routing.pause p"
                   " on (p.centre, p.case_number, p.task) = (f.centre, f.case_number, 0)"
                   " where f.centre = $1 order by f.case_number, p.from_at",
                   PARAMS(P_I16(verify->centre)), take_pause, &s);
    end_case(&s);
}
