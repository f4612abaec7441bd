/* SPDX-License-Identifier: Apache-2.0 */
/* seal.h: personal data as it is stored: sealed, so that whoever has the database alone reads none.
 *
 * A text is sealed with XChaCha20-Poly1305 for one place (a table and the key of a row), and opens
 * at no other:
 *
 *   id of the key (4 bytes, highest first), nonce (24), the text enciphered, tag (16)
 *
 * The nonce is a keyed hash of place and text, so sealing is pure: the same text at the same place
 * becomes the same bytes, and no nonce is ever used for two texts. */
#ifndef COMMON_SEAL_H
#define COMMON_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"

enum {
    SEAL_SECRET_BYTES = 32,
    SEAL_KEYS_MAX = 8,
    SEAL_EXTRA_BYTES = 4 + 24 + 16, /* by which a sealed text is longer */
    SEAL_SOUGHT_BYTES = 16,
    SEAL_PROOF_BYTES = 16,
};

/* The key of what is kept for some days at most, such as replies to commands. It is derived from
 * the hall's secret and is never replaced. */
enum { SEAL_BRIEF = 0 };

struct seal_key {
    uint32_t id; /* from 1; of the secret itself SEAL_BRIEF */
    unsigned char cipher[SEAL_SECRET_BYTES], nonce[SEAL_SECRET_BYTES];
};

/* The keys of a hall. All zero: none. */
struct seal {
    struct seal_key brief;
    unsigned char sought[SEAL_SECRET_BYTES], digest[SEAL_SECRET_BYTES];
    int n;
    struct seal_key keys[SEAL_KEYS_MAX]; /* the newest first: it seals; the others open */
};

/* Derives from the secret all keys that are never replaced. */
void seal_set_secret(struct seal *, const unsigned char secret[SEAL_SECRET_BYTES]);
/* Add a key behind those that are there. False: there is no room, or one has this id. */
bool seal_add_key(struct seal *, uint32_t id, const unsigned char key[SEAL_SECRET_BYTES]);

/* The id of the key that seals what lasts. */
uint32_t seal_newest(const struct seal *);
bool seal_has_key(const struct seal *, uint32_t id);

/* Sealed with the key of this id, which must be there. In the arena; null stays null. */
struct bytes seal_close(const struct seal *, uint32_t id, struct bytes place, struct bytes text,
                        struct arena *);
/* False: it was sealed for another place, was changed, or its key is not there. */
bool seal_open(const struct seal *, struct bytes place, struct bytes sealed, struct arena *,
               struct bytes *text);
/* The id of the key that something was sealed with. */
uint32_t seal_id(struct bytes sealed);

/* A keyed hash to search by: equal texts of one column have the same, and nobody can compute it
 * without the secret. `column` keeps equal texts of two columns apart. Null for "". */
struct bytes seal_sought(const struct seal *, const char *column, const char *text, struct arena *);

/* Hashes a digest again with the secret, so that nobody without it can find the request by trying.
 */
void seal_digest(const struct seal *, unsigned char digest[32]);

/* Tells two keys of one id apart, and nothing of them. Of SEAL_BRIEF: the secret. */
void seal_proof(const struct seal *, uint32_t id, unsigned char proof[SEAL_PROOF_BYTES]);

#endif
