/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/writeback/writeback.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel stamps a change with the time of its last tick, up to 10 ms ago (HZ=100), and before
 * the bytes are written. So a change just after a pass began may have a time just before it, and
 * the next pass looks that much further back. Asking for a file twice costs nothing, and one that
 * is missed nevertheless (the clock was set back) is written by the kernel in its own time. */
static const int64_t margin_ns = 20 * INT64_C(1000000);

static const int64_t rest_ns = INT64_C(1000000000);

static const char digits[] = "0123456789";

static bool is_database(const char *name)
{
    return name[strspn(name, digits)] == '\0';
}

/* 16385, 16385.1, 16385_fsm; not pg_filenode.map, nor the files of temporary tables (t3_16385). */
static bool is_relation(const char *name)
{
    return strspn(name, digits) > 0;
}

static DIR *open_folder(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && folder == NULL)
        close(fd);
    return folder;
}

static bool has_changed(int at, const char *name, int64_t since_ns)
{
    struct stat file;
    return fstatat(at, name, &file, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(file.st_mode) &&
           file.st_mtim.tv_sec * INT64_C(1000000000) + file.st_mtim.tv_nsec >= since_ns;
}

/* Returns whether it is worth asking for another file. EPERM: a filter of system calls. */
static bool ask_for(const struct writeback *writeback, int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return true;
    int error = writeback->ask(fd);
    close(fd);
    return error != ENOSYS && error != EINVAL && error != EPERM;
}

/* Should there be too many, it starts again and asks for some files in vain. */
static struct writeback_database *database_of(struct writeback *writeback, const char *name)
{
    unsigned long number = strtoul(name, NULL, 10);
    for (int i = 0; i < writeback->n; i++)
        if (writeback->databases[i].number == number)
            return &writeback->databases[i];
    if (writeback->n == WRITEBACK_DATABASES)
        writeback->n = 0;
    struct writeback_database *database = &writeback->databases[writeback->n++];
    *database = (struct writeback_database){.number = number};
    return database;
}

/* The clock was set back: not later than the last pass. */
static bool rests(const struct writeback_database *database, int64_t now_ns)
{
    int64_t passed_ns = now_ns - database->looked_ns;
    return database->quiet && passed_ns >= 0 && passed_ns < rest_ns;
}

static bool walk(const struct writeback *writeback, struct writeback_database *database,
                 DIR *folder, int64_t now_ns)
{
    int64_t since_ns = database->looked_ns - margin_ns;
    database->looked_ns = now_ns;
    database->quiet = true;
    for (struct dirent *file; (file = readdir(folder)) != NULL;) {
        if (!is_relation(file->d_name) || !has_changed(dirfd(folder), file->d_name, since_ns))
            continue;
        database->quiet = false;
        if (!ask_for(writeback, dirfd(folder), file->d_name))
            return false;
    }
    return true;
}

static bool look_into(struct writeback *writeback, int base, const char *name, int64_t now_ns)
{
    struct writeback_database *database = database_of(writeback, name);
    DIR *folder = rests(database, now_ns) ? NULL : open_folder(base, name);
    if (folder == NULL)
        return true;
    bool known = walk(writeback, database, folder, now_ns);
    closedir(folder);
    return known;
}

enum status writeback_pass(struct writeback *writeback, int64_t now_ns)
{
    bool known = true;
    DIR *base = open_folder(AT_FDCWD, writeback->base);
    if (base == NULL)
        return STATUS_OK;
    for (struct dirent *entry; known && (entry = readdir(base)) != NULL;)
        if (is_database(entry->d_name))
            known = look_into(writeback, dirfd(base), entry->d_name, now_ns);
    closedir(base);
    return known ? STATUS_OK : STATUS_INVALID;
}
