/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/chaos.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 32 };

bool chaos_wants(const struct chaos *chaos, int32_t step, int32_t steps, bool busy)
{
    return busy && chaos->names[0] != '\0' && chaos->done < chaos->kills &&
           step >= (chaos->done + 1) * steps / (chaos->kills + 1);
}

/* The names in turn. */
static void next_name(const struct chaos *chaos, char name[NAME_SIZE])
{
    int n = 1;
    for (const char *c = chaos->names; *c != '\0'; c++)
        n += *c == ',';
    const char *at = chaos->names;
    for (int skip = chaos->done % n; skip > 0; skip--)
        at = strchr(at, ',') + 1;
    snprintf(name, NAME_SIZE, "%.*s", (int)strcspn(at, ","), at);
}

static int pid_of(const struct chaos *chaos, const char *name)
{
    char path[4200], line[1024], mark[NAME_SIZE + 24];
    int pid = 0;
    snprintf(path, sizeof path, "%s/run/status", chaos->home);
    snprintf(mark, sizeof mark, "\"name\":\"%s\",\"pid\":", name);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *found = strstr(line, mark);
        if (found != NULL)
            pid = atoi(found + strlen(mark));
    }
    if (file != NULL)
        fclose(file);
    return pid;
}

void chaos_strike(struct chaos *chaos)
{
    char name[NAME_SIZE];
    next_name(chaos, name);
    int pid = pid_of(chaos, name);
    if (pid <= 1) /* being restarted just now: try again later */
        return;
    kill(pid, SIGKILL);
    fprintf(stderr, "onedoor-simulate: killed %s (%d)\n", name, pid);
    chaos->done++;
}
