/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/corridor.h"

#include <string.h>

static const struct column command_columns[] = {
    COLUMN(command_row, centre, I16, COLUMN_KEY),
    COLUMN(command_row, id, UUID, COLUMN_KEY),
    COLUMN(command_row, digest, BYTES, COLUMN_FIXED),
    COLUMN(command_row, reply, BYTES, COLUMN_FIXED),
    COLUMN_AS(command_row, done_ms, "done_at", TIME, COLUMN_FIXED),
};
const struct table command_table = TABLE("command", command_row, command_columns, 2);

static const struct column approval_columns[] = {
    COLUMN(approval_row, centre, I16, COLUMN_KEY),
    COLUMN(approval_row, case_number, I64, COLUMN_KEY),
    COLUMN(approval_row, no, I32, COLUMN_KEY),
    COLUMN(approval_row, type, TEXT, COLUMN_FIXED),
    COLUMN(approval_row, body, BYTES, 0),
    COLUMN(approval_row, asker, TEXT, COLUMN_FIXED),
    COLUMN(approval_row, asker_role, I16, COLUMN_FIXED),
    COLUMN(approval_row, asker_department, TEXT, COLUMN_FIXED),
    COLUMN(approval_row, asker_window, I32, COLUMN_FIXED),
    COLUMN_AS(approval_row, asked_ms, "asked_at", TIME, COLUMN_FIXED),
    COLUMN(approval_row, roles, I32, COLUMN_FIXED),
    COLUMN(approval_row, subject, TEXT, COLUMN_FIXED),
    COLUMN(approval_row, detail, TEXT, COLUMN_FIXED),
    COLUMN(approval_row, reason, TEXT, COLUMN_FIXED),
    COLUMN(approval_row, fen, I64, COLUMN_FIXED),
    COLUMN(approval_row, days, I32, COLUMN_FIXED),
    COLUMN(approval_row, state, I16, 0),
    COLUMN_AS(approval_row, lapses_ms, "lapses_at", TIME, COLUMN_DUE),
    COLUMN(approval_row, answerer, TEXT, 0),
    COLUMN_AS(approval_row, answered_ms, "answered_at", TIME, 0),
    COLUMN(approval_row, answer, TEXT, 0),
    COLUMN_AS(approval_row, dismissed_ms, "dismissed_at", TIME, 0),
};
const struct table approval_table = TABLE("approval", approval_row, approval_columns, 2);

static const struct column journal_head_columns[] = {
    COLUMN(journal_head_row, centre, I16, COLUMN_KEY),
    COLUMN(journal_head_row, epoch, I32, 0),
    COLUMN(journal_head_row, seq, I64, COLUMN_GUARD),
    COLUMN(journal_head_row, hash, BYTES, 0),
};
const struct table journal_head_table =
    TABLE("journal_head", journal_head_row, journal_head_columns, 1);

static const struct column journal_columns[] = {
    COLUMN(journal_row, centre, I16, COLUMN_KEY),
    COLUMN(journal_row, seq, I64, COLUMN_KEY),
    COLUMN(journal_row, epoch, I32, COLUMN_FIXED),
    COLUMN(journal_row, type, TEXT, COLUMN_FIXED),
    COLUMN(journal_row, version, I32, COLUMN_FIXED),
    COLUMN(journal_row, case_number, I64, COLUMN_FIXED),
    COLUMN_AS(journal_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(journal_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(journal_row, payload, BYTES, COLUMN_FIXED),
    COLUMN(journal_row, hash, BYTES, COLUMN_FIXED),
    COLUMN(journal_row, trace, BYTES, COLUMN_FIXED),
};
const struct table journal_table = TABLE("journal", journal_row, journal_columns, 2);

static const struct column cursor_columns[] = {
    COLUMN(cursor_row, centre, I16, COLUMN_KEY), COLUMN(cursor_row, stream, TEXT, COLUMN_KEY),
    COLUMN(cursor_row, epoch, I32, 0),           COLUMN(cursor_row, seq, I64, COLUMN_GUARD),
    COLUMN(cursor_row, hash, BYTES, 0),
};
const struct table cursor_table = TABLE("cursor", cursor_row, cursor_columns, 1);

static const struct column parked_columns[] = {
    COLUMN(parked_row, centre, I16, COLUMN_KEY),
    COLUMN(parked_row, case_number, I64, COLUMN_KEY),
    COLUMN(parked_row, stream, TEXT, COLUMN_KEY),
    COLUMN(parked_row, seq, I64, COLUMN_KEY),
    COLUMN(parked_row, type, TEXT, COLUMN_FIXED),
    COLUMN_AS(parked_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(parked_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(parked_row, payload, BYTES, COLUMN_FIXED),
    COLUMN(parked_row, reason, TEXT, COLUMN_FIXED),
};
const struct table parked_table = TABLE("parked", parked_row, parked_columns, 2);

static const struct column counter_columns[] = {
    COLUMN(counter_row, centre, I16, COLUMN_KEY),
    COLUMN(counter_row, name, TEXT, COLUMN_KEY),
    COLUMN(counter_row, value, I64, COLUMN_GUARD),
};
const struct table counter_table = TABLE("counter", counter_row, counter_columns, 2);

static const struct column walk_columns[] = {
    COLUMN(walk_row, centre, I16, COLUMN_KEY),
    COLUMN(walk_row, no, I32, COLUMN_KEY),
    COLUMN(walk_row, name, TEXT, COLUMN_FIXED),
    COLUMN(walk_row, subject, BYTES, COLUMN_FIXED),
    COLUMN_AS(walk_row, begun_ms, "begun_at", TIME, COLUMN_FIXED),
    COLUMN(walk_row, key_1, I64, 0),
    COLUMN(walk_row, key_2, I64, 0),
    COLUMN(walk_row, key_3, I64, 0),
    COLUMN(walk_row, met, I64, 0),
    COLUMN(walk_row, changed, I64, 0),
    COLUMN(walk_row, changed_parts, I64, 0),
};
const struct table walk_table = TABLE("walk", walk_row, walk_columns, 1);

const struct table *const corridor_tables[] = {
    &command_table, &approval_table, &journal_head_table, &journal_table, &cursor_table,
    &parked_table,  &counter_table,  &walk_table,         NULL,
};

struct event journal_event(const struct journal_row *row)
{
    struct event event = {.epoch = row->epoch,
                          .seq = row->seq,
                          .type = row->type,
                          .version = row->version,
                          .case_number = row->case_number,
                          .at_ms = row->at_ms,
                          .actor = row->actor,
                          .payload = row->payload,
                          .trace = trace_of_bytes(row->trace.data, row->trace.len)};
    memcpy(event.hash, row->hash.data, HASH_BYTES);
    return event;
}
