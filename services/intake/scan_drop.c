/* SPDX-License-Identifier: Apache-2.0 */
/* scan_drop.c: scans that nobody went on with for an hour, and those of an erased case, are
 * removed: the last pieces first, a few a turn, so that no turn holds a large file. */
#include "services/intake/commands.h"
#include "services/intake/scan_file.h"

enum { SCANS_AT_ONCE = 2, PIECES_AT_ONCE = 16 };

static bool is_due(const struct turn *turn, const struct scan_row *scan)
{
    return scan->drop_ms != 0 && scan->drop_ms <= turn->now_ms;
}

void intake_need_drop_scans(struct turn *turn)
{
    rows_want_due(turn, &intake_scan_table, SCANS_AT_ONCE);
}

static struct piece_row probe_of(const struct scan_row *scan, int32_t piece)
{
    return (struct piece_row){
        .centre = scan->centre, .number = scan->number, .scan = scan->scan, .piece = piece};
}

static int32_t first_of(const struct scan_row *scan)
{
    return scan->received > PIECES_AT_ONCE ? scan->received - PIECES_AT_ONCE + 1 : 1;
}

bool intake_need_pieces(struct turn *turn)
{
    const struct scan_row *scan;
    bool any = false;
    for (size_t place = 0; (scan = rows_each(turn, &intake_scan_table, &place)) != NULL;)
        for (int32_t piece = first_of(scan); is_due(turn, scan) && piece <= scan->received;
             piece++) {
            const struct piece_row probe = probe_of(scan, piece);
            rows_want(turn, &intake_piece_table, &probe);
            any = true;
        }
    return any;
}

/* Those pieces that were loaded; a scan that fell due in this very turn waits for the next one. */
static void drop_pieces(struct turn *turn, struct scan_row *scan)
{
    rows_touch(turn, &intake_scan_table, scan);
    for (int32_t n = 0; n < PIECES_AT_ONCE && scan->received > 0; n++) {
        const struct piece_row probe = probe_of(scan, scan->received);
        void *piece = rows_find(turn, &intake_piece_table, &probe);
        if (piece == NULL)
            break;
        rows_remove(turn, &intake_piece_table, piece);
        scan->received--;
    }
    turn_wake(turn, turn->now_ms);
}

void intake_drop_scans(struct turn *turn)
{
    struct scan_row *scan;
    for (size_t place = 0; (scan = rows_each(turn, &intake_scan_table, &place)) != NULL;) {
        if (!is_due(turn, scan)) {
            turn_wake(turn, scan->drop_ms);
            continue;
        }
        if (scan->received > 0)
            drop_pieces(turn, scan);
        if (scan->received == 0)
            rows_remove(turn, &intake_scan_table, scan);
    }
}

void intake_erase_scans(struct turn *turn, int64_t number)
{
    const struct scan_row probe = {.centre = turn->centre, .number = number};
    for (struct scan_row *scan = NULL;
         (scan = rows_next(turn, &intake_scan_table, &probe, scan)) != NULL;) {
        rows_touch(turn, &intake_scan_table, scan);
        scan->drop_ms = turn->now_ms;
        turn_wake(turn, turn->now_ms);
    }
}
