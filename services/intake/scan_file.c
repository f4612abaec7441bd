/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/scan_file.h"

#include <sodium.h>
#include <string.h>

#include "common/base/panic.h"

/* ---- pieces */

int32_t scan_file_pieces(int64_t bytes)
{
    return (int32_t)((bytes + SCAN_PIECE_BYTES - 1) / SCAN_PIECE_BYTES);
}

size_t scan_file_piece_bytes(int64_t bytes, int32_t piece)
{
    int64_t left = bytes - (int64_t)(piece - 1) * SCAN_PIECE_BYTES;
    return (size_t)(left < SCAN_PIECE_BYTES ? left : SCAN_PIECE_BYTES);
}

/* ---- type */

#define SIGNATURE(text, type)                                                                      \
    {                                                                                              \
        text, sizeof(text) - 1, type                                                               \
    }

enum scan_start scan_file_start(struct bytes first, Onedoor__Intake__ScanType *type)
{
    static const struct {
        const char *bytes;
        size_t n;
        Onedoor__Intake__ScanType type;
    } known[] = {
        SIGNATURE("%PDF-", ONEDOOR__INTAKE__SCAN_TYPE__PDF),
        SIGNATURE("\xff\xd8\xff", ONEDOOR__INTAKE__SCAN_TYPE__JPEG),
        SIGNATURE("\x89PNG\r\n\x1a\n", ONEDOOR__INTAKE__SCAN_TYPE__PNG),
    };
    *type = ONEDOOR__INTAKE__SCAN_TYPE__SCAN_TYPE_UNSPECIFIED;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (first.len >= known[i].n && memcmp(first.data, known[i].bytes, known[i].n) == 0) {
            *type = known[i].type;
            return SCAN_KNOWN;
        }
    return first.len >= 4 && memcmp(first.data, "PK\3\4", 4) == 0 ? SCAN_ARCHIVE : SCAN_REFUSED;
}

/* The name of an entry stands behind its header: of 30 bytes before its content, of 46 in the
 * directory, each with the name's length in it. */
static bool is_entry_at(struct bytes piece, size_t at, const char *mark, size_t header,
                        size_t length_at)
{
    static const char name[] = "OFD.xml";
    size_t n = sizeof name - 1;
    return at + header + n <= piece.len && memcmp(piece.data + at, mark, 4) == 0 &&
           piece.data[at + length_at] == n && piece.data[at + length_at + 1] == 0 &&
           memcmp(piece.data + at + header, name, n) == 0;
}

bool scan_file_names_ofd(struct bytes piece)
{
    for (size_t at = 0; at + 4 <= piece.len; at++)
        if (is_entry_at(piece, at, "PK\3\4", 30, 26) || is_entry_at(piece, at, "PK\1\2", 46, 28))
            return true;
    return false;
}

/* ---- hash */

static crypto_hash_sha256_state *state_in(struct arena *arena, struct bytes before)
{
    crypto_hash_sha256_state *state = ARENA_NEW(arena, crypto_hash_sha256_state);
    if (before.data == NULL) {
        crypto_hash_sha256_init(state);
    } else {
        must(before.len == sizeof *state);
        memcpy(state, before.data, sizeof *state);
    }
    return state;
}

struct bytes scan_file_hash_begin(struct arena *arena)
{
    return (struct bytes){(const unsigned char *)state_in(arena, (struct bytes){NULL, 0}),
                          sizeof(crypto_hash_sha256_state)};
}

struct bytes scan_file_hash_add(struct bytes state, struct bytes piece, struct arena *arena)
{
    crypto_hash_sha256_state *next = state_in(arena, state);
    crypto_hash_sha256_update(next, piece.data, piece.len);
    return (struct bytes){(const unsigned char *)next, sizeof *next};
}

bool scan_file_hash_is(struct bytes state, struct bytes sha256)
{
    crypto_hash_sha256_state end;
    unsigned char hash[crypto_hash_sha256_BYTES];
    must(state.len == sizeof end && sha256.len == sizeof hash);
    memcpy(&end, state.data, sizeof end);
    crypto_hash_sha256_final(&end, hash);
    return memcmp(hash, sha256.data, sizeof hash) == 0;
}
