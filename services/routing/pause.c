/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "common/rows/turn.h"
#include "common/values/case_number.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"
#include "services/routing/work.h"

enum pause_kind routing_kind_of(const struct work *work, const struct task_row *task)
{
    if (task->action == SITE_SURVEY)
        return (enum pause_kind)work->flow->survey;
    return task->action == EXPERT_REVIEW ? EXPERTS : INSPECTION; /* by the city */
}

static bool is_of_case(const struct pause_row *pause)
{
    return pause->department[0] == '\0';
}

int routing_case_pauses(const struct work *work)
{
    int n = 0;
    struct pause_row *pause;
    for (int no = 1; (pause = routing_pause(work, no)) != NULL; no++)
        n += pause->to_ms == 0 && is_of_case(pause);
    return n;
}

/* Pause or resume every open branch: while the whole case is paused, no branch loses time. */
static void with_branches(struct work *work,
                          void (*change)(struct clock *, const struct calendar *, int64_t))
{
    struct task_row *task;
    for (int no = 1; (task = routing_task(work, no)) != NULL; no++) {
        if (task->state != TASK_OPEN)
            continue;
        routing_touch_task(work, task);
        change(&task->clock, &work->memory->calendar, work->at_ms);
        task->due_ms = clock_due(&task->clock, &work->memory->calendar);
    }
}

/* RULE L45: the applicant is told of every procedure in writing, under a number. */
static const char *notice_number(const struct work *work, int no)
{
    char text[CASE_NUMBER_TEXT_SIZE];
    return arena_printf(work->turn->arena, "%s/%d", case_number_format(work->case_number, text),
                        no);
}

void routing_say_own_pauses(struct work *work)
{
    const struct pause_row *pause;
    for (int no = 1; (pause = routing_pause(work, no)) != NULL; no++)
        if (pause->to_ms == 0 && pause->from_ms == work->at_ms && !is_of_case(pause))
            routing_say_paused(work, pause);
}

static void number(const struct work *work, struct pause_row *row)
{
    row->centre = work->turn->centre;
    row->case_number = work->case_number;
    for (row->no = 1; routing_pause(work, row->no) != NULL;)
        row->no++;
}

void routing_note_return(struct work *work, const struct task_row *task, int64_t from_ms)
{
    struct pause_row row = {.task = task->no,
                            .kind = PAUSE_NONE,
                            .department = task->department,
                            .notice = "",
                            .from_ms = from_ms,
                            .to_ms = work->at_ms > from_ms ? work->at_ms : from_ms};
    number(work, &row);
    rows_add(work->turn, &routing_pause_table, &row);
}

/* RULE L45: overlapping procedures stop the clock once; clock.h counts them. */
struct pause_row *routing_begin_pause(struct work *work, const struct pause_row *draft)
{
    struct pause_row row = *draft;
    row.from_ms = work->at_ms;
    number(work, &row);
    if (row.notice[0] == '\0')
        row.notice = notice_number(work, row.no);
    routing_terms_change(routing_touch_flow(work), &work->memory->calendar, work->at_ms,
                         clock_pause);
    if (is_of_case(&row))
        with_branches(work, clock_pause);
    return rows_add(work->turn, &routing_pause_table, &row);
}

static void close_row(struct work *work, struct pause_row *pause)
{
    rows_touch(work->turn, &routing_pause_table, pause);
    pause->to_ms = work->at_ms > pause->from_ms ? work->at_ms : pause->from_ms;
}

void routing_end_pause(struct work *work, struct pause_row *pause)
{
    close_row(work, pause);
    routing_terms_change(routing_touch_flow(work), &work->memory->calendar, work->at_ms,
                         clock_resume);
    if (is_of_case(pause))
        with_branches(work, clock_resume);
}

void routing_close_pauses(struct work *work)
{
    struct pause_row *pause;
    for (int no = 1; (pause = routing_pause(work, no)) != NULL; no++)
        if (pause->to_ms == 0)
            close_row(work, pause);
}
