/* SPDX-License-Identifier: Apache-2.0 */
/* status.c: the state of the hall as a JSON file. */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A JSON string. Control bytes, which no name or reason needs, become spaces. */
static void put_string(FILE *f, const char *text)
{
    fputc('"', f);
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fputc('\\', f);
        fputc((unsigned char)*c < 0x20 ? ' ' : *c, f);
    }
    fputc('"', f);
}

static void put_process(FILE *f, const struct process *p)
{
    time_t seconds = (time_t)(p->since_unix_ms / 1000);
    struct tm utc;
    char since[32];
    gmtime_r(&seconds, &utc);
    strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &utc);

    fputs("{\"name\":", f);
    put_string(f, p->program.name);
    fprintf(f, ",\"pid\":%d,\"state\":\"%s\",\"reason\":", p->pid, state_name(p->state));
    put_string(f, p->reason);
    fprintf(f, ",\"restarts\":%d,\"last_end\":\"%s\",\"since\":\"%s\"}", p->restarts, p->last_end,
            since);
}

static bool put_status(const char *path, const struct supervisor *s)
{
    FILE *f = fopen(path, "we");
    if (f == NULL)
        return false;
    fprintf(f, "{\"pid\":%d,\"home\":", getpid());
    put_string(f, s->home);
    fputs(",\"processes\":[\n", f);
    for (int i = 0; i < s->count; i++) {
        put_process(f, &s->processes[i]);
        fputs(i + 1 < s->count ? ",\n" : "\n", f);
    }
    fputs("]}\n", f);
    bool failed = ferror(f) != 0;
    return fclose(f) == 0 && !failed;
}

void status_write(const struct supervisor *s)
{
    char path[PATH_MAX], new_path[PATH_MAX];
    snprintf(path, sizeof path, "%s/run/status", s->home);
    snprintf(new_path, sizeof new_path, "%s/run/status.new", s->home);
    if (!put_status(new_path, s) || rename(new_path, path))
        fprintf(stderr, "launcher: %s cannot be written: %s\n", path, strerror(errno));
}
