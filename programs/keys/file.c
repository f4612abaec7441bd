/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/keys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void fail(const char *path)
{
    fprintf(stderr, "onedoor-keys: %s: %s\n", path, strerror(errno));
    exit(1);
}

FILE *file_begin(const char *path, char new_path[PATH_MAX])
{
    snprintf(new_path, PATH_MAX, "%s.new", path);
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (f == NULL)
        fail(new_path);
    return f;
}

void file_keep(FILE *f, const char *new_path, const char *path)
{
    if (fflush(f) || fsync(fileno(f)) || fclose(f) || rename(new_path, path))
        fail(path);
}
