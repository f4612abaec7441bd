/* SPDX-License-Identifier: Apache-2.0 */
/* backoff.h: a delay that doubles with each failure up to a limit. Pure. */
#ifndef COMMON_BACKOFF_H
#define COMMON_BACKOFF_H

#include <stdint.h>

/* 0 without a failure; `first_ms` after one. */
static inline int64_t backoff_ms(int64_t first_ms, int64_t most_ms, int64_t failures)
{
    int64_t delay_ms = failures > 0 ? first_ms : 0;
    for (int64_t n = 1; n < failures && delay_ms < most_ms; n++)
        delay_ms *= 2;
    return delay_ms < most_ms ? delay_ms : most_ms;
}

#endif
