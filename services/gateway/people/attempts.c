/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/attempts.h"

#include "common/base/backoff.h"

int64_t attempts_wait_ms(const struct attempts *attempts, const struct attempts_limits *limits,
                         int64_t now_ms)
{
    int64_t wait_ms =
        backoff_ms(limits->first_ms, limits->most_ms, attempts->failures - limits->free + 1);
    int64_t left_ms = attempts->last_ms + wait_ms - now_ms;
    /* A clock that was set back must not make anybody wait longer than the longest wait. */
    return left_ms <= 0 ? 0 : left_ms < wait_ms ? left_ms : wait_ms;
}
