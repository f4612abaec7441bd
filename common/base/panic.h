/* SPDX-License-Identifier: Apache-2.0 */
/* panic.h: what to call on a bug. The process prints what should be impossible, dies, and is
 * restarted by its launcher. Dying is always safe: a command is durable before it is acknowledged.
 */
#ifndef COMMON_PANIC_H
#define COMMON_PANIC_H

_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* An assertion that stays on in every build. */
#define must(condition)                                                                            \
    ((condition) ? (void)0 : panic("%s:%d: must hold: %s", __FILE__, __LINE__, #condition))

#endif
