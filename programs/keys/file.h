/* SPDX-License-Identifier: Apache-2.0 */
/* file.h: files that are replaced as a whole, so that a reader never sees half of one. */
#ifndef KEYS_FILE_H
#define KEYS_FILE_H

#include <limits.h>
#include <stdio.h>

#include "common/base/program.h"

/* Ends the program with what errno says of `path`. */
_Noreturn void file_failed(const char *path);

/* Opens `path`.new for its owner alone; file_keep puts it in the place of `path`, durably, and
 * closes it. Both end the program when they fail. */
FILE *file_begin(const char *path, char new_path[PATH_MAX]);
void file_keep(FILE *, const char *new_path, const char *path);

#endif
