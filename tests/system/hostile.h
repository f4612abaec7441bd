/* SPDX-License-Identifier: Apache-2.0 */
/* hostile.h: HTTP requests nobody should send. From one seed always the same ones: some are shaped
 * by the descriptors of a route and mean well but for a value or two, the others are put together
 * from what has broken servers before; then bytes are changed, cut off and added. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <stddef.h>
#include <stdint.h>

enum { HOSTILE_BYTES = 160 * 1024 };

struct dice {
    uint64_t state; /* the seed; not 0 */
};

uint64_t roll(struct dice *, uint64_t below);

/* Who is said to ask, and about which case. */
struct sender {
    const char *cookie, *csrf; /* "" for none */
    const char *case_number;
};

/* The next request; its size. */
size_t hostile_request(struct dice *, const struct sender *, char bytes[HOSTILE_BYTES]);

#endif
