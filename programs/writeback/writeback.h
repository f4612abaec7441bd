/* SPDX-License-Identifier: Apache-2.0 */
/* writeback.h: has PostgreSQL's changed relation files written soon, a little at a time.
 *
 * PostgreSQL extends a table by writing pages of zeros, and none of its *_flush_after settings
 * covers these. They stay in the kernel's memory until they are 30 s old, and are then written all
 * at once: hundreds of megabytes, for which every commit has to wait. So each pass walks
 * DATA/base/<number>/ and asks the kernel to begin writing each relation file that has changed
 * since the pass before.
 *
 * These writes would come anyway, only later. Nothing waits for them or depends on them: PostgreSQL
 * syncs itself what must be durable. Nor does this hide an error of the disk, since a call that
 * does not wait reports none: PostgreSQL gets it at its own sync. */
#ifndef WRITEBACK_WRITEBACK_H
#define WRITEBACK_WRITEBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"

enum { WRITEBACK_DATABASES = 64 };

struct writeback {
    const char *base;   /* DATA/base; borrowed */
    int (*ask)(int fd); /* has the kernel begin to write its changes: 0, or errno */
    int n;              /* databases it has seen; 0 at first */
    struct writeback_database {
        unsigned long number; /* the name of its folder */
        int64_t looked_ns;    /* when the last pass that walked it began; 0: none did */
        bool quiet;           /* which found nothing changed */
    } databases[WRITEBACK_DATABASES];
};

/* One pass, which begins at `now_ns` on the wall's clock; it asks for every file of a database it
 * has not seen before. Where nothing had changed it looks again a second later, since most of a
 * cluster's 1500 files are of databases that nobody uses. A file or folder that vanishes meanwhile
 * (a dropped table, a hall that stops) is skipped, as is one for which the kernel refuses the
 * request for now. STATUS_INVALID: the kernel or the file system does not support the request, and
 * no later pass will succeed. */
MUST_USE enum status writeback_pass(struct writeback *, int64_t now_ns);

/* What onedoor-writeback does until a signal ends it: a pass every `pause_ms` over the cluster in
 * the folder `data`, as the user who owns it. Returns an exit code when it cannot begin. */
int writeback_run(const char *data, int pause_ms);

#endif
