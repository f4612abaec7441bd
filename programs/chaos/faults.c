/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/faults.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/base/service_names.h"

enum { DELAY_LEAST_MS = 50, DELAY_MOST_MS = 1500, STEP_LEAST_MS = 1000, STEP_MOST_MS = 1800000 };

/* ---- whom */

static void name_service(struct fault *fault)
{
    fault->service = dice_below(&fault->scene->dice, SERVICES);
    snprintf(fault->victim, sizeof fault->victim, "%s", service_names[fault->service]);
}

static void name_program(struct fault *fault)
{
    name_service(fault);
    if (dice_below(&fault->scene->dice, SERVICES + 1) == SERVICES)
        strcpy(fault->victim, "gateway");
}

/* The process of the victim. */
static bool find_victim(struct fault *fault)
{
    fault->pids[0] = hall_pid(fault->scene->home, fault->victim);
    fault->n_pids = fault->pids[0] > 0;
    return fault->n_pids > 0;
}

/* PostgreSQL's postmaster as the parent, and its children as those concerned; with a service, one
 * of its sessions. */
static bool find_postgres(struct fault *fault, const char *service)
{
    fault->parent = hall_pid(fault->scene->home, "postgres");
    if (fault->parent == 0)
        return false;
    fault->n_pids = hall_sessions(fault->parent, service, fault->pids);
    return fault->n_pids > 0;
}

static bool find_session(struct fault *fault)
{
    name_service(fault);
    if (!find_postgres(fault, fault->victim))
        return false;
    fault->pids[0] = fault->pids[dice_below(&fault->scene->dice, fault->n_pids)];
    fault->n_pids = 1;
    return true;
}

/* A child of the postmaster may have ended meanwhile, and its id be another's. */
static bool is_ours(const struct fault *fault, pid_t pid)
{
    return fault->parent != 0 ? hall_is_child(pid, fault->parent)
                              : pid == hall_pid(fault->scene->home, fault->victim);
}

static bool send_signal(const struct fault *fault, int signal)
{
    int sent = 0;
    for (int i = 0; i < fault->n_pids; i++)
        if (is_ours(fault, fault->pids[i]))
            sent += kill(fault->pids[i], signal) == 0;
    return sent > 0;
}

/* ---- processes */

static bool kill_program(struct fault *fault)
{
    name_program(fault);
    return find_victim(fault) && send_signal(fault, SIGKILL);
}

static bool stop_program(struct fault *fault)
{
    name_program(fault);
    return find_victim(fault) && send_signal(fault, SIGTERM);
}

static bool freeze_program(struct fault *fault)
{
    name_program(fault);
    return find_victim(fault) && send_signal(fault, SIGSTOP);
}

static void thaw(struct fault *fault)
{
    send_signal(fault, SIGCONT);
}

/* The launcher has ended what was silent for too long. */
static bool is_replaced(const struct fault *fault)
{
    pid_t now = hall_pid(fault->scene->home, fault->victim);
    return now > 0 && now != fault->pids[0];
}

/* ---- PostgreSQL */

static bool kill_postgres(struct fault *fault)
{
    strcpy(fault->victim, "postgres");
    return find_victim(fault) && send_signal(fault, SIGKILL);
}

/* All of it: the postmaster first, so that it starts no more. */
static bool freeze_postgres(struct fault *fault)
{
    strcpy(fault->victim, "postgres");
    return find_victim(fault) && send_signal(fault, SIGSTOP) && find_postgres(fault, NULL) &&
           send_signal(fault, SIGSTOP);
}

static void thaw_postgres(struct fault *fault)
{
    thaw(fault);
    if (fault->parent == hall_pid(fault->scene->home, fault->victim))
        kill(fault->parent, SIGCONT);
}

/* PostgreSQL ends all its sessions then. */
static bool kill_session(struct fault *fault)
{
    return find_session(fault) && send_signal(fault, SIGKILL);
}

/* As pg_terminate_backend does. */
static bool end_session(struct fault *fault)
{
    return find_session(fault) && send_signal(fault, SIGTERM);
}

static bool freeze_session(struct fault *fault)
{
    return find_session(fault) && send_signal(fault, SIGSTOP);
}

/* ---- connections */

static bool disturb(struct fault *fault, enum disturbance disturbance)
{
    name_service(fault);
    if (proxy_count(fault->scene->proxy, fault->service) == 0)
        return false;
    proxy_disturb(fault->scene->proxy, fault->service, disturbance,
                  dice_between(&fault->scene->dice, DELAY_LEAST_MS, DELAY_MOST_MS));
    return true;
}

static void pass_again(struct fault *fault)
{
    proxy_disturb(fault->scene->proxy, fault->service, PASSED, 0);
}

static bool cut(struct fault *fault)
{
    return disturb(fault, CUT);
}

static bool delay(struct fault *fault)
{
    return disturb(fault, DELAYED);
}

static bool double_bytes(struct fault *fault)
{
    return disturb(fault, DOUBLED);
}

static bool corrupt(struct fault *fault)
{
    return disturb(fault, CORRUPTED);
}

static bool hold(struct fault *fault)
{
    return disturb(fault, HELD);
}

static bool answer_otherwise(struct fault *fault)
{
    return disturb(fault, FOREIGN);
}

/* ---- visitors, who come past the proxy */

static int visit(const struct fault *fault, const char *lane)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if (snprintf(to.sun_path, sizeof to.sun_path, "%s/run/%s-%s", fault->scene->home, fault->victim,
                 lane) < (int)sizeof to.sun_path &&
        connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

/* The words of other protocols, and bytes of chance. */
static void speak(struct fault *fault, int fd)
{
    static const char *const words[] = {"GET / HTTP/1.1\r\nHost: hall\r\n\r\n",
                                        "\x16\x03\x01\x02\x01\x01", "SSH-2.0-OpenSSH_9.6\r\n",
                                        "\xff\x01\x02\x03"};
    char noise[64];
    int which = dice_below(&fault->scene->dice, 5);
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)dice_below(&fault->scene->dice, 256);
    const char *text = which < 4 ? words[which] : noise;
    ssize_t n = send(fd, text, which < 4 ? strlen(text) : sizeof noise, MSG_NOSIGNAL);
    (void)n;
}

static bool visit_lanes(struct fault *fault, int times, bool speaks)
{
    static const char *const lanes[] = {"command", "query", "journal"};
    for (int i = 0; i < times; i++) {
        int fd = visit(fault, lanes[i % 3]);
        if (fd < 0)
            continue;
        if (speaks)
            speak(fault, fd);
        fault->visitors[fault->n_visitors++] = fd;
    }
    return fault->n_visitors > 0;
}

static void leave(struct fault *fault)
{
    for (int i = 0; i < fault->n_visitors; i++)
        close(fault->visitors[i]);
    fault->n_visitors = 0;
}

static bool send_foreign_bytes(struct fault *fault)
{
    name_service(fault);
    return visit_lanes(fault, 12, true);
}

/* ---- descriptors */

/* As many as it has open; and then others come, and those who are there have to come anew. */
static bool limit_descriptors(struct fault *fault)
{
    name_service(fault);
    if (!find_victim(fault))
        return false;
    int open_now = hall_descriptors(fault->pids[0]);
    struct rlimit limit;
    if (open_now < 0 || prlimit(fault->pids[0], RLIMIT_NOFILE, NULL, &limit) != 0)
        return false;
    limit.rlim_cur = (rlim_t)open_now;
    if (prlimit(fault->pids[0], RLIMIT_NOFILE, &limit, NULL) != 0)
        return false;
    visit_lanes(fault, VISITORS, false);
    proxy_disturb(fault->scene->proxy, fault->service, CUT, 0);
    return true;
}

static void lift_limit(struct fault *fault)
{
    struct rlimit limit;
    leave(fault);
    if (!is_ours(fault, fault->pids[0]) ||
        prlimit(fault->pids[0], RLIMIT_NOFILE, NULL, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    prlimit(fault->pids[0], RLIMIT_NOFILE, &limit, NULL);
}

/* ---- the clock */

static _Atomic int64_t *map_clock(const struct fault *fault)
{
    int fd = open(fault->scene->clock_file, O_RDWR | O_CLOEXEC);
    void *map = fd < 0 ? MAP_FAILED
                       : mmap(NULL, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
    return map == MAP_FAILED ? NULL : map;
}

/* Ahead, for all processes at once. The load may set the clock meanwhile: then it stays as it is
 * set. */
static bool step_clock(struct fault *fault)
{
    _Atomic int64_t *now_ms = map_clock(fault);
    if (now_ms == NULL)
        return false;
    int64_t was_ms = *now_ms;
    fault->by_ms = dice_between(&fault->scene->dice, STEP_LEAST_MS, STEP_MOST_MS);
    fault->stepped_ms = was_ms + fault->by_ms;
    bool stepped =
        was_ms > 0 && __atomic_compare_exchange_n((int64_t *)now_ms, &was_ms, fault->stepped_ms,
                                                  false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    munmap((void *)now_ms, sizeof *now_ms);
    return stepped;
}

/* And back. */
static void step_back(struct fault *fault)
{
    _Atomic int64_t *now_ms = map_clock(fault);
    int64_t expected = fault->stepped_ms;
    if (now_ms == NULL)
        return;
    __atomic_compare_exchange_n((int64_t *)now_ms, &expected, fault->stepped_ms - fault->by_ms,
                                false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    munmap((void *)now_ms, sizeof *now_ms);
}

/* ---- the table */

enum { QUICK = 10000, FROZEN = 20000 };

const struct kind faults_kinds[KINDS] = {
    /* name           weight  lasts       bound   strike, lift, over by itself */
    {"kill", 6, 0, 0, QUICK, kill_program, NULL, is_replaced},
    {"stop", 3, 0, 0, QUICK, stop_program, NULL, is_replaced},
    {"freeze", 2, 5000, 90000, FROZEN, freeze_program, thaw, is_replaced},
    {"kill_postgres", 2, 0, 0, QUICK, kill_postgres, NULL, is_replaced},
    {"freeze_postgres", 1, 5000, 90000, FROZEN, freeze_postgres, thaw_postgres, NULL},
    {"kill_session", 2, 0, 0, QUICK, kill_session, NULL, NULL},
    {"end_session", 4, 0, 0, QUICK, end_session, NULL, NULL},
    {"freeze_session", 1, 5000, 20000, FROZEN, freeze_session, thaw, NULL},
    {"cut", 5, 0, 0, QUICK, cut, NULL, NULL},
    {"delay", 3, 1000, 5000, QUICK, delay, pass_again, NULL},
    {"double", 4, 0, 0, QUICK, double_bytes, NULL, NULL},
    {"corrupt", 4, 0, 0, QUICK, corrupt, NULL, NULL},
    {"hold", 2, 1000, 20000, QUICK, hold, pass_again, NULL},
    {"answer_foreign", 3, 500, 4000, QUICK, answer_otherwise, pass_again, NULL},
    {"send_foreign", 4, 200, 2000, QUICK, send_foreign_bytes, leave, NULL},
    {"descriptors", 3, 1000, 5000, QUICK, limit_descriptors, lift_limit, is_replaced},
    {"clock", 4, 200, 3000, QUICK, step_clock, step_back, NULL},
};

int faults_find(const char *name, size_t length)
{
    for (int i = 0; i < KINDS; i++)
        if (strlen(faults_kinds[i].name) == length &&
            strncmp(faults_kinds[i].name, name, length) == 0)
            return i;
    return -1;
}

/* Short ones are more frequent: a quarter of the way on the average. */
static int duration(struct dice *dice, const struct kind *kind)
{
    double part = dice_below(dice, 1000) / 1000.0;
    return kind->least_ms + (int)((kind->most_ms - kind->least_ms) * part * part * part);
}

bool faults_strike(struct fault *fault, const struct kind *kind, struct scene *scene)
{
    *fault = (struct fault){.kind = kind, .scene = scene};
    fault->lasts_ms = duration(&scene->dice, kind);
    return kind->strike(fault);
}

void faults_describe(const struct fault *fault, char text[64])
{
    snprintf(text, 64, "%s%s%s", fault->kind->name, fault->victim[0] != '\0' ? " " : "",
             fault->victim);
}
