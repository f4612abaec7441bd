/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: what routing is asked: work lists, a case's flow, an item's flow, why a deadline is
 * the day it is, counts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/service/reader.h"
#include "services/routing/explain.h"
#include "services/routing/routing.h"
#include "services/routing/say.h"

enum {
    PAGE_MAX = 500,
    PAGE_BYTES = 56 * 1024, /* a page ends before a frame is full */
    DEPARTMENT_MAX = 8,
    FILTER_MAX = 40,
};

static struct outcome unknown_case(void)
{
    return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "no such case in approval");
}

static struct outcome check_case(int64_t case_number)
{
    return case_number > 0
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "say which case");
}

/* ---- rows as they come */

#define LEDGER_COLUMNS CLOCK_COLUMNS ", stopped_at"
enum { N_LEDGER_COLUMNS = N_CLOCK_COLUMNS + 1 };

static struct clock read_ledger(const struct rows_read *rows, int row, int column)
{
    struct clock clock = read_clock(rows, row, column);
    clock.stopped_ms = read_time(rows, row, column + N_CLOCK_COLUMNS);
    return clock;
}

/* As many columns before the clock's as are read before it below. */
#define TASK_COLUMNS                                                                               \
    "case_number, no, stage, department, action, lead, counts, state, opened_at, opinion, "        \
    "decided_by, lane, due_at, assignee, " LEDGER_COLUMNS
enum { TASK_CLOCK = 14, AFTER_TASK = TASK_CLOCK + N_LEDGER_COLUMNS };

static struct task_row read_task(const struct rows_read *rows, int row)
{
    return (struct task_row){
        .case_number = read_int(rows, row, 0),
        .no = (int16_t)read_int(rows, row, 1),
        .stage = (int16_t)read_int(rows, row, 2),
        .department = read_text(rows, row, 3),
        .action = (int16_t)read_int(rows, row, 4),
        .lead = read_bool(rows, row, 5),
        .counts = read_bool(rows, row, 6),
        .state = (int16_t)read_int(rows, row, 7),
        .opened_ms = read_time(rows, row, 8),
        .opinion = read_text(rows, row, 9),
        .decided_by = read_text(rows, row, 10),
        .lane = (int16_t)read_int(rows, row, 11),
        .due_ms = read_time(rows, row, 12),
        .assignee = read_text(rows, row, 13),
        .clock = read_ledger(rows, row, TASK_CLOCK),
    };
}

/* ---- a department's work list */

/* Where a page ended: lane, due, case and task, as the list is ordered. */
struct place {
    int lane;
    int64_t due_ms;
    int64_t case_number;
    int no;
};

static bool read_place(const char *text, struct place *place)
{
    int used = 0;
    *place = (struct place){.lane = -1}; /* before everything */
    if (text[0] == '\0')
        return true;
    int n = sscanf(text, "%d.%" SCNd64 ".%" SCNd64 ".%d%n", &place->lane, &place->due_ms,
                   &place->case_number, &place->no, &used);
    return n == 4 && text[used] == '\0' && place->lane >= 0 && place->lane <= 1 && place->no >= 0 &&
           place->no <= INT16_MAX;
}

static char *write_place(struct arena *arena, const struct task_row *task)
{
    return arena_printf(arena, "%d.%" PRId64 ".%" PRId64 ".%d", task->lane, task->due_ms,
                        task->case_number, task->no);
}

static struct outcome check_list(const void *message)
{
    const Onedoor__Routing__ListTasks *list = message;
    struct place place;
    if (list->department[0] == '\0' || strlen(list->department) > DEPARTMENT_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "department", "must be 1 to 8 capitals");
    if (list->limit < 1 || list->limit > PAGE_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "limit", "must be 1 to 500");
    if (strlen(list->item) > FILTER_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "item", "is too long");
    if (strlen(list->assignee) > FILTER_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "assignee", "is too long");
    if (!read_place(list->after, &place))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "is not the end of a page");
    return OUTCOME_OK;
}

/* RULE H9: the fast lane first; then what is due soonest. What stands still comes last. */
static struct rows_read *ask_tasks(struct reader *reader, const Onedoor__Routing__ListTasks *list)
{
    struct place after;
    read_place(list->after, &after);
    return reader_ask(
        reader,
        "select " TASK_COLUMNS ", item from task t cross join lateral"
        " (select item from flow f where f.centre = t.centre and f.case_number = t.case_number) f"
        " where centre = $1 and department = $2 and state = 1"
        " and (lane, coalesce(due_at, 'infinity'), case_number, no) > ($3, coalesce($4, "
        "'infinity'::timestamptz), $5, $6)"
        " and ($7 = '' or item = $7) and ($8 = '' or assignee = $8)"
        " order by lane, coalesce(due_at, 'infinity'), case_number, no limit $9",
        "stsmistti", reader->centre, list->department, after.lane, after.due_ms, after.case_number,
        after.no, list->item, list->assignee, (int64_t)list->limit);
}

static int64_t count_open(struct reader *reader, const char *department)
{
    struct rows_read *rows = reader_ask(
        reader, "select count(*) from task where centre = $1 and department = $2 and state = 1",
        "st", reader->centre, department);
    return read_int(rows, 0, 0);
}

static Onedoor__Routing__TaskLine *task_line(struct reader *reader, const struct task_row *task,
                                             const char *item)
{
    const struct routing_memory *memory = reader->memory;
    Onedoor__Routing__TaskLine *line = ARENA_NEW(reader->arena, Onedoor__Routing__TaskLine);
    onedoor__routing__task_line__init(line);
    line->case_number = task->case_number;
    line->item = (char *)item;
    line->fast_lane = task->lane == 0;
    line->task = routing_task_message(reader->arena, &memory->calendar, task);
    line->due_ms = clock_due(&task->clock, &memory->calendar);
    line->remaining_min = clock_remaining(&task->clock, &memory->calendar, reader->now_ms);
    return line;
}

static struct outcome answer_list(struct reader *reader, struct call *call)
{
    const Onedoor__Routing__ListTasks *list = call->message;
    Onedoor__Routing__ListTasksReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__ListTasksReply, onedoor__routing__list_tasks_reply);
    struct rows_read *rows = ask_tasks(reader, list);
    reply->tasks = ARENA_ARRAY(reader->arena, Onedoor__Routing__TaskLine *, rows->n + 1);
    struct task_row task = {0};
    size_t bytes = 0;
    for (int i = 0; i < rows->n && bytes < PAGE_BYTES; i++) {
        task = read_task(rows, i);
        Onedoor__Routing__TaskLine *line = task_line(reader, &task, read_text(rows, i, AFTER_TASK));
        bytes += protobuf_c_message_get_packed_size(&line->base) + 4;
        reply->tasks[reply->n_tasks++] = line;
    }
    if (reply->n_tasks == (size_t)list->limit || reply->n_tasks < (size_t)rows->n)
        reply->next = write_place(reader->arena, &task);
    reply->total = count_open(reader, list->department);
    return OUTCOME_OK;
}

/* ---- the flow of a case */

static struct outcome check_flow(const void *message)
{
    return check_case(((const Onedoor__Routing__GetFlow *)message)->case_number);
}

static void add_tasks(struct reader *reader, int64_t case_number,
                      Onedoor__Routing__GetFlowReply *reply)
{
    const struct routing_memory *memory = reader->memory;
    struct rows_read *rows = reader_ask(
        reader,
        "select " TASK_COLUMNS " from task where centre = $1 and case_number = $2 order by no",
        "si", reader->centre, case_number);
    reply->tasks = ARENA_ARRAY(reader->arena, Onedoor__Routing__Task *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        struct task_row task = read_task(rows, i);
        reply->tasks[reply->n_tasks++] =
            routing_task_message(reader->arena, &memory->calendar, &task);
    }
}

static struct rows_read *ask_pauses(struct reader *reader, int64_t case_number)
{
    return reader_ask(reader,
                      "select kind, notice, planned_days, from_at, to_at, department from pause"
                      " where centre = $1 and case_number = $2 order by no limit 300",
                      "si", reader->centre, case_number);
}

static void add_pauses(struct reader *reader, int64_t case_number,
                       Onedoor__Routing__GetFlowReply *reply)
{
    struct rows_read *rows = ask_pauses(reader, case_number);
    reply->pauses = ARENA_ARRAY(reader->arena, Onedoor__Routing__PauseLine *, rows->n + 1);
    for (int i = 0; i < rows->n; i++) {
        Onedoor__Routing__PauseLine *line = ARENA_NEW(reader->arena, Onedoor__Routing__PauseLine);
        onedoor__routing__pause_line__init(line);
        line->kind = (Onedoor__Routing__PauseKind)read_int(rows, i, 0);
        line->notice = (char *)read_text(rows, i, 1);
        line->planned_days = (int32_t)read_int(rows, i, 2);
        line->from_ms = read_time(rows, i, 3);
        line->to_ms = read_time(rows, i, 4);
        line->department = (char *)read_text(rows, i, 5);
        reply->pauses[reply->n_pauses++] = line;
    }
}

static struct outcome answer_flow(struct reader *reader, struct call *call)
{
    const struct routing_memory *memory = reader->memory;
    int64_t case_number = ((const Onedoor__Routing__GetFlow *)call->message)->case_number;
    struct rows_read *rows = reader_ask(reader,
                                        "select state, stage, stages, " LEDGER_COLUMNS
                                        " from flow where centre = $1 and case_number = $2",
                                        "si", reader->centre, case_number);
    if (rows->n == 0)
        return unknown_case();
    Onedoor__Routing__GetFlowReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__GetFlowReply, onedoor__routing__get_flow_reply);
    struct clock clock = read_ledger(rows, 0, 3);
    reply->state = (Onedoor__Routing__FlowState)read_int(rows, 0, 0);
    reply->stage = (int32_t)read_int(rows, 0, 1);
    reply->stages = (int32_t)read_int(rows, 0, 2);
    reply->clock = routing_clock_message(reader->arena, &memory->calendar, &clock);
    reply->due_ms = clock_due(&clock, &memory->calendar);
    reply->remaining_min = clock_remaining(&clock, &memory->calendar, reader->now_ms);
    add_tasks(reader, case_number, reply);
    add_pauses(reader, case_number, reply);
    return OUTCOME_OK;
}

/* ---- the published flow of an item (RULE L30) */

static struct outcome check_item(const void *message)
{
    const Onedoor__Routing__GetItemFlow *ask = message;
    return ask->item[0] != '\0' ? OUTCOME_OK
                                : invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
}

static struct outcome answer_item(struct reader *reader, struct call *call)
{
    const struct routing_memory *memory = reader->memory;
    const Onedoor__Routing__GetItemFlow *ask = call->message;
    const struct item_flow *flow = routing_flows_find(&memory->flows, ask->item, INT32_MAX);
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

static struct outcome check_explain(const void *message)
{
    return check_case(((const Onedoor__Routing__ExplainDeadline *)message)->case_number);
}

static struct outcome answer_explain(struct reader *reader, struct call *call)
{
    const struct routing_memory *memory = reader->memory;
    int64_t case_number = ((const Onedoor__Routing__ExplainDeadline *)call->message)->case_number;
    struct rows_read *flow = reader_ask(reader,
                                        "select accepted_at, " LEDGER_COLUMNS
                                        " from flow where centre = $1 and case_number = $2",
                                        "si", reader->centre, case_number);
    if (flow->n == 0)
        return unknown_case();
    struct rows_read *rows = ask_pauses(reader, case_number);
    struct pause_row *pauses = ARENA_ARRAY(reader->arena, struct pause_row, rows->n + 1);
    for (int i = 0; i < rows->n; i++)
        pauses[i] = (struct pause_row){
            .kind = (int16_t)read_int(rows, i, 0),
            .notice = read_text(rows, i, 1),
            .from_ms = read_time(rows, i, 3),
            .to_ms = read_time(rows, i, 4),
            .department = read_text(rows, i, 5),
        };
    const struct clock clock = read_ledger(flow, 0, 1);
    const struct explained explained = {
        .clock = &clock,
        .accepted_ms = read_time(flow, 0, 0),
        .now_ms = reader->now_ms,
        .pauses = pauses,
        .n_pauses = (size_t)rows->n,
    };
    call->reply = routing_explain(&explained, &memory->calendar, reader->arena);
    return OUTCOME_OK;
}

/* ---- counts: simulate and verify compare by them */

static void count_states(struct reader *reader, Onedoor__Routing__CountFlowsReply *reply)
{
    int64_t *counts[FLOW_STATES] = {
        [FLOW_RUNNING] = &reply->running,
        [FLOW_GRANTED] = &reply->granted,
        [FLOW_DENIED] = &reply->denied,
        [FLOW_CANCELLED] = &reply->cancelled,
    };
    struct rows_read *rows =
        reader_ask(reader, "select state, count(*) from flow where centre = $1 group by state", "s",
                   reader->centre);
    for (int i = 0; i < rows->n; i++) {
        int64_t state = read_int(rows, i, 0);
        if (state > FLOW_NONE && state < FLOW_STATES)
            *counts[state] = read_int(rows, i, 1);
    }
}

static struct outcome answer_count(struct reader *reader, struct call *call)
{
    Onedoor__Routing__CountFlowsReply *reply = READER_REPLY(
        reader, call, Onedoor__Routing__CountFlowsReply, onedoor__routing__count_flows_reply);
    count_states(reader, reply);
    struct rows_read *tasks = reader_ask(
        reader, "select count(*), count(*) filter (where state = 1) from task where centre = $1",
        "s", reader->centre);
    reply->tasks = read_int(tasks, 0, 0);
    reply->tasks_open = read_int(tasks, 0, 1);
    return OUTCOME_OK;
}

enum { STAFF = ANY_ROLE & ~ROLE(PUBLIC) };

/* RULE H17: what is published, and why a deadline is what it is, anyone may ask; opinions and work
 * lists are the staff's. */
const struct query routing_queries[] = {
    {&onedoor__routing__list_tasks__descriptor, STAFF, check_list, answer_list},
    {&onedoor__routing__get_flow__descriptor, STAFF, check_flow, answer_flow},
    {&onedoor__routing__get_item_flow__descriptor, ANY_ROLE, check_item, answer_item},
    {&onedoor__routing__explain_deadline__descriptor, ANY_ROLE, check_explain, answer_explain},
    {&onedoor__routing__count_flows__descriptor, STAFF, NULL, answer_count},
    {NULL, 0, NULL, NULL},
};
