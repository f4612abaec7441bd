/* SPDX-License-Identifier: Apache-2.0 */
/* load.h: the work that the hall does meanwhile: onedoor-simulate as a process of its own, whose
 * people ask through the proxy, and which compares at its end what they were told with what there
 * is. */
#ifndef CHAOS_LOAD_H
#define CHAOS_LOAD_H

#include <stdint.h>
#include <sys/types.h>

#include "common/base/program.h"

struct load {
    pid_t pid;
    int result; /* a pipe: its JSON */
};

/* What it found. */
struct load_result {
    bool is_whole; /* it came to its end; else nothing else is known */
    int64_t commands, lost, doubled, mismatched;
    char verify[200]; /* "ok", or the first invariant that is broken */
};

/* Panics when it cannot be started. */
void load_start(struct load *, const struct config *, struct arena *);

/* Nobody applies any more; the cases there are come to their end, which takes a while. */
void load_close(const struct load *);

/* Waits for its end, or until this program is to end: then it is killed. */
struct load_result load_end(struct load *, const struct invocation *);

/* Has it ended by itself? */
bool load_has_ended(const struct load *);

#endif
