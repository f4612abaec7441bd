/* SPDX-License-Identifier: Apache-2.0 */
#include "services/routing/recount.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "services/routing/terms.h"

/* What happens to a clock at an instant. Of one instant an end comes before a beginning, as one
 * stage's survey ends when the next one's begins; but a pause of no length begins before it ends.
 */
enum fact_kind { FACT_END, FACT_BEGIN_EMPTY, FACT_END_EMPTY, FACT_BEGIN, FACT_EXTENDED };

struct fact {
    int64_t at_ms;
    enum fact_kind kind;
};

struct timeline {
    struct fact *rows;
    size_t n;
};

static int by_time(const void *left, const void *right)
{
    const struct fact *a = left, *b = right;

    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

bool routing_pause_concerns(const struct pause_row *pause, int16_t task)
{
    if (task == 0)
        return pause->task == 0;
    return pause->task == task || (pause->task == 0 && pause->department[0] == '\0');
}

static void add(struct timeline *timeline, int64_t at_ms, enum fact_kind kind)
{
    timeline->rows[timeline->n++] = (struct fact){at_ms, kind};
}

/* `since_ms`: of a clock that began then. */
static struct timeline timeline_of(const struct facts *facts, int16_t task, int64_t since_ms,
                                   struct arena *arena)
{
    struct timeline timeline = {ARENA_ARRAY(arena, struct fact, 2 * facts->n_pauses + 1), 0};

    for (size_t i = 0; i < facts->n_pauses; i++) {
        const struct pause_row *pause = &facts->pauses[i];
        bool empty = pause->to_ms == pause->from_ms;
        if (!routing_pause_concerns(pause, task) ||
            (pause->to_ms != 0 && pause->to_ms <= since_ms && pause->from_ms < since_ms))
            continue;
        add(&timeline, pause->from_ms, empty ? FACT_BEGIN_EMPTY : FACT_BEGIN);
        if (pause->to_ms != 0)
            add(&timeline, pause->to_ms, empty ? FACT_END_EMPTY : FACT_END);
    }
    return timeline;
}

static bool begins(enum fact_kind kind)
{
    return kind == FACT_BEGIN || kind == FACT_BEGIN_EMPTY;
}

void routing_recount_case(struct flow_row *flow, const struct facts *facts,
                          const struct calendar *cal, struct arena *arena)
{
    struct timeline timeline = timeline_of(facts, 0, flow->accepted_ms, arena);

    must(flow->clock.stopped_ms == 0);
    if (flow->extended_ms != 0)
        add(&timeline, flow->extended_ms, FACT_EXTENDED);
    qsort(timeline.rows, timeline.n, sizeof timeline.rows[0], by_time);
    flow->clock = (struct clock){0};
    routing_terms_start(flow, cal, facts->published->joint);
    for (size_t i = 0; i < timeline.n; i++) {
        const struct fact *fact = &timeline.rows[i];
        if (fact->kind == FACT_EXTENDED)
            routing_terms_extend(flow, cal, fact->at_ms, flow->extended_days);
        else
            routing_terms_change(flow, cal, fact->at_ms,
                                 begins(fact->kind) ? clock_pause : clock_resume);
    }
}

static int32_t planned_days(const struct task_row *task, const struct item_flow *published)
{
    for (size_t i = 0; i < published->n_steps; i++)
        if (published->steps[i].stage == task->stage &&
            strcmp(published->steps[i].department, task->department) == 0)
            return published->steps[i].days;
    panic("routing: no step of the published flow is task %d", task->no);
}

void routing_recount_branch(struct task_row *task, const struct facts *facts,
                            const struct calendar *cal, struct arena *arena)
{
    struct timeline timeline = timeline_of(facts, task->no, task->opened_ms, arena);

    must(task->clock.stopped_ms == 0);
    qsort(timeline.rows, timeline.n, sizeof timeline.rows[0], by_time);
    task->clock = (struct clock){0};
    clock_start(&task->clock, cal, task->opened_ms, planned_days(task, facts->published));
    for (size_t i = 0; i < timeline.n; i++)
        (begins(timeline.rows[i].kind) ? clock_pause : clock_resume)(&task->clock, cal,
                                                                     timeline.rows[i].at_ms);
    task->due_ms = clock_due(&task->clock, cal);
}
