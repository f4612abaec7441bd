/* SPDX-License-Identifier: Apache-2.0 */
/* monotonic.h: the clock by which a process waits and measures; nobody sets it. */
#ifndef COMMON_MONOTONIC_H
#define COMMON_MONOTONIC_H

#include <stdint.h>

int64_t monotonic_ms(void);
int64_t monotonic_us(void);
/* The same, and it goes on while the machine sleeps. */
int64_t boottime_ms(void);

#endif
