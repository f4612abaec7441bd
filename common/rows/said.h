/* SPDX-License-Identifier: Apache-2.0 */
/* said.h: an event that a handler has said, before it has a number in the journal. */
#ifndef COMMON_SAID_H
#define COMMON_SAID_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/trace.h"

struct said {
    const char *type;
    int64_t case_number;
    const char *actor;
    struct bytes payload;
    struct trace trace;
};

#endif
