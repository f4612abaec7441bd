/* SPDX-License-Identifier: Apache-2.0 */
/* scan_row.h: the files of a case's papers and their pieces (db/deploy/intake/schema.sql has the
 * same, in SQL). A file comes in pieces, each a command and a row of its own, so nothing ever holds
 * a whole one. */
#ifndef INTAKE_SCAN_ROW_H
#define INTAKE_SCAN_ROW_H

#include "common/rows/table.h"

struct scan_row {
    int16_t centre;
    int64_t number;
    int16_t scan; /* from 1, of the case */
    int16_t seq;  /* of which paper of the item's list */
    struct bytes sha256;
    int32_t bytes;
    const char *actor;
    int64_t at_ms;
    /* the rest changes as it comes in */
    int16_t type;         /* ScanType of the wire, by its content; 0 = not known yet */
    int32_t received;     /* pieces that are there, from 1 without gaps */
    struct bytes hashing; /* the hash of those, under way (scan_hash.h); null once it is whole */
    int64_t drop_ms;      /* removed from this instant on, piece by piece; 0 = it is kept */
};
static const struct column scan_columns[] = {
    COLUMN(scan_row, centre, I16, COLUMN_KEY),
    COLUMN(scan_row, number, I64, COLUMN_KEY),
    COLUMN(scan_row, scan, I16, COLUMN_KEY),
    COLUMN(scan_row, seq, I16, COLUMN_FIXED),
    COLUMN(scan_row, sha256, BYTES, COLUMN_FIXED),
    COLUMN(scan_row, bytes, I32, COLUMN_FIXED),
    COLUMN(scan_row, actor, TEXT, COLUMN_FIXED),
    COLUMN_AS(scan_row, at_ms, "at", TIME, COLUMN_FIXED),
    COLUMN(scan_row, type, I16, 0),
    COLUMN(scan_row, received, I32, 0),
    COLUMN(scan_row, hashing, BYTES, 0),
    COLUMN_AS(scan_row, drop_ms, "drop_at", TIME, COLUMN_DUE),
};

/* RULE H21: what is in it, sealed. */
struct piece_row {
    int16_t centre;
    int64_t number;
    int16_t scan;
    int32_t piece; /* from 1 */
    struct bytes sealed;
};
static const struct column piece_columns[] = {
    COLUMN(piece_row, centre, I16, COLUMN_KEY),      COLUMN(piece_row, number, I64, COLUMN_KEY),
    COLUMN(piece_row, scan, I16, COLUMN_KEY),        COLUMN(piece_row, piece, I32, COLUMN_KEY),
    COLUMN(piece_row, sealed, BYTES, COLUMN_SEALED),
};

/* What began on one day. */
struct scan_day_row {
    int16_t centre;
    int32_t day;
    int64_t bytes;
};
static const struct column scan_day_columns[] = {
    COLUMN(scan_day_row, centre, I16, COLUMN_KEY),
    COLUMN(scan_day_row, day, DAY, COLUMN_KEY),
    COLUMN(scan_day_row, bytes, I64, 0),
};

extern const struct table intake_scan_table, intake_piece_table, intake_scan_day_table;

#endif
