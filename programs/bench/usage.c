/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/usage.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 4300, LINE_BYTES = 1024, STATUS_BYTES = 16384 };

struct process {
    int pid, parent;
    double seconds;
    long rss_kib;
    char command[200];
};

/* The number after `word` in HOME/run/status; -1 when it is not there. */
static int pid_after(const char *home, const char *word)
{
    char path[PATH_BYTES], text[STATUS_BYTES] = "";
    snprintf(path, sizeof path, "%s/run/status", home);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return -1;
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = '\0';
    const char *at = strstr(text, word);
    return at == NULL ? -1 : atoi(at + strlen(word));
}

/* The launcher writes its own pid first. */
static int launcher_of(const char *home)
{
    return pid_after(home, "{\"pid\":");
}

int usage_pid(const char *home, const char *service)
{
    char word[64];
    snprintf(word, sizeof word, "{\"name\":\"%s\",\"pid\":", service);
    return pid_after(home, word);
}

static bool read_stat(struct process *process)
{
    char path[64], line[LINE_BYTES];
    unsigned long user, system;
    long pages;
    snprintf(path, sizeof path, "/proc/%d/stat", process->pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    bool got = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    const char *rest = got ? strrchr(line, ')') : NULL;
    if (rest == NULL || sscanf(rest + 2,
                               "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %*d %*d "
                               "%*d %*d %*u %*u %ld",
                               &process->parent, &user, &system, &pages) != 4)
        return false;
    process->seconds = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
    process->rss_kib = pages * (sysconf(_SC_PAGESIZE) / 1024);
    return true;
}

/* To the nanosecond; /proc counts in hundredths of a second, too coarse for some thousand requests.
 */
static double seconds_of(int pid)
{
    struct timespec spent;
    clockid_t clock;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &spent) != 0)
        return 0;
    return (double)spent.tv_sec + (double)spent.tv_nsec / 1e9;
}

struct process_now usage_now(int pid)
{
    struct process_now now = {.seconds = seconds_of(pid)};
    char path[64], line[LINE_BYTES];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "VmRSS: %ld", &now.rss_kib);
        sscanf(line, "Threads: %d", &now.threads);
    }
    if (file != NULL)
        fclose(file);
    return now;
}

static void read_command(struct process *process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/cmdline", process->pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return;
    size_t n = fread(process->command, 1, sizeof process->command - 1, file);
    fclose(file);
    process->command[n] =
        '\0'; /* arguments end with NUL: the first is the program, or PostgreSQL's own text */
}

/* "postgres: onedoor_intake onedoor [local] idle" -> "postgres intake"; ".../onedoor-intake" ->
 * "intake" */
static void name_of(const struct process *process, char *name, size_t size)
{
    const char *service = strstr(process->command, "onedoor_"),
               *program = strstr(process->command, "onedoor-");
    if (strncmp(process->command, "postgres: ", 10) == 0 && service != NULL)
        snprintf(name, size, "postgres %.*s", (int)strcspn(service + 8, " "), service + 8);
    else if (strstr(process->command, "postgres") != NULL)
        snprintf(name, size, "postgres background");
    else
        snprintf(name, size, "%s", program == NULL ? process->command : program + 8);
}

static void add(struct usage *usage, const struct process *process)
{
    char name[40];
    int i = 0;
    name_of(process, name, sizeof name);
    while (i < usage->n && strcmp(usage->rows[i].name, name) != 0)
        i++;
    if (i == USAGE_MAX)
        return;
    if (i == usage->n)
        snprintf(usage->rows[usage->n++].name, sizeof usage->rows[0].name, "%s", name);
    usage->rows[i].seconds += process->seconds;
    usage->rows[i].rss_kib += process->rss_kib;
}

static bool is_below(const struct process *all, int n, int pid, int ancestor)
{
    for (int depth = 0; depth < 8 && pid > 1; depth++) {
        if (pid == ancestor)
            return true;
        int i = 0;
        while (i < n && all[i].pid != pid)
            i++;
        pid = i < n ? all[i].parent : 0;
    }
    return false;
}

struct machine_now machine_now(void)
{
    struct machine_now now = {0};
    unsigned long t[8] = {0};
    FILE *file = fopen("/proc/stat", "re");
    if (file == NULL)
        return now;
    if (fscanf(file, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", &t[0], &t[1], &t[2], &t[3], &t[4],
               &t[5], &t[6], &t[7]) == 8) {
        now.stolen = (double)t[7] / (double)sysconf(_SC_CLK_TCK);
        for (int i = 0; i < 8; i++)
            now.all += (double)t[i] / (double)sysconf(_SC_CLK_TCK);
    }
    fclose(file);
    return now;
}

void usage_read(const char *home, struct usage *usage)
{
    static struct process all[4096];
    int n = 0, launcher = launcher_of(home);
    struct dirent *entry;
    DIR *proc = opendir("/proc");
    *usage = (struct usage){.n = 0};
    while (proc != NULL && n < 4096 && (entry = readdir(proc)) != NULL) {
        all[n] = (struct process){
            .pid = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0};
        if (all[n].pid > 0 && read_stat(&all[n]))
            n++;
    }
    if (proc != NULL)
        closedir(proc);
    for (int i = 0; i < n; i++) {
        if (all[i].pid != getpid() &&
            (all[i].pid == launcher || !is_below(all, n, all[i].pid, launcher)))
            continue;
        read_command(&all[i]);
        add(usage, &all[i]);
    }
}

static double row_seconds(const struct usage *usage, const char *name)
{
    for (int i = 0; i < usage->n; i++)
        if (strcmp(usage->rows[i].name, name) == 0)
            return usage->rows[i].seconds;
    return 0;
}

struct usage usage_between(const struct usage *before, const struct usage *after)
{
    struct usage spent = *after;
    for (int i = 0; i < spent.n; i++)
        spent.rows[i].seconds -= row_seconds(before, spent.rows[i].name);
    return spent;
}
