/* SPDX-License-Identifier: Apache-2.0 */
/* confine.h: what a running service gives up, so that whoever takes it over from outside gets no
 * further: other users' files, new privileges, other programs, core dumps, and the system calls
 * that no service makes. */
#ifndef COMMON_CONFINE_H
#define COMMON_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/* Root becomes the owner of the folder HOME/keys/<name>, which holds what this program alone may
 * read; anybody else, and root whose folder is root's, stays who he is. False: a failure, logged.
 */
bool confine_user(const char *home, const char *name);

/* No core dump shows what was in memory, nothing that is executed gets more rights, and these
 * system calls are refused (EPERM) in all threads. A kernel without such a filter is logged. */
void confine_calls(void);

/* From now on the process may take so many bytes beyond what it has; when it asks for more it ends,
 * and is started anew. A peer can send a message that never ends, of which libzmq keeps every frame
 * until it is whole. Call it when everything is open. */
void confine_memory(int64_t bytes);

#endif
