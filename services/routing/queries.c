/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: answers to questions about work lists, a case's flow, an item's flow, why a deadline
 * is the day it is, and counts. */
#include <string.h>

#include "common/service/approval_list.h"
#include "common/service/reader.h"
#include "common/wire/message.h"
#include "common/wire/revision.h"
#include "services/routing/explain.h"
#include "services/routing/place.h"
#include "services/routing/queries.h"
#include "services/routing/recount.h"
#include "services/routing/routing.h"
#include "services/routing/rows.h"
#include "services/routing/say.h"
#include "services/routing/terms.h"

static struct outcome unknown_case(void)
{
    return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "no such case in approval");
}

/* ---- a department's work list */

/* A task with its case: the item, and the clocks of its terms. */
struct listed_row {
    struct task_row task;
    struct flow_row flow; /* item, clock and limits alone */
};

#define OF_CASE(field, name, kind) COLUMN_AS(listed_row, flow.field, name, kind, 0)
static const struct column listed_columns[] = {
    OF_CASE(item, "item", TEXT),
    OF_CASE(clock.budget_min, "case_budget_min", I32),
    OF_CASE(clock.used_min, "case_used_min", I32),
    OF_CASE(clock.started_ms, "case_started_at", TIME),
    OF_CASE(clock.running_since_ms, "case_running_since", TIME),
    OF_CASE(clock.paused_since_ms, "case_paused_since", TIME),
    OF_CASE(clock.over_ms, "case_over_at", TIME),
    OF_CASE(statutory.budget_min, "statutory_min", I32),
    OF_CASE(statutory.over_ms, "statutory_over_at", TIME),
    OF_CASE(parallel.budget_min, "parallel_min", I32),
    OF_CASE(parallel.over_ms, "parallel_over_at", TIME),
};
static const struct shape listed_shape =
    SHAPE_WITH(&routing_task_table, listed_row, listed_columns);

/* RULE H9: the fast lane first; then what is due soonest. Paused tasks come last. */
static const struct listed_row *read_list(struct reader *reader,
                                          const Onedoor__Routing__ListTasks *list, size_t *n)
{
    struct place after;
    routing_place_read(list->after, &after);
    return reader_select(
        reader, &listed_shape,
        "from task t cross join lateral"
        " (select item, budget_min as case_budget_min, used_min as case_used_min,"
        " started_at as case_started_at, running_since as case_running_since,"
        " paused_since as case_paused_since, over_at as case_over_at, statutory_min,"
        " statutory_over_at, parallel_min, parallel_over_at"
        " from flow f where f.centre = t.centre and f.case_number = t.case_number) f"
        " where centre = $1 and department = $2 and state = 1"
        " and (lane, coalesce(due_at, 'infinity'), case_number, no)"
        " > ($3, coalesce($4, 'infinity'::timestamptz), $5, $6)"
        " and ($7 = '' or item = $7) and ($8 = '' or assignee = $8)"
        " and ($10 = false or left_by is not null)"
        " order by lane, coalesce(due_at, 'infinity'), case_number, no limit $9",
        PARAMS(P_I16(reader->centre), P_TEXT(list->department), P_I16(after.lane),
               P_TIME(after.due_ms), P_I64(after.case_number), P_I16(after.no), P_TEXT(list->item),
               P_TEXT(list->assignee), P_I32(list->limit), P_BOOL(list->left)),
        n);
}

static int64_t count_open(struct reader *reader, const char *department)
{
    return reader_count(reader, "from task where centre = $1 and department = $2 and state = 1",
                        PARAMS(P_I16(reader->centre), P_TEXT(department)));
}

/* Of the task and its case: the term that ends first, and its clock. */
static enum term first_of(const struct listed_row *row, const struct calendar *cal, int64_t now_ms,
                          struct clock *clock)
{
    enum term term = routing_terms_first(&row->flow, cal, now_ms);
    *clock = routing_terms_clock(&row->flow, term);
    if (clock_remaining(clock, cal, now_ms) < clock_remaining(&row->task.clock, cal, now_ms))
        return term;
    *clock = row->task.clock;
    return TERM_STEP;
}

static Onedoor__Routing__TaskLine *task_line(struct reader *reader, const struct listed_row *row)
{
    const struct routing_memory *memory = reader->memory;
    const struct task_row *task = &row->task;
    Onedoor__Routing__TaskLine *line = ARENA_NEW(reader->arena, Onedoor__Routing__TaskLine);
    onedoor__routing__task_line__init(line);
    line->case_number = task->case_number;
    line->item = (char *)row->flow.item;
    line->fast_lane = task->lane == 0;
    line->task = routing_task_message(task, &memory->calendar, reader->arena);
    line->due_ms = clock_due(&task->clock, &memory->calendar);
    line->remaining_min = clock_remaining(&task->clock, &memory->calendar, reader->now_ms);
    struct clock first;
    line->first = (Onedoor__Term)first_of(row, &memory->calendar, reader->now_ms, &first);
    line->first_due_ms = clock_due(&first, &memory->calendar);
    line->provisional = calendar_provisional_due(&memory->calendar, line->first_due_ms);
    return line;
}

static struct outcome answer_list(struct reader *reader, struct call *call)
{
    const Onedoor__Routing__ListTasks *list = call->message;
    Onedoor__Routing__ListTasksReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__ListTasksReply, onedoor__routing__list_tasks_reply);
    size_t n, bytes = 0;
    const struct listed_row *rows = read_list(reader, list, &n);
    reply->tasks = ARENA_ARRAY(reader->arena, Onedoor__Routing__TaskLine *, n);
    while (reply->n_tasks < n && bytes < MESSAGE_PAGE_BYTES) {
        Onedoor__Routing__TaskLine *line = task_line(reader, &rows[reply->n_tasks]);
        bytes += protobuf_c_message_get_packed_size(&line->base) + 4;
        reply->tasks[reply->n_tasks++] = line;
    }
    if (reply->n_tasks > 0 && (reply->n_tasks == (size_t)list->limit || reply->n_tasks < n))
        reply->next = routing_place_write(reader->arena, &rows[reply->n_tasks - 1].task);
    reply->total = count_open(reader, list->department);
    return OUTCOME_OK;
}

/* ---- the flow of a case */

static void add_tasks(struct reader *reader, int64_t case_number,
                      Onedoor__Routing__GetFlowReply *reply)
{
    const struct routing_memory *memory = reader->memory;
    const struct task_row *tasks = reader_rows(
        reader, &routing_task_table, "where centre = $1 and case_number = $2 order by no",
        PARAMS(P_I16(reader->centre), P_I64(case_number)), &reply->n_tasks);
    reply->tasks = ARENA_ARRAY(reader->arena, Onedoor__Routing__Task *, reply->n_tasks);
    for (size_t i = 0; i < reply->n_tasks; i++) {
        reply->tasks[i] = routing_task_message(&tasks[i], &memory->calendar, reader->arena);
        reply->revision = revision_with(reply->revision, routing_task_revision(&tasks[i]));
    }
}

static const struct flow_row *read_flow(struct reader *reader, int64_t case_number)
{
    return reader_row(reader, &routing_flow_table, "where centre = $1 and case_number = $2",
                      PARAMS(P_I16(reader->centre), P_I64(case_number)));
}

static const struct pause_row *read_pauses(struct reader *reader, int64_t case_number, size_t *n)
{
    return reader_rows(reader, &routing_pause_table,
                       "where centre = $1 and case_number = $2 order by no limit 300",
                       PARAMS(P_I16(reader->centre), P_I64(case_number)), n);
}

static void add_pauses(struct reader *reader, int64_t case_number,
                       Onedoor__Routing__GetFlowReply *reply)
{
    size_t n;
    const struct pause_row *pauses = read_pauses(reader, case_number, &n);
    reply->pauses = ARENA_ARRAY(reader->arena, Onedoor__Routing__PauseLine *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (pauses[i].task == 0)
            reply->pauses[reply->n_pauses++] = routing_pause_message(
                &pauses[i], &((const struct routing_memory *)reader->memory)->calendar,
                reader->arena);
}

static void add_terms(struct reader *reader, const struct flow_row *flow,
                      Onedoor__Routing__GetFlowReply *reply)
{
    const struct calendar *cal = &((const struct routing_memory *)reader->memory)->calendar;
    reply->terms = ARENA_ARRAY(reader->arena, Onedoor__TermClock *, TERM_PARALLEL);
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        if (!routing_terms_has(flow, term))
            continue;
        const struct clock clock = routing_terms_clock(flow, term);
        Onedoor__TermClock *line = routing_term_message(flow, term, cal, reader->arena);
        line->remaining_min = clock_remaining(&clock, cal, reader->now_ms);
        reply->terms[reply->n_terms++] = line;
    }
}

static struct outcome answer_flow(struct reader *reader, struct call *call)
{
    const struct routing_memory *memory = reader->memory;
    int64_t case_number = ((const Onedoor__Routing__GetFlow *)call->message)->case_number;
    const struct flow_row *flow = read_flow(reader, case_number);
    if (flow == NULL)
        return unknown_case();
    Onedoor__Routing__GetFlowReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__GetFlowReply, onedoor__routing__get_flow_reply);
    reply->state = (Onedoor__Routing__FlowState)flow->state;
    reply->stage = flow->stage;
    reply->stages = flow->stages;
    reply->clock = routing_clock_message(&flow->clock, &memory->calendar, reader->arena);
    reply->due_ms = clock_due(&flow->clock, &memory->calendar);
    reply->provisional = calendar_provisional_due(&memory->calendar, reply->due_ms);
    reply->remaining_min = clock_remaining(&flow->clock, &memory->calendar, reader->now_ms);
    add_terms(reader, flow, reply);
    reply->revision = routing_flow_revision(flow);
    add_tasks(reader, case_number, reply);
    add_pauses(reader, case_number, reply);
    return OUTCOME_OK;
}

/* ---- the published flow of an item (RULE L30) */

static struct outcome answer_item(struct reader *reader, struct call *call)
{
    const struct routing_memory *memory = reader->memory;
    const Onedoor__Routing__GetItemFlow *ask = call->message;
    const struct item_flow *flow =
        routing_flows_find(&memory->flows, ask->item, ask->version == 0 ? INT32_MAX : ask->version);
    if (flow == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_ITEM, "no flow is published for this item");
    Onedoor__Routing__GetItemFlowReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__GetItemFlowReply, onedoor__routing__get_item_flow_reply);
    reply->steps = ARENA_ARRAY(reader->arena, Onedoor__Routing__FlowStep *, flow->n_steps);
    for (size_t i = 0; i < flow->n_steps; i++) {
        const struct step_row *step = &flow->steps[i];
        Onedoor__Routing__FlowStep *line = ARENA_NEW(reader->arena, Onedoor__Routing__FlowStep);
        onedoor__routing__flow_step__init(line);
        line->stage = step->stage;
        line->department = (char *)step->department;
        line->action = (Onedoor__Routing__Action)step->action;
        line->lead = step->lead;
        line->days = step->days;
        line->counts = step->counts;
        reply->steps[reply->n_steps++] = line;
    }
    return OUTCOME_OK;
}

/* ---- why a deadline is the day it is */

/* The clock that is asked for; false: the case has no such branch or term. */
static bool choose(struct reader *reader, const Onedoor__Routing__ExplainDeadline *ask,
                   const struct flow_row *flow, struct explained *explained)
{
    const struct routing_memory *memory = reader->memory;
    if (ask->task != 0) {
        const struct task_row *task = reader_row(
            reader, &routing_task_table, "where centre = $1 and case_number = $2 and no = $3",
            PARAMS(P_I16(reader->centre), P_I64(ask->case_number), P_I32(ask->task)));
        if (task == NULL)
            return false;
        explained->term = TERM_STEP;
        explained->clock = task->clock;
        explained->accepted_ms = task->opened_ms;
        return true;
    }
    explained->term = ask->term != ONEDOOR__TERM__TERM_UNSPECIFIED
                          ? (enum term)ask->term
                          : routing_terms_first(flow, &memory->calendar, reader->now_ms);
    explained->clock = routing_terms_clock(flow, explained->term);
    explained->accepted_ms = flow->accepted_ms;
    return routing_terms_has(flow, explained->term);
}

static void choose_pauses(struct reader *reader, const Onedoor__Routing__ExplainDeadline *ask,
                          struct explained *explained)
{
    size_t n, kept = 0;
    const struct pause_row *rows = read_pauses(reader, ask->case_number, &n);
    struct pause_row *pauses = ARENA_ARRAY(reader->arena, struct pause_row, n + 1);
    for (size_t i = 0; i < n; i++)
        if (routing_pause_concerns(&rows[i], (int16_t)ask->task))
            pauses[kept++] = rows[i];
    explained->pauses = pauses;
    explained->n_pauses = kept;
}

/* RULE H21: pauses name their notices, so another department does not see them. */
static bool is_involved(struct reader *reader, const struct flow_row *flow,
                        const struct actor *actor)
{
    return actor->department[0] == '\0' || strcmp(actor->department, flow->department) == 0 ||
           reader_count(reader,
                        "from task where centre = $1 and case_number = $2 and department = $3",
                        PARAMS(P_I16(reader->centre), P_I64(flow->case_number),
                               P_TEXT(actor->department))) > 0;
}

static struct outcome answer_explain(struct reader *reader, struct call *call)
{
    const struct routing_memory *memory = reader->memory;
    const Onedoor__Routing__ExplainDeadline *ask = call->message;
    const struct flow_row *flow = read_flow(reader, ask->case_number);
    struct explained explained = {.now_ms = reader->now_ms};
    if (flow == NULL)
        return unknown_case();
    if (!is_involved(reader, flow, call->actor))
        return deny(ONEDOOR__REASON__OTHER_DEPARTMENT, "this case is another department's");
    if (!choose(reader, ask, flow, &explained))
        return not_found(ONEDOOR__REASON__NO_SUCH_TASK, "the case has no such branch or term");
    choose_pauses(reader, ask, &explained);
    call->reply = routing_explain(&explained, &memory->calendar, reader->arena);
    return OUTCOME_OK;
}

/* ---- counts: simulate and verify compare by them */

/* How many flows there are in each of enum flow_state. */
struct states_row {
    int64_t running, granted, denied, cancelled;
};

static const struct column states_columns[] = {
    COLUMN_AS(states_row, running, "count(*) filter (where state = 1)", I64, 0),
    COLUMN_AS(states_row, granted, "count(*) filter (where state = 2)", I64, 0),
    COLUMN_AS(states_row, denied, "count(*) filter (where state = 3)", I64, 0),
    COLUMN_AS(states_row, cancelled, "count(*) filter (where state = 4)", I64, 0),
};
static const struct shape states_shape = SHAPE(states_row, states_columns);

struct tasks_row {
    int64_t all, open;
};

static const struct column tasks_columns[] = {
    COLUMN_AS(tasks_row, all, "count(*)", I64, 0),
    COLUMN_AS(tasks_row, open, "count(*) filter (where state = 1)", I64, 0),
};
static const struct shape tasks_shape = SHAPE(tasks_row, tasks_columns);

static struct outcome answer_count(struct reader *reader, struct call *call)
{
    const struct params centre = PARAMS(P_I16(reader->centre));
    const struct states_row *flows =
        reader_total(reader, &states_shape, "from flow where centre = $1", centre);
    const struct tasks_row *tasks =
        reader_total(reader, &tasks_shape, "from task where centre = $1", centre);
    Onedoor__Routing__CountFlowsReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__CountFlowsReply, onedoor__routing__count_flows_reply);
    reply->running = flows->running;
    reply->granted = flows->granted;
    reply->denied = flows->denied;
    reply->cancelled = flows->cancelled;
    reply->tasks = tasks->all;
    reply->tasks_open = tasks->open;
    return OUTCOME_OK;
}

enum { STAFF = ANY_ROLE & ~ROLE(PUBLIC) };

/* RULE H17: what is published, and why a deadline is what it is, anyone may ask; opinions and work
 * lists are the staff's. */
const struct query routing_queries[] = {
    {&onedoor__routing__list_tasks__descriptor, STAFF, answer_list},
    {&onedoor__routing__get_flow__descriptor, STAFF, answer_flow},
    {&onedoor__routing__get_item_flow__descriptor, ANY_ROLE, answer_item},
    {&onedoor__routing__explain_deadline__descriptor, STAFF, answer_explain},
    {&onedoor__routing__count_flows__descriptor, STAFF, answer_count},
    {&onedoor__routing__preview_correction__descriptor, ROLE(BUSINESS_MANAGER),
     routing_answer_preview},
    APPROVAL_QUERY,
    {NULL, 0, NULL},
};
