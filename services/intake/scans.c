/* SPDX-License-Identifier: Apache-2.0 */
/* scans.c: the files of a case's papers come in, piece by piece and in order. A piece that is there
 * already changes nothing, so whoever was cut off begins again and goes on where it stopped. */
#include <sodium.h>
#include <string.h>

#include "common/rows/sealed.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"
#include "services/intake/scan_file.h"

enum { SCANS_MOST = 99, UNFINISHED_MS = 60 * 60 * 1000 };

static int32_t today(const struct turn *turn)
{
    const struct catalogue *catalogue = turn->memory;
    return calendar_day(&catalogue->calendar, turn->now_ms).n;
}

static struct scan_day_row day_probe(const struct turn *turn)
{
    return (struct scan_day_row){.centre = turn->centre, .day = today(turn)};
}

void intake_need_scan(struct turn *turn, const struct call *call)
{
    int64_t number = message_case(call->message);
    const struct scan_day_row day = day_probe(turn);
    intake_want_case(turn, number);
    rows_want(turn, &intake_scan_table,
              &(struct scan_row){.centre = turn->centre, .number = number});
    rows_want(turn, &intake_applicant_table,
              &(struct applicant_row){.centre = turn->centre, .number = number});
    rows_want(turn, &intake_scan_day_table, &day);
}

/* ---- who may, and when */

/* RULE H21: the public shows the code of a slip of this very case. */
static struct outcome find_public(struct turn *turn, const char *code, int64_t number,
                                  struct case_row **row)
{
    const struct catalogue *catalogue = turn->memory;
    *row = slip_code_read(catalogue->slip_key, code) == number ? intake_case(turn, number) : NULL;
    return *row == NULL ? not_found(ONEDOOR__REASON__UNKNOWN_CASE,
                                    "there is no case with this number and code")
                        : OUTCOME_OK;
}

static struct outcome find_served(struct turn *turn, const struct call *call, struct case_row **row)
{
    *row = intake_case(turn, message_case(call->message));
    if (*row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    return intake_serves(turn->memory, call->actor, &intake_item_of(turn->memory, *row)->row,
                         turn->arena);
}

/* Until it is decided. */
static bool takes_scans(const struct case_row *row)
{
    const unsigned open = FROM(CASE_RECEIVED) | FROM(CASE_CORRECTION) | FROM(CASE_ACCEPTED) |
                          FROM(CASE_IN_APPROVAL) | FROM(CASE_SUSPENDED);
    return (open & FROM(row->state)) != 0;
}

static struct outcome find_open(struct turn *turn, const struct call *call, const char *code,
                                struct case_row **row)
{
    struct outcome outcome = call->actor->role == ONEDOOR__ROLE__PUBLIC
                                 ? find_public(turn, code, message_case(call->message), row)
                                 : find_served(turn, call, row);
    if (is_ok(outcome) && !takes_scans(*row))
        outcome = refuse(ONEDOOR__REASON__WRONG_STATE, "the case is decided, or called off");
    return outcome;
}

/* ---- it begins */

static bool is_hash(const char *text, unsigned char hash[SCAN_HASH_BYTES])
{
    size_t n;
    return sodium_hex2bin(hash, SCAN_HASH_BYTES, text, strlen(text), NULL, &n, NULL) == 0 &&
           n == SCAN_HASH_BYTES;
}

/* The same file of the same paper; and what the others of the case have. */
static struct scan_row *find_same(struct turn *turn, const Onedoor__Intake__BeginScan *begin,
                                  const unsigned char *hash, int64_t *bytes, int16_t *last)
{
    const struct scan_row probe = {.centre = turn->centre, .number = begin->case_number};
    struct scan_row *same = NULL;
    for (struct scan_row *one = NULL;
         (one = rows_next(turn, &intake_scan_table, &probe, one)) != NULL;) {
        *bytes += one->bytes;
        *last = one->scan > *last ? one->scan : *last;
        bool is_dropped = one->drop_ms != 0 && one->drop_ms <= turn->now_ms;
        if (one->seq == begin->seq && one->bytes == begin->bytes && !is_dropped &&
            memcmp(one->sha256.data, hash, SCAN_HASH_BYTES) == 0)
            same = one;
    }
    return same;
}

static struct outcome check_room(struct turn *turn, const Onedoor__Intake__BeginScan *begin,
                                 int64_t bytes, int16_t last)
{
    const struct scan_limits *limits = &((const struct catalogue *)turn->memory)->scans;
    const struct scan_day_row probe = day_probe(turn);
    const struct scan_day_row *day = rows_find(turn, &intake_scan_day_table, &probe);
    if (begin->bytes > limits->bytes)
        return invalid(
            ONEDOOR__REASON__SCAN_TOO_LARGE, "bytes",
            arena_printf(turn->arena, "at most %lld MiB", (long long)(limits->bytes >> 20)));
    if (bytes + begin->bytes > limits->case_bytes || last >= SCANS_MOST)
        return refuse(ONEDOOR__REASON__SCANS_FULL, "the case has as many scans as the hall takes");
    if ((day == NULL ? 0 : day->bytes) + begin->bytes > limits->day_bytes)
        return refuse(ONEDOOR__REASON__SCANS_FULL, "the hall takes no more scans today");
    return OUTCOME_OK;
}

static void count_day(struct turn *turn, int64_t bytes)
{
    struct scan_day_row probe = day_probe(turn);
    struct scan_day_row *day = rows_find(turn, &intake_scan_day_table, &probe);
    probe.bytes = bytes;
    if (day == NULL) {
        rows_add(turn, &intake_scan_day_table, &probe);
        return;
    }
    rows_touch(turn, &intake_scan_day_table, day);
    day->bytes += bytes;
}

static struct scan_row *add_scan(struct turn *turn, const struct call *call, int16_t scan,
                                 const unsigned char *hash)
{
    const Onedoor__Intake__BeginScan *begin = call->message;
    count_day(turn, begin->bytes);
    turn_wake(turn, turn->now_ms + UNFINISHED_MS);
    return rows_add(turn, &intake_scan_table,
                    &(struct scan_row){
                        .centre = turn->centre,
                        .number = begin->case_number,
                        .scan = scan,
                        .seq = (int16_t)begin->seq,
                        .sha256 = arena_bytes(turn->arena, (struct bytes){hash, SCAN_HASH_BYTES}),
                        .bytes = (int32_t)begin->bytes,
                        .actor = call->actor->id,
                        .at_ms = turn->now_ms,
                        .hashing = scan_file_hash_begin(turn->arena),
                        .drop_ms = turn->now_ms + UNFINISHED_MS});
}

/* RULE L31: of a listed paper. RULE H21: of a case whose applicant is erased nothing is kept. */
static struct outcome check_begin(struct turn *turn, const Onedoor__Intake__BeginScan *begin,
                                  const struct case_row *row, unsigned char *hash)
{
    const struct applicant_row applicant = {.centre = turn->centre, .number = row->number};
    if (!is_hash(begin->sha256, hash))
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "sha256", "must be 64 hexadecimal digits");
    if (begin->seq > intake_item_of(turn->memory, row)->n_materials)
        return refuse(ONEDOOR__REASON__UNKNOWN_MATERIAL, "the item's list has no such material");
    return rows_find(turn, &intake_applicant_table, &applicant) == NULL
               ? refuse(ONEDOOR__REASON__ERASED, "what was known of the applicant is erased")
               : OUTCOME_OK;
}

struct outcome intake_begin_scan(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__BeginScan *begin = call->message;
    unsigned char hash[SCAN_HASH_BYTES];
    int64_t bytes = 0;
    int16_t last = 0;
    struct case_row *row;
    struct outcome outcome = find_open(turn, call, begin->code, &row);
    if (is_ok(outcome))
        outcome = check_begin(turn, begin, row, hash);
    if (!is_ok(outcome))
        return outcome;
    const struct scan_row *scan = find_same(turn, begin, hash, &bytes, &last);
    if (scan == NULL) {
        outcome = check_room(turn, begin, bytes, last);
        if (!is_ok(outcome))
            return outcome;
        scan = add_scan(turn, call, (int16_t)(last + 1), hash);
    }
    Onedoor__Intake__BeginScanReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__BeginScanReply, onedoor__intake__begin_scan_reply);
    reply->scan = scan->scan;
    reply->piece_bytes = SCAN_PIECE_BYTES;
    reply->pieces = scan_file_pieces(scan->bytes);
    reply->received = scan->received;
    return OUTCOME_OK;
}

/* ---- the next piece */

static struct outcome unlike(const char *detail)
{
    return refuse(ONEDOOR__REASON__SCAN_DIFFERS, detail);
}

/* Its type, as far as this piece tells; 0: not known yet. */
static struct outcome type_with(const struct scan_row *scan, struct bytes piece,
                                Onedoor__Intake__ScanType *type)
{
    *type = (Onedoor__Intake__ScanType)scan->type;
    bool is_first = scan->received == 0,
         is_last = scan->received + 1 == scan_file_pieces(scan->bytes);
    bool is_refused = is_first && scan_file_start(piece, type) == SCAN_REFUSED;
    if (!is_refused && *type == ONEDOOR__INTAKE__SCAN_TYPE__SCAN_TYPE_UNSPECIFIED &&
        scan_file_names_ofd(piece))
        *type = ONEDOOR__INTAKE__SCAN_TYPE__OFD;
    if (is_refused || (is_last && *type == ONEDOOR__INTAKE__SCAN_TYPE__SCAN_TYPE_UNSPECIFIED))
        return refuse(ONEDOOR__REASON__SCAN_TYPE, "neither PDF, JPEG, PNG nor OFD");
    return OUTCOME_OK;
}

static void keep_piece(struct turn *turn, const struct scan_row *scan, struct bytes piece)
{
    struct piece_row row = {.centre = turn->centre,
                            .number = scan->number,
                            .scan = scan->scan,
                            .piece = scan->received + 1};
    row.sealed = sealed_close(turn->seal, &intake_piece_table, &row, piece, turn->arena);
    rows_add(turn, &intake_piece_table, &row);
}

static void say_kept(struct turn *turn, const struct scan_row *scan)
{
    Onedoor__Intake__ScanKept kept = ONEDOOR__INTAKE__SCAN_KEPT__INIT;
    kept.scan = scan->scan;
    kept.seq = scan->seq;
    kept.type = (Onedoor__Intake__ScanType)scan->type;
    kept.bytes = scan->bytes;
    turn_say(turn, scan->number, &kept.base);
}

/* All of it is checked before anything is kept of the piece. */
static struct outcome take_piece(struct turn *turn, struct scan_row *scan, struct bytes piece)
{
    Onedoor__Intake__ScanType type;
    bool is_last = scan->received + 1 == scan_file_pieces(scan->bytes);
    if (piece.len != scan_file_piece_bytes(scan->bytes, scan->received + 1))
        return unlike("the piece has not the size that follows from the file's");
    struct outcome outcome = type_with(scan, piece, &type);
    if (!is_ok(outcome))
        return outcome;
    struct bytes hashing = scan_file_hash_add(scan->hashing, piece, turn->arena);
    if (is_last && !scan_file_hash_is(hashing, scan->sha256))
        return unlike("its SHA-256 is not the one that was said");
    keep_piece(turn, scan, piece);
    rows_touch(turn, &intake_scan_table, scan);
    scan->received++;
    scan->type = (int16_t)type;
    scan->hashing = is_last ? (struct bytes){NULL, 0} : hashing;
    scan->drop_ms = is_last ? 0 : turn->now_ms + UNFINISHED_MS;
    if (is_last)
        say_kept(turn, scan);
    return OUTCOME_OK;
}

static struct scan_row *find_scan(struct turn *turn, int64_t number, int32_t scan)
{
    struct scan_row *row = rows_find(
        turn, &intake_scan_table,
        &(struct scan_row){.centre = turn->centre, .number = number, .scan = (int16_t)scan});
    bool is_dropped = row != NULL && row->drop_ms != 0 && row->drop_ms <= turn->now_ms;
    return is_dropped ? NULL : row;
}

struct outcome intake_add_piece(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__AddPiece *add = call->message;
    struct case_row *row;
    struct outcome outcome = find_open(turn, call, add->code, &row);
    if (!is_ok(outcome))
        return outcome;
    struct scan_row *scan = find_scan(turn, add->case_number, add->scan);
    if (scan == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_SCAN, "no scan of this number has begun");
    if (add->piece > scan_file_pieces(scan->bytes) || add->piece > scan->received + 1)
        return refuse(ONEDOOR__REASON__PIECE_NOT_NEXT,
                      arena_printf(turn->arena, "the next one is %d", scan->received + 1));
    if (add->piece == scan->received + 1)
        outcome = take_piece(turn, scan, (struct bytes){add->data.data, add->data.len});
    if (!is_ok(outcome))
        return outcome;
    Onedoor__Intake__AddPieceReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__AddPieceReply, onedoor__intake__add_piece_reply);
    reply->received = scan->received;
    reply->whole = scan->hashing.data == NULL;
    return OUTCOME_OK;
}
