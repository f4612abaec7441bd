/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/hall.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 4200, TEXT_BYTES = 8192 };

/* ---- the launcher's status file */

/* Null when it is being written. */
static json_t *status_of(const char *home)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/run/status", home);
    return json_load_file(path, 0, NULL);
}

pid_t hall_pid(const char *home, const char *name)
{
    json_t *status = status_of(home), *process;
    pid_t launcher = (pid_t)json_integer_value(json_object_get(status, "pid")), found = 0;
    size_t i;
    json_array_foreach(json_object_get(status, "processes"), i, process)
    {
        const char *its = json_string_value(json_object_get(process, "name"));
        if (its != NULL && strcmp(its, name) == 0)
            found = (pid_t)json_integer_value(json_object_get(process, "pid"));
    }
    json_decref(status);
    return found > 1 && hall_is_child(found, launcher) ? found : 0;
}

bool hall_is_ready(const char *home)
{
    json_t *status = status_of(home), *processes = json_object_get(status, "processes"), *process;
    bool ready = json_array_size(processes) > 0;
    size_t i;
    json_array_foreach(processes, i, process)
    {
        const char *state = json_string_value(json_object_get(process, "state"));
        ready = ready && state != NULL && strcmp(state, "ready") == 0;
    }
    json_decref(status);
    return ready;
}

/* ---- the kernel's account */

/* What a file in /proc says, with spaces for its zeros; "" when there is none. */
static void read_proc(pid_t pid, const char *name, char text[TEXT_BYTES])
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    FILE *file = fopen(path, "re");
    size_t n = file == NULL ? 0 : fread(text, 1, TEXT_BYTES - 1, file);
    if (file != NULL)
        fclose(file);
    text[n] = '\0';
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\0')
            text[i] = ' ';
}

bool hall_is_child(pid_t pid, pid_t parent)
{
    char text[TEXT_BYTES];
    int its = 0;
    read_proc(pid, "stat", text);
    const char *name_ends = strrchr(text, ')');
    return name_ends != NULL && sscanf(name_ends, ") %*c %d", &its) == 1 && its == parent;
}

static bool is_session_of(pid_t pid, const char *service)
{
    char text[TEXT_BYTES], mark[64];
    snprintf(mark, sizeof mark, " onedoor_%s ", service);
    read_proc(pid, "cmdline", text);
    return strstr(text, mark) != NULL;
}

int hall_sessions(pid_t postmaster, const char *service, pid_t pids[SESSIONS_MAX])
{
    char name[64], text[TEXT_BYTES], *at = text;
    int n = 0;
    snprintf(name, sizeof name, "task/%d/children", postmaster);
    read_proc(postmaster, name, text);
    for (long pid; n < SESSIONS_MAX && (pid = strtol(at, &at, 10)) > 1;)
        if (service == NULL || is_session_of((pid_t)pid, service))
            pids[n++] = (pid_t)pid;
    return n;
}

int hall_descriptors(pid_t pid)
{
    char path[PATH_BYTES];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *folder = opendir(path);
    if (folder == NULL)
        return -1;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(folder);
    return n;
}

int hall_port(const char *home)
{
    char path[PATH_BYTES], address[100] = "";
    int port = 0;
    snprintf(path, sizeof path, "%s/run/gateway.address", home);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return 0;
    if (fgets(address, sizeof address, file) == NULL ||
        sscanf(address, "http://127.0.0.1:%d", &port) != 1)
        port = 0;
    fclose(file);
    return port;
}
