/* SPDX-License-Identifier: Apache-2.0 */
/* known.h: who was recognised lately, by the secret shown, so that the register is not asked for
 * every request, nor the secret hashed as the register has it. What is known is believed for a
 * short while (KNOWN_MS): so soon a change made elsewhere takes effect. A secret is kept as a tag
 * (SipHash, 128 bits) under a key that is drawn at start and never leaves: nobody can look for a
 * secret with the tag of another. Of fixed size; a place that is taken over is asked for again. */
#ifndef GATEWAY_KNOWN_H
#define GATEWAY_KNOWN_H

#include "services/gateway/caller/deed.h"

enum { KNOWN_PLACES = 4096, KNOWN_MS = 15000, KNOWN_TAG_BYTES = 16, KNOWN_KEY_BYTES = 16 };

struct recognised {
    struct caller caller;
    char csrf[SECRET_TEXT_SIZE]; /* what a session's changes must show */
};

struct known {
    unsigned char key[KNOWN_KEY_BYTES];
    struct {
        unsigned char tag[KNOWN_TAG_BYTES];
        struct recognised who;
        int64_t until_ms; /* monotonic */
    } places[KNOWN_PLACES];
};

/* Draws the key; the rest is zeroes. */
void known_start(struct known *);

/* Null: ask the register. */
const struct recognised *known_find(const struct known *, const char *secret, int64_t now_ms);
void known_keep(struct known *, const char *secret, const struct recognised *, int64_t now_ms);
void known_forget(struct known *, const char *secret);
void known_forget_all(struct known *);

#endif
