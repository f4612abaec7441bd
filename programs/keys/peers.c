/* SPDX-License-Identifier: Apache-2.0 */
/* peers.c: the list of the peers that may connect. */
#include "programs/keys/peers.h"

#include <errno.h>
#include <string.h>

#include "common/base/service_names.h"
#include "programs/keys/file.h"

static const char *kind_of(const char *name)
{
    if (service_names_index(name) >= 0)
        return "service";
    return strcmp(name, "operator") == 0 ? "operator" : "desk";
}

/* A line of the old list is valid unless it has another key for a peer, or is the second for it. */
static bool line_holds(const char *line, struct peer *peers, int n)
{
    char name[64], key[64];
    bool holds = sscanf(line, "%63s %63s", name, key) == 2;
    for (int i = 0; i < n && holds; i++) {
        if (strcmp(peers[i].name, name) == 0) {
            holds = strcmp(peers[i].public_key, key) == 0 && !peers[i].listed;
            peers[i].listed |= holds;
        }
    }
    return holds;
}

static void copy_old_lines(FILE *to, const char *path, struct peer *peers, int n)
{
    char line[256];
    FILE *from = fopen(path, "re");
    if (from == NULL && errno == ENOENT)
        return;
    if (from == NULL)
        file_failed(path);
    while (fgets(line, sizeof line, from) != NULL) {
        if (line_holds(line, peers, n))
            fputs(line, to);
    }
    fclose(from);
}

void peers_list(struct peer *peers, int n, const char *home)
{
    char path[PATH_MAX], new_path[PATH_MAX];
    snprintf(path, sizeof path, "%s/keys/peers", home);
    FILE *f = file_begin(path, new_path);
    copy_old_lines(f, path, peers, n);
    for (int i = 0; i < n; i++) {
        if (!peers[i].listed)
            fprintf(f, "%s %s %s -\n", peers[i].name, peers[i].public_key, kind_of(peers[i].name));
    }
    file_keep(f, new_path, path);
}
