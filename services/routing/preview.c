/* SPDX-License-Identifier: Apache-2.0 */
/* preview.c: RULE L82: what the correction of a day would change, counted as it will be when it is
 * made (recount.h). */
#include "common/wire/message.h"
#include "onedoor/routing.pb-c.h"
#include "services/routing/queries.h"
#include "services/routing/recount.h"
#include "services/routing/terms.h"
#include "services/routing/work.h"

enum { FLOWS_A_PAGE = 200 };

/* The next open cases, and of each its parts one after the other. */
#define NEXT_FLOWS                                                                                 \
    "from flow where centre = $1 and stopped_at is null and case_number > $2"                      \
    " order by case_number limit $3"
#define PARTS_OF_THEM(table)                                                                       \
    "from (select case_number as found " NEXT_FLOWS ") f cross join lateral"                       \
    " (select * from " table " p where p.centre = $1 and p.case_number = found offset 0) p"        \
    " order by case_number, no"

struct parts {
    const struct task_row *tasks;
    size_t n_tasks;
    const struct pause_row *pauses;
    size_t n_pauses;
};

struct preview {
    struct reader *reader;
    const struct calendar *now;
    struct calendar corrected;
    struct day day;
    Onedoor__Routing__PreviewCorrectionReply *reply;
    size_t room, bytes;
};

static void add_line(struct preview *preview, const Onedoor__Routing__CorrectedDeadline *line)
{
    Onedoor__Routing__PreviewCorrectionReply *reply = preview->reply;
    if (reply->n_deadlines == preview->room) {
        preview->room = preview->room == 0 ? 64 : preview->room * 2;
        reply->deadlines = arena_grow(preview->reader->arena, reply->deadlines, reply->n_deadlines,
                                      preview->room, sizeof(void *));
    }
    Onedoor__Routing__CorrectedDeadline *copy =
        ARENA_NEW(preview->reader->arena, Onedoor__Routing__CorrectedDeadline);
    *copy = *line;
    preview->bytes += protobuf_c_message_get_packed_size(&copy->base) + 4;
    reply->deadlines[reply->n_deadlines++] = copy;
}

/* Of which clock, and who answers for it. */
struct subject {
    const struct flow_row *flow;
    const char *department;
    int task;
    enum term term;
};

static void compare(struct preview *preview, const struct subject *subject, const struct clock *was,
                    const struct clock *is)
{
    Onedoor__Routing__CorrectedDeadline line = ONEDOOR__ROUTING__CORRECTED_DEADLINE__INIT;
    line.case_number = subject->flow->case_number;
    line.item = (char *)subject->flow->item;
    line.department = (char *)subject->department;
    line.task = subject->task;
    line.term = (Onedoor__Term)subject->term;
    line.from_ms = clock_due(was, preview->now);
    line.to_ms = clock_due(is, &preview->corrected);
    line.was_over = clock_is_over(was, preview->now, preview->reader->now_ms);
    line.is_over = clock_is_over(is, &preview->corrected, preview->reader->now_ms);
    if (line.from_ms != line.to_ms || line.was_over != line.is_over)
        add_line(preview, &line);
}

static void preview_case(struct preview *preview, const struct flow_row *flow,
                         const struct facts *facts)
{
    struct flow_row now = *flow;
    routing_recount_case(&now, facts, &preview->corrected, preview->reader->arena);
    for (enum term term = TERM_PROMISE; term <= TERM_PARALLEL; term++) {
        const struct clock was = routing_terms_clock(flow, term);
        const struct clock is = routing_terms_clock(&now, term);
        if (routing_terms_has(flow, term))
            compare(preview, &(struct subject){flow, flow->department, 0, term}, &was, &is);
    }
}

static void preview_task(struct preview *preview, const struct flow_row *flow,
                         const struct task_row *task, const struct facts *facts)
{
    struct task_row now = *task;
    if (task->state != TASK_OPEN)
        return;
    routing_recount_branch(&now, facts, &preview->corrected, preview->reader->arena);
    compare(preview, &(struct subject){flow, task->department, task->no, TERM_STEP}, &task->clock,
            &now.clock);
}

/* Takes the parts of the case off the front of what is left. */
static void preview_flow(struct preview *preview, const struct flow_row *flow, struct parts *left)
{
    const struct routing_memory *memory = preview->reader->memory;
    struct facts facts = {routing_flows_find(&memory->flows, flow->item, flow->item_version),
                          left->pauses, 0};
    bool begun = calendar_day(preview->now, flow->accepted_ms).n <= preview->day.n;
    while (facts.n_pauses < left->n_pauses &&
           left->pauses[facts.n_pauses].case_number == flow->case_number)
        facts.n_pauses++;
    if (begun)
        preview_case(preview, flow, &facts);
    for (; left->n_tasks > 0 && left->tasks->case_number == flow->case_number;
         left->tasks++, left->n_tasks--)
        if (begun)
            preview_task(preview, flow, left->tasks, &facts);
    left->pauses += facts.n_pauses;
    left->n_pauses -= facts.n_pauses;
}

static struct parts read_parts(struct reader *reader, struct params page)
{
    static const struct shape task_shape = {.row_size = sizeof(struct task_row),
                                            .whole = &routing_task_table};
    static const struct shape pause_shape = {.row_size = sizeof(struct pause_row),
                                             .whole = &routing_pause_table};
    struct parts parts;
    parts.tasks = reader_select(reader, &task_shape, PARTS_OF_THEM("task"), page, &parts.n_tasks);
    parts.pauses =
        reader_select(reader, &pause_shape, PARTS_OF_THEM("pause"), page, &parts.n_pauses);
    return parts;
}

struct outcome routing_answer_preview(struct reader *reader, struct call *call)
{
    const Onedoor__Routing__PreviewCorrection *ask = call->message;
    const struct calendar *now = &((const struct routing_memory *)reader->memory)->calendar;
    struct preview preview = {
        .reader = reader,
        .now = now,
        .corrected = calendar_correct(now, (struct day){ask->day}, ask->working, reader->arena),
        .day = {ask->day},
        .reply = READER_REPLY(reader, call, Onedoor__Routing__PreviewCorrectionReply,
                              onedoor__routing__preview_correction_reply),
    };
    const struct params page =
        PARAMS(P_I16(reader->centre), P_I64(ask->after), P_I32(FLOWS_A_PAGE));
    size_t n, met = 0;
    const struct flow_row *flows = reader_select(
        reader,
        &(const struct shape){.row_size = sizeof(struct flow_row), .whole = &routing_flow_table},
        NEXT_FLOWS, page, &n);
    struct parts left = read_parts(reader, page);
    while (met < n && preview.bytes < MESSAGE_PAGE_BYTES / 2)
        preview_flow(&preview, &flows[met++], &left);
    if (met > 0 && (met < n || n == FLOWS_A_PAGE))
        preview.reply->next = flows[met - 1].case_number;
    return OUTCOME_OK;
}
