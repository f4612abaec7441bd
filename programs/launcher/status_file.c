/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/status_file.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/program.h"
#include "common/base/version.h"
#include "common/values/log.h"

/* Room for MAX_PROCESSES with their longest reasons and the longest path of a home, escaped. */
enum { STATUS_BYTES = 20480 };

/* Text that is not UTF-8 is not shown. */
static json_t *shown(const char *text)
{
    json_t *string = json_string(text);
    return string != NULL ? string : json_string("?");
}

static json_t *process_json(const struct process *p)
{
    time_t seconds = (time_t)(p->since_unix_ms / 1000);
    struct tm utc;
    char since[32];
    gmtime_r(&seconds, &utc);
    strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return json_pack("{so si ss so si ss ss so ss}", "name", shown(p->launch.name), "pid",
                     (int)p->pid, "state", state_name(p->state), "reason", shown(p->reason),
                     "restarts", p->restarts, "last_end", p->last_end, "since", since, "program",
                     shown(p->launch.argv[0]), "file", p->program);
}

static void put(FILE *f, json_t *value, size_t flags)
{
    json_dumpf(value, f, flags | JSON_COMPACT);
    json_decref(value);
}

/* The text, filled up with spaces to the size of the file. */
static bool compose(const char *home, const struct process *processes, int count,
                    char text[STATUS_BYTES])
{
    memset(text, ' ', STATUS_BYTES);
    FILE *f = fmemopen(text, STATUS_BYTES - 1, "w");
    if (f == NULL)
        return false;
    fprintf(f, "{\"pid\":%d,\"version\":\"%s\",\"home\":", getpid(), onedoor_version);
    put(f, shown(home), JSON_ENCODE_ANY);
    fputs(",\"processes\":[\n", f);
    const char *before = "";
    for (int i = 0; i < count; i++) {
        if (processes[i].is_idle && processes[i].pid == 0)
            continue;
        fputs(before, f);
        put(f, process_json(&processes[i]), 0);
        before = ",\n";
    }
    fputs("\n]}\n", f);
    bool failed = ferror(f) != 0;
    failed |= fclose(f) != 0;
    char *zero = memchr(text, '\0', STATUS_BYTES); /* fclose puts one where the text ends */
    if (zero != NULL)
        *zero = ' ';
    text[STATUS_BYTES - 1] = '\n';
    return !failed;
}

/* Not truncated: the file keeps its disk space. */
static bool overwrite(const char *path, const char text[STATUS_BYTES])
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return false;
    ssize_t written = write(fd, text, STATUS_BYTES);
    if (written >= 0 && written < STATUS_BYTES)
        errno = ENOSPC; /* as another write would have reported */
    return close(fd) == 0 && written == STATUS_BYTES;
}

/* The two files swap names; where the file system cannot do that, a new one will be made. */
static bool change_places(const char *path, const char *spare)
{
    return renameat2(AT_FDCWD, spare, AT_FDCWD, path, RENAME_EXCHANGE) == 0 ||
           rename(spare, path) == 0;
}

static void find(const char *home, const char *name, char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/run/%s", home, name);
}

void status_file_open(const char *home)
{
    static const char *const names[] = {"status", "status.new"};
    static char text[STATUS_BYTES], path[PATH_MAX];
    memset(text, ' ', sizeof text);
    for (int i = 0; i < 2; i++) {
        find(home, names[i], path);
        if (!overwrite(path, text))
            program_die("%s: %s", path, strerror(errno));
    }
}

void status_file_write(const char *home, const struct process *processes, int count)
{
    static char text[STATUS_BYTES], path[PATH_MAX], spare[PATH_MAX];
    find(home, "status", path);
    find(home, "status.new", spare);
    if (!compose(home, processes, count, text) || !overwrite(spare, text) ||
        !change_places(path, spare))
        log_error(0, "status.not_written", "%s: %s", path, strerror(errno));
}
