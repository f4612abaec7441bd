/* SPDX-License-Identifier: Apache-2.0 */
/* hostile.h: HTTP requests nobody should send. From one seed always the same ones: some are shaped
 * by the descriptors of a route and mean well but for a value or two, the others are put together
 * from what has broken servers before; then bytes are changed, cut off and added. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "tests/system/hostile_json.h"

enum { HOSTILE_BYTES = 160 * 1024 };

/* The next request; its size. */
size_t hostile_request(struct dice *, const struct sender *, char bytes[HOSTILE_BYTES]);

#endif
