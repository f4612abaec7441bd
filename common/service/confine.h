/* SPDX-License-Identifier: Apache-2.0 */
/* confine.h: what a running service gives up, so that whoever takes it over from outside gets no
 * further: other users' files, new privileges, other programs, core dumps, and the system calls
 * that no service makes. */
#ifndef COMMON_CONFINE_H
#define COMMON_CONFINE_H

#include <stdbool.h>

/* Root becomes the owner of the folder HOME/keys/<name>, which holds what this program alone may
 * read; anybody else, and root whose folder is root's, stays who he is. False: a failure, logged.
 */
bool confine_user(const char *home, const char *name);

/* No core dump shows what was in memory, nothing that is executed gets more rights, and these
 * system calls are refused (EPERM) in all threads. A kernel without such a filter is logged. */
void confine_calls(void);

#endif
