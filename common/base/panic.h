/* SPDX-License-Identifier: Apache-2.0 */
/* panic.h: the spelling of a bug. The process says what was impossible, dies, and is restarted by
 * its launcher; since every acknowledged command is durable before it is acknowledged, dying is
 * always safe. */
#ifndef COMMON_PANIC_H
#define COMMON_PANIC_H

_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* State what must hold. Stays on in every build. */
#define must(condition)                                                                            \
    ((condition) ? (void)0 : panic("%s:%d: must hold: %s", __FILE__, __LINE__, #condition))

#endif
