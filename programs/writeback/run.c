/* SPDX-License-Identifier: Apache-2.0 */
/* run.c: the process around the passes: its user, its call to the kernel, and its loop. */
#include "programs/writeback/writeback.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/heartbeat.h"
#include "common/service/confine.h"
#include "common/values/log.h"

static int begin_writing(int fd)
{
    return sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE) == 0 ? 0 : errno;
}

static int64_t wall_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Root changes to the owner of the data here and not in the launcher, since that user may have no
 * access to the programs and settings of the hall. The change clears the signal for the parent's
 * death, so it is set again; the launcher may have ended just before. */
static bool become_owner(const char *data)
{
    struct stat owner;
    pid_t parent = getppid();
    if (stat(data, &owner))
        return false;
    if (geteuid() != 0 || owner.st_uid == 0)
        return true;
    if (setgroups(0, NULL) || setgid(owner.st_gid) || setuid(owner.st_uid))
        return false;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    return true;
}

/* There is nothing to clean up, so SIGTERM simply ends the process. */
static _Noreturn void go_round(struct writeback *writeback, int pause_ms)
{
    const struct timespec pause = {pause_ms / 1000, pause_ms % 1000 * 1000000L};
    bool known = true;
    for (;;) {
        if (known && writeback_pass(writeback, wall_ns()) == STATUS_INVALID) {
            known = false;
            log_warn(0, "writeback.unknown",
                     "this kernel or file system cannot be asked to begin writing: the database "
                     "works, but now and then its commits may wait");
        }
        heartbeat_beat();
        nanosleep(&pause, NULL);
    }
}

int writeback_run(const char *data, int pause_ms)
{
    char base[PATH_MAX];
    snprintf(base, sizeof base, "%s/base", data);
    if (!become_owner(data) || access(base, R_OK | X_OK)) {
        log_error(0, "writeback.folder", "%s: %s", base, strerror(errno));
        return 1;
    }
    confine_calls();
    heartbeat_open();
    heartbeat_state("ready");
    go_round(&(struct writeback){.base = base, .ask = begin_writing}, pause_ms);
}
