/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/journal.h"

#include <string.h>

#include "common/rows/corridor.h"
#include "common/rows/rowset.h"
#include "common/rows/said.h"

/* Null in the table where there is none. */
static struct bytes bytes_of_trace(const struct trace *trace)
{
    return trace_is_set(trace) ? (struct bytes){(const unsigned char *)trace, TRACE_BYTES}
                               : (struct bytes){NULL, 0};
}

static struct event *number_events(struct engine *engine, struct turn *turn)
{
    struct event *events = ARENA_ARRAY(turn->arena, struct event, turn->n_said + 1);
    for (size_t i = 0; i < turn->n_said; i++) {
        const struct said *said = &turn->said[i];
        events[i] = (struct event){.epoch = engine->head.epoch,
                                   .seq = engine->head.seq + 1,
                                   .type = said->type,
                                   .version = 1,
                                   .case_number = said->case_number,
                                   .at_ms = turn->now_ms,
                                   .actor = said->actor,
                                   .payload = said->payload,
                                   .trace = said->trace};
        event_hash(&events[i], engine->head.hash, events[i].hash);
        engine->head.seq++;
        memcpy(engine->head.hash, events[i].hash, HASH_BYTES);
        rows_add(turn, &journal_table,
                 &(struct journal_row){.centre = turn->centre,
                                       .seq = events[i].seq,
                                       .epoch = events[i].epoch,
                                       .type = events[i].type,
                                       .version = events[i].version,
                                       .case_number = events[i].case_number,
                                       .at_ms = events[i].at_ms,
                                       .actor = events[i].actor,
                                       .payload = events[i].payload,
                                       .hash = {events[i].hash, HASH_BYTES},
                                       .trace = bytes_of_trace(&events[i].trace)});
    }
    return events;
}

static struct journal_head_row row_of_head(const struct engine *engine, const struct turn *turn)
{
    return (struct journal_head_row){
        turn->centre, engine->head.epoch, engine->head.seq, {engine->head.hash, HASH_BYTES}};
}

static struct cursor_row row_of_cursor(const struct engine *engine, const struct turn *turn,
                                       int follow)
{
    const struct position *at = &engine->cursors[follow];
    return (struct cursor_row){turn->centre,
                               engine->service->follows[follow].stream,
                               at->epoch,
                               at->seq,
                               {at->hash, HASH_BYTES}};
}

static void write_head(const struct engine *engine, struct turn *turn)
{
    struct journal_head_row row = row_of_head(engine, turn);
    struct journal_head_row *head = rows_find(turn, &journal_head_table, &row);
    if (head == NULL)
        rows_add(turn, &journal_head_table, &row);
    else
        *(struct journal_head_row *)rows_touch(turn, &journal_head_table, head) = row;
}

static void write_cursors(const struct engine *engine, struct turn *turn)
{
    for (int i = 0; i < engine->n_follows; i++) {
        struct cursor_row row = row_of_cursor(engine, turn, i);
        struct cursor_row *cursor = rows_find(turn, &cursor_table, &row);
        if (cursor == NULL && row.seq > 0)
            rows_add(turn, &cursor_table, &row);
        else if (cursor != NULL && cursor->seq != row.seq)
            *(struct cursor_row *)rows_touch(turn, &cursor_table, cursor) = row;
    }
}

void journal_bring(const struct engine *engine, struct turn *turn)
{
    if (engine->head.seq > 0) {
        struct journal_head_row *head = ARENA_NEW(turn->arena, struct journal_head_row);
        *head = row_of_head(engine, turn);
        rowset_bring(turn, rowset_of(turn, &journal_head_table), head);
    }
    for (int i = 0; i < engine->n_follows; i++)
        if (engine->cursors[i].seq > 0) {
            struct cursor_row *cursor = ARENA_NEW(turn->arena, struct cursor_row);
            *cursor = row_of_cursor(engine, turn, i);
            rowset_bring(turn, rowset_of(turn, &cursor_table), cursor);
        }
}

struct event *journal_write(struct engine *engine, struct turn *turn)
{
    struct event *events = number_events(engine, turn);
    if (turn->n_said > 0)
        write_head(engine, turn);
    write_cursors(engine, turn);
    return events;
}
