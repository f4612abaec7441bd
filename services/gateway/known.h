/* SPDX-License-Identifier: Apache-2.0 */
/* known.h: who was recognised lately, by the hash of the secret shown, so that the register is not
 * asked for every request. What is known is believed for a short while (KNOWN_MS): so soon a change
 * made elsewhere takes effect. Of fixed size; a place that is taken over is asked for again. Pure.
 */
#ifndef GATEWAY_KNOWN_H
#define GATEWAY_KNOWN_H

#include "services/gateway/deed.h"

enum { KNOWN_PLACES = 4096, KNOWN_MS = 15000 };

struct known {
    struct {
        struct caller caller;
        int64_t until_ms; /* monotonic */
    } places[KNOWN_PLACES];
};

/* Null: ask the register. */
const struct caller *known_find(const struct known *, const unsigned char hash[SECRET_HASH_BYTES],
                                int64_t now_ms);
void known_keep(struct known *, const struct caller *, int64_t now_ms);
void known_forget(struct known *, const unsigned char hash[SECRET_HASH_BYTES]);
void known_forget_all(struct known *);

#endif
