/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/keys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn void file_failed(const char *path)
{
    program_die("%s: %s", path, strerror(errno));
}

FILE *file_begin(const char *path, mode_t mode, char new_path[PATH_MAX])
{
    snprintf(new_path, PATH_MAX, "%s.new", path);
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (f == NULL)
        file_failed(new_path);
    return f;
}

/* The folder may be that of a service's own user, and so is what is new in it. */
static void give(FILE *f, const char *path)
{
    char folder[PATH_MAX];
    struct stat owner;
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    if (geteuid() == 0 && (stat(folder, &owner) || fchown(fileno(f), owner.st_uid, owner.st_gid)))
        file_failed(path);
}

void file_keep(FILE *f, const char *new_path, const char *path)
{
    if (fflush(f) || fsync(fileno(f)))
        file_failed(path);
    give(f, path);
    if (fclose(f) || rename(new_path, path))
        file_failed(path);
}
