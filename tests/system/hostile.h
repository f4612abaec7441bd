/* SPDX-License-Identifier: Apache-2.0 */
/* hostile.h: hostile HTTP requests, the same ones from the same seed. Some follow the descriptors
 * of a route but for a value or two, the others are made of what has broken servers before; then
 * bytes are changed, cut off and added. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "tests/system/hostile_json.h"

enum { HOSTILE_BYTES = 160 * 1024 };

/* The next request; its size. */
size_t hostile_request(struct dice *, const struct sender *, char bytes[HOSTILE_BYTES]);

#endif
