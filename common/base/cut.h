/* SPDX-License-Identifier: Apache-2.0 */
/* cut.h: texts of a bounded size, cut between characters: half a character is no UTF-8, which
 * neither the database nor a collector of logs takes. Pure. */
#ifndef COMMON_CUT_H
#define COMMON_CUT_H

#include <stddef.h>

/* As much of the text, which is UTF-8, as there is room for; `size` counts the final zero, and is
 * at least 1. */
void cut_copy(char *to, size_t size, const char *text);

/* Drops the character at the end if its last bytes are missing. */
void cut_end(char *text);

#endif
