/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/keys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

_Noreturn void file_failed(const char *path)
{
    program_die("%s: %s", path, strerror(errno));
}

FILE *file_begin(const char *path, char new_path[PATH_MAX])
{
    snprintf(new_path, PATH_MAX, "%s.new", path);
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (f == NULL)
        file_failed(new_path);
    return f;
}

void file_keep(FILE *f, const char *new_path, const char *path)
{
    if (fflush(f) || fsync(fileno(f)) || fclose(f) || rename(new_path, path))
        file_failed(path);
}
