/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/peers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <zmq.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/values/log.h"

enum { PEERS_MAX = 256, PATH_BYTES = 4200, CHECK_MS = 500 };

struct peer {
    char name[PEER_NAME_SIZE];
    char public_key[KEY_TEXT_SIZE];
    unsigned char raw[32];
    enum peer_kind kind;
    char valid_to[12]; /* "-" for ever */
};

struct peers {
    pthread_mutex_t lock;
    char path[PATH_BYTES];
    struct stat seen;
    int64_t checked_ms;
    struct peer list[PEERS_MAX];
    int n;
};

static enum peer_kind kind_of(const char *word)
{
    return strcmp(word, "service") == 0    ? PEER_SERVICE
           : strcmp(word, "desk") == 0     ? PEER_DESK
           : strcmp(word, "operator") == 0 ? PEER_OPERATOR
                                           : PEER_UNKNOWN;
}

static void read_line(struct peers *peers, const char *line)
{
    struct peer peer = {.valid_to = "-"};
    char kind[12];
    if (line[0] == '#' ||
        sscanf(line, "%32s %40s %11s %11s", peer.name, peer.public_key, kind, peer.valid_to) < 3)
        return;
    peer.kind = kind_of(kind);
    if (strlen(peer.public_key) != 40 || zmq_z85_decode(peer.raw, peer.public_key) == NULL ||
        peer.kind == PEER_UNKNOWN) {
        log_warn(0, "peers.line", "a line of %s is not 'name key kind valid-to'", peers->path);
        return;
    }
    if (peers->n < PEERS_MAX)
        peers->list[peers->n++] = peer;
    else
        log_warn(0, "peers.full", "more than %d peers", PEERS_MAX);
}

static enum status read_list(struct peers *peers)
{
    char line[300];
    FILE *file = fopen(peers->path, "re");
    peers->n = 0;
    if (file == NULL)
        return STATUS_NOT_FOUND;
    while (fgets(line, sizeof line, file) != NULL)
        read_line(peers, line);
    fclose(file);
    return STATUS_OK;
}

/* Without a readable list nobody is accepted. */
static void refresh(struct peers *peers)
{
    struct stat now;
    if (monotonic_ms() - peers->checked_ms < CHECK_MS)
        return;
    peers->checked_ms = monotonic_ms();
    if (stat(peers->path, &now) != 0) {
        peers->n = 0;
        return;
    }
    bool same = now.st_ino == peers->seen.st_ino && now.st_size == peers->seen.st_size &&
                now.st_mtim.tv_sec == peers->seen.st_mtim.tv_sec &&
                now.st_mtim.tv_nsec == peers->seen.st_mtim.tv_nsec;
    if (!same && read_list(peers) == STATUS_OK)
        peers->seen = now;
}

enum status peers_open(struct peers **result, const char *home)
{
    struct peers *peers = calloc(1, sizeof *peers);
    must(peers != NULL);
    pthread_mutex_init(&peers->lock, NULL);
    snprintf(peers->path, sizeof peers->path, "%s/keys/peers", home);
    peers->checked_ms = -CHECK_MS;
    enum status status = read_list(peers);
    if (status != STATUS_OK) {
        log_error(0, "peers.unreadable", "cannot read %s: no peer would be accepted", peers->path);
        peers_free(&peers);
    }
    *result = peers;
    return status;
}

void peers_free(struct peers **peers)
{
    if (*peers != NULL)
        pthread_mutex_destroy(&(*peers)->lock);
    free(*peers);
    *peers = NULL;
}

static bool is_valid(const struct peer *peer)
{
    char today[12];
    time_t now = time(NULL);
    struct tm parts;
    if (strcmp(peer->valid_to, "-") == 0)
        return true;
    gmtime_r(&now, &parts);
    strftime(today, sizeof today, "%Y-%m-%d", &parts);
    return strcmp(today, peer->valid_to) <= 0;
}

static const struct peer *find(struct peers *peers, const unsigned char *key, const char *name)
{
    refresh(peers);
    for (int i = 0; i < peers->n; i++) {
        const struct peer *peer = &peers->list[i];
        bool same = key != NULL ? memcmp(peer->raw, key, 32) == 0 : strcmp(peer->name, name) == 0;
        if (same && is_valid(peer))
            return peer;
    }
    return NULL;
}

enum peer_kind peers_by_key(struct peers *peers, const unsigned char key[32],
                            char name[PEER_NAME_SIZE])
{
    pthread_mutex_lock(&peers->lock);
    const struct peer *peer = find(peers, key, NULL);
    enum peer_kind kind = peer == NULL ? PEER_UNKNOWN : peer->kind;
    snprintf(name, PEER_NAME_SIZE, "%s", peer == NULL ? "" : peer->name);
    pthread_mutex_unlock(&peers->lock);
    return kind;
}

enum peer_kind peers_by_name(struct peers *peers, const char *name)
{
    pthread_mutex_lock(&peers->lock);
    const struct peer *peer = find(peers, NULL, name);
    enum peer_kind kind = peer == NULL ? PEER_UNKNOWN : peer->kind;
    pthread_mutex_unlock(&peers->lock);
    return kind;
}

bool peers_key_of(struct peers *peers, const char *name, char public_key[KEY_TEXT_SIZE])
{
    pthread_mutex_lock(&peers->lock);
    const struct peer *peer = find(peers, NULL, name);
    if (peer != NULL)
        snprintf(public_key, KEY_TEXT_SIZE, "%s", peer->public_key);
    pthread_mutex_unlock(&peers->lock);
    return peer != NULL;
}
