/* SPDX-License-Identifier: Apache-2.0 */
/* scan_views.c: RULE H21: those who handle a case look at its scans; a look is on record before
 * anything is shown, and shows for ten minutes. */
#include <string.h>

#include "common/rows/sealed.h"
#include "common/service/reader.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/queries.h"
#include "services/intake/scan_file.h"

enum { LOOK_MS = 10 * 60 * 1000 };

static struct outcome no_such_scan(void)
{
    return not_found(ONEDOOR__REASON__UNKNOWN_SCAN, "there is no such scan, or the look is over");
}

/* ---- ViewScan */

void intake_need_view_scan(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__ViewScan *view = call->message;
    intake_want_case(turn, view->case_number);
    rows_want(turn, &intake_involved_table,
              &(struct involved_row){.centre = turn->centre,
                                     .number = view->case_number,
                                     .department = call->actor->department});
    rows_want(turn, &intake_scan_table,
              &(struct scan_row){.centre = turn->centre, .number = view->case_number});
    turn_want_counter(turn, "look");
}

static int64_t record_look(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__ViewScan *view = call->message;
    const struct look_row *look = rows_add(turn, &intake_look_table,
                                           &(struct look_row){.centre = turn->centre,
                                                              .number = view->case_number,
                                                              .no = turn_count(turn, "look"),
                                                              .actor = call->actor->id,
                                                              .department = call->actor->department,
                                                              .purpose = view->purpose,
                                                              .at_ms = turn->now_ms,
                                                              .scan = (int16_t)view->scan});
    return look->no;
}

struct outcome intake_view_scan(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__ViewScan *view = call->message;
    const struct case_row *row = intake_case(turn, view->case_number);
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    struct outcome outcome = intake_handles(turn, call, row);
    if (!is_ok(outcome))
        return outcome;
    const struct scan_row *scan =
        rows_find(turn, &intake_scan_table,
                  &(struct scan_row){
                      .centre = turn->centre, .number = row->number, .scan = (int16_t)view->scan});
    if (scan == NULL || scan->drop_ms != 0)
        return no_such_scan();
    Onedoor__Intake__ViewScanReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__ViewScanReply, onedoor__intake__view_scan_reply);
    reply->look = record_look(turn, call);
    reply->type = (Onedoor__Intake__ScanType)scan->type;
    reply->bytes = scan->bytes;
    reply->pieces = scan_file_pieces(scan->bytes);
    return OUTCOME_OK;
}

/* ---- GetPiece */

/* A piece of a scan at which somebody looks. */
struct looked_row {
    struct piece_row piece;
    const char *actor;
    int64_t at_ms;
    int16_t type;
    int32_t bytes;
};

static const struct column looked_columns[] = {
    COLUMN(looked_row, actor, TEXT, 0),
    COLUMN_AS(looked_row, at_ms, "at", TIME, 0),
    COLUMN(looked_row, type, I16, 0),
    COLUMN(looked_row, bytes, I32, 0),
};
static const struct shape looked_shape =
    SHAPE_WITH(&intake_piece_table, looked_row, looked_columns);

static const struct looked_row *read_piece(struct reader *reader,
                                           const Onedoor__Intake__GetPiece *get)
{
    size_t n;
    const struct looked_row *rows = reader_select(
        reader, &looked_shape,
        "from piece p cross join lateral (select actor, at from look l where l.centre = p.centre"
        " and l.number = p.number and l.no = $4 and l.scan = p.scan) l"
        " cross join lateral (select type, bytes from scan s where s.centre = p.centre"
        " and s.number = p.number and s.scan = p.scan and s.drop_at is null) s"
        " where centre = $1 and number = $2 and scan = $3 and piece = $5",
        PARAMS(P_I16(reader->centre), P_I64(get->case_number), P_I32(get->scan), P_I64(get->look),
               P_I32(get->piece)),
        &n);
    return n == 0 ? NULL : rows;
}

struct outcome intake_get_piece(struct reader *reader, struct call *call)
{
    const Onedoor__Intake__GetPiece *get = call->message;
    const struct looked_row *row = read_piece(reader, get);
    struct bytes text;
    if (row == NULL || strcmp(row->actor, call->actor->id) != 0 ||
        row->at_ms < reader->now_ms - LOOK_MS)
        return no_such_scan();
    if (!sealed_open(reader->seal, &intake_piece_table, &row->piece, row->piece.sealed,
                     reader->arena, &text))
        return sealed_broken;
    Onedoor__Intake__GetPieceReply *reply = READER_REPLY(
        reader, call, Onedoor__Intake__GetPieceReply, onedoor__intake__get_piece_reply);
    reply->data = (ProtobufCBinaryData){text.len, (uint8_t *)text.data};
    reply->type = (Onedoor__Intake__ScanType)row->type;
    reply->bytes = row->bytes;
    reply->pieces = scan_file_pieces(row->bytes);
    return OUTCOME_OK;
}
