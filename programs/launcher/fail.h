/* SPDX-License-Identifier: Apache-2.0 */
/* fail.h: how the launcher ends when it cannot begin: one sentence, exit status 1. */
#ifndef ONEDOOR_LAUNCHER_FAIL_H
#define ONEDOOR_LAUNCHER_FAIL_H

#include <stdio.h>
#include <stdlib.h>

/* `which` may be empty. */
static inline _Noreturn void fail(const char *what, const char *which)
{
    fprintf(stderr, "onedoor-launcher: %s%s%s\n", what, *which ? ": " : "", which);
    exit(1);
}

#endif
