/* SPDX-License-Identifier: Apache-2.0 */
/* scans.c: invariant 12. Every piece of every file is there, and together they are the file that
 * was announced. The pieces are sealed: whoever may not read the hall's keys is told that the
 * hashes were not compared. */
#include <stdio.h>
#include <unistd.h>

#include "common/postgres/pgadmin.h"
#include "common/rows/sealed.h"
#include "programs/verify/verify.h"
#include "services/intake/rows.h"
#include "services/intake/scan_file.h"

enum { PIECE_ARENA = 1 << 20, PATH_SIZE = 4200 };

/* clang-format off */

static const struct question scan_questions[] = {
    {"a piece of it is missing, or there is one too many",
     "select s.number || ' ' || s.scan from intake.scan s left join intake.piece p using (centre, number, scan)"
     " where s.centre = $1 group by s.centre, s.number, s.scan, s.received"
     " having count(p.piece) <> s.received or coalesce(max(p.piece), 0) <> s.received"},
    {"it is kept, and is not whole",
     "select number || ' ' || scan from intake.scan where centre = $1 and drop_at is null"
     " and (hashing is not null or type = 0 or received <> (bytes + 40959) / 40960)"},
    {"a piece belongs to no scan",
     "select p.number || ' ' || p.scan from intake.piece p where p.centre = $1 and not exists"
     " (select from intake.scan s where s.centre = p.centre and s.number = p.number and s.scan = p.scan)"},
};

/* clang-format on */

/* A piece of a whole scan. */
struct kept_row {
    struct piece_row piece;
    struct bytes sha256;
    int32_t bytes;
};

static const struct column kept_columns[] = {
    COLUMN(kept_row, sha256, BYTES, 0),
    COLUMN(kept_row, bytes, I32, 0),
};
static const struct shape kept_shape = SHAPE_WITH(&intake_piece_table, kept_row, kept_columns);

struct reading {
    struct verify *verify;
    struct seal seal;
    struct arena *hashes; /* of the scan that is being read */
    struct bytes state;
};

static void broken(const struct reading *reading, const struct kept_row *row, const char *what)
{
    verify_broken(reading->verify, "%lld %d: %s", (long long)row->piece.number, row->piece.scan,
                  what);
}

static void add_piece(void *context, void *data)
{
    struct reading *reading = context;
    const struct kept_row *row = data;
    struct arena *arena = arena_new(PIECE_ARENA);
    struct bytes text;
    if (row->piece.piece == 1) {
        arena_free(&reading->hashes);
        reading->hashes = arena_new(PIECE_ARENA);
        reading->state = scan_file_hash_begin(reading->hashes);
    }
    if (!sealed_open(&reading->seal, &intake_piece_table, &row->piece, row->piece.sealed, arena,
                     &text)) {
        broken(reading, row, "a piece does not open");
    } else if (reading->state.data != NULL) {
        reading->state = scan_file_hash_add(reading->state, text, reading->hashes);
        if (row->piece.piece == scan_file_pieces(row->bytes) &&
            !scan_file_hash_is(reading->state, row->sha256))
            broken(reading, row, "its content has not the hash that was announced");
    }
    arena_free(&arena);
}

/* False: the keys are not for this user to read. */
static bool compare_hashes(struct verify *verify)
{
    char path[PATH_SIZE];
    struct reading reading = {.verify = verify};
    const char *home = config_text(verify->config, "home");
    snprintf(path, sizeof path, "%s/keys/intake/seal", home);
    if (access(path, R_OK) != 0 || sealed_read(&reading.seal, home, "intake") != STATUS_OK)
        return false;
    pgadmin_select(verify->conn, &kept_shape,
                   "from intake.piece p cross join lateral (select sha256, bytes from intake.scan s"
                   " where s.centre = p.centre and s.number = p.number and s.scan = p.scan"
                   " and s.drop_at is null) s where centre = $1 order by number, scan, piece",
                   PARAMS(P_I16(verify->centre)), add_piece, &reading);
    arena_free(&reading.hashes);
    return true;
}

void verify_scans(struct verify *verify)
{
    verify->finding->things = "scans";
    verify->finding->checked =
        pgadmin_number(verify->conn, "select count(*) from intake.scan where centre = $1",
                       PARAMS(P_I16(verify->centre)));
    VERIFY_ASK(verify, scan_questions);
    if (verify->finding->checked > 0 && !compare_hashes(verify))
        verify->finding->things = "scans (hashes not compared: the keys cannot be read)";
}
