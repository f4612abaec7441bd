/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "common/base/program.h"

/* A reader that checks whether the lock is held takes it for a moment itself, so it is tried again.
 */
int place_take(const char *home)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/run/launcher.lock", home);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        program_die("%s: %s", path, strerror(errno));
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB); tries++) {
        if (tries == 20)
            program_die("another launcher runs this hall: %s", home);
        nanosleep(&(struct timespec){.tv_nsec = 25000000}, NULL);
    }
    return fd;
}

void place_leave_terminal(const char *home)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/log/launcher.log", home);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (log < 0 || null < 0)
        program_die("%s: %s", path, strerror(errno));
    if (daemon(1, 1))
        program_die("cannot go to the background: %s", strerror(errno));
    dup2(null, 0);
    dup2(log, 1);
    dup2(log, 2);
}
