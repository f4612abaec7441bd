/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/confine.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/values/log.h"

/* ---- its user */

/* The change of user clears the signal for the parent's death, so it is set again; the parent may
 * have ended just before. The hall's users share a group, whose members may connect to each other's
 * sockets. */
static bool become(uid_t uid, gid_t gid)
{
    int signal = 0;
    pid_t parent = getppid();
    prctl(PR_GET_PDEATHSIG, &signal);
    if (setgroups(0, NULL) || setgid(gid) || setuid(uid))
        return false;
    umask(0007);
    prctl(PR_SET_PDEATHSIG, signal);
    if (signal != 0 && getppid() != parent)
        raise(signal);
    return true;
}

bool confine_user(const char *home, const char *name)
{
    char folder[PATH_MAX];
    struct stat owner;
    if (geteuid() != 0)
        return true;
    snprintf(folder, sizeof folder, "%s/keys/%s", home, name);
    if (stat(folder, &owner) == 0 && (owner.st_uid == 0 || become(owner.st_uid, owner.st_gid)))
        return true;
    log_error(0, "confine.user", "cannot become the owner of %s: %s", folder, strerror(errno));
    return false;
}

/* ---- its system calls */

/* What a service never does, and what breaks out of it: other programs and processes, the kernel,
 * the machine. Everything else is allowed: what libraries need changes with their versions. */
static const int refused[] = {
    /* other programs */
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    /* other processes */
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd),
    /* other users */
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setgroups),
    SCMP_SYS(setfsuid),
    SCMP_SYS(setfsgid),
    SCMP_SYS(capset),
    /* the kernel and its less used doors */
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(syslog),
    SCMP_SYS(personality),
    SCMP_SYS(lookup_dcookie),
    SCMP_SYS(vmsplice),
    /* mounts, namespaces, files by their number */
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount),
    SCMP_SYS(fspick),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(quotactl),
    /* the machine */
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(acct),
    SCMP_SYS(iopl),
    SCMP_SYS(ioperm),
};

/* The sanitizers' search for leaks attaches to its own process. */
static bool is_needed(int call)
{
#ifdef __SANITIZE_ADDRESS__
    return call == SCMP_SYS(ptrace);
#else
    (void)call;
    return false;
#endif
}

static bool fill(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (!is_needed(refused[i]) &&
            seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0) != 0)
            return false;
    /* Unix, IPv4, IPv6, and netlink, which the resolver of names asks; not packets, crypto, ... */
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                            SCMP_A0(SCMP_CMP_GT, AF_NETLINK)) == 0;
}

static bool filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool is_loaded = filter != NULL && fill(filter) &&
                     seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
                     seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_loaded;
}

void confine_calls(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    if (!filter_calls())
        log_warn(0, "confine.calls",
                 "this kernel filters no system calls: those that a service "
                 "never makes are not refused");
}

/* ---- its memory */

/* Bytes of data and stacks, as RLIMIT_DATA counts them; 0: not known. */
static int64_t data_bytes(void)
{
    long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%*d %*d %*d %*d %*d %lld", &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

/* A sanitizer's own memory is beyond measure. */
void confine_memory(int64_t bytes)
{
#ifdef __SANITIZE_ADDRESS__
    (void)bytes;
    (void)data_bytes;
#else
    int64_t now = data_bytes();
    const struct rlimit limit = {(rlim_t)(now + bytes), (rlim_t)(now + bytes)};
    if (now == 0 || setrlimit(RLIMIT_DATA, &limit))
        log_warn(0, "confine.memory", "the memory of this process is not bounded");
#endif
}
