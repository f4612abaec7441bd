/* SPDX-License-Identifier: Apache-2.0 */
/* file.h: files that are replaced as a whole, so that a reader never sees half of one. */
#ifndef KEYS_FILE_H
#define KEYS_FILE_H

#include <limits.h>
#include <stdio.h>
#include <sys/types.h>

#include "common/base/program.h"

/* Ends the program with what errno says of `path`. */
_Noreturn void file_failed(const char *path);

/* Opens `path`.new; file_keep gives it to the owner of its folder, puts it in the place of `path`,
 * durably, and closes it. Both end the program when they fail. */
FILE *file_begin(const char *path, mode_t mode, char new_path[PATH_MAX]);
void file_keep(FILE *, const char *new_path, const char *path);

#endif
