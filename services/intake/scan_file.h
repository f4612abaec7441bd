/* SPDX-License-Identifier: Apache-2.0 */
/* scan_file.h: what a scan is, piece by piece: its type by its content, and its hash under way.
 * Pure. */
#ifndef INTAKE_SCAN_FILE_H
#define INTAKE_SCAN_FILE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "onedoor/intake.pb-c.h"

enum {
    SCAN_PIECE_BYTES = 40960, /* of each piece but the last; a message on the bus has 65536, in
                                 base64 the same */
    SCAN_HASH_BYTES = 32,
};

/* Of a file of so many bytes. */
int32_t scan_file_pieces(int64_t bytes);
/* Bytes of this piece, from 1. */
size_t scan_file_piece_bytes(int64_t bytes, int32_t piece);

/* What a file is that begins so; unspecified: none of those that are taken. A ZIP archive is OFD
 * only if it has the entry OFD.xml, in whichever piece, so it is not known at first. */
enum scan_start { SCAN_REFUSED, SCAN_KNOWN, SCAN_ARCHIVE };
enum scan_start scan_file_start(struct bytes first, Onedoor__Intake__ScanType *);
/* Whether the piece names the entry OFD.xml. An entry whose name is cut by the end of a piece is in
 * the archive's directory too. */
bool scan_file_names_ofd(struct bytes piece);

/* The state of the hash before the first piece, and after one; in the arena. */
struct bytes scan_file_hash_begin(struct arena *);
struct bytes scan_file_hash_add(struct bytes state, struct bytes piece, struct arena *);
/* Whether it ends in this hash. */
bool scan_file_hash_is(struct bytes state, struct bytes sha256);

#endif
