/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/peers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

#include "common/base/cut.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/bus/met.h"
#include "common/bus/peer_list.h"
#include "common/bus/quota.h"
#include "common/values/log.h"

enum { PATH_BYTES = 4200, MISSING_MS = 20, DAY_MS = 86400000 };

/* Of the file: whether it is as it should be, or the list before it holds. */
enum file_state { FILE_GOOD, FILE_AWAY, FILE_GIVEN_UP };

struct peers {
    pthread_mutex_t lock;
    char path[PATH_BYTES];
    int64_t kept_ms;
    enum file_state state;
    struct stat listed, bad;     /* the file of the list; the last that was no good */
    int64_t checked_ms, good_ms; /* monotonic: looked at last, good last */
    struct peer_list *list, *spare;
    struct day day; /* on which the keys were looked at last (note_fates) */
    struct quota quota;
    struct denied_list denied;
    struct met_list met;
};

static int64_t wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct day today(void)
{
    return (struct day){(int32_t)(wall_ms() / DAY_MS)};
}

/* ---- whose keys are good no more */

static void note_fate(struct peers *peers, const struct peer *peer, enum peer_fate fate)
{
    static const struct {
        Onedoor__BusDenialKind kind;
        const char *what;
    } fates[] = {
        [PEER_REMOVED] = {ONEDOOR__BUS_DENIAL_KIND__BUS_REMOVED, "its line was taken off the list"},
        [PEER_REPLACED] = {ONEDOOR__BUS_DENIAL_KIND__BUS_REPLACED, "its key was replaced"},
        [PEER_EXPIRED] = {ONEDOOR__BUS_DENIAL_KIND__BUS_EXPIRED, "the last day of its key is over"},
    };
    struct denied denied = {.kind = fates[fate].kind};
    snprintf(denied.peer, sizeof denied.peer, "%s", peer->name);
    denied_count(&peers->denied, &denied, wall_ms());
    log_warn(0, "peers.key_ended", "%s: %s; the key is answered no more", peer->name,
             fates[fate].what);
}

/* By the list as it is now, on this day. */
static void note_fates(struct peers *peers, const struct peer_list *before)
{
    struct day now = today();
    for (int i = 0; i < before->n; i++) {
        const struct peer *peer = &before->peers[i];
        enum peer_fate fate =
            peer_is_valid(peer, peers->day) ? peer_list_fate(peers->list, peer, now) : PEER_STAYS;
        if (fate != PEER_STAYS)
            note_fate(peers, peer, fate);
    }
    peers->day = now;
}

/* ---- reading the file */

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           memcmp(&a->st_mtim, &b->st_mtim, sizeof a->st_mtim) == 0 &&
           memcmp(&a->st_ctim, &b->st_ctim, sizeof a->st_ctim) == 0;
}

/* Null when the list is that of the file now, else why not. A bad file is not read, and so not
 * logged, a second time. */
static const char *read_file(struct peers *peers)
{
    struct stat now;
    FILE *file = fopen(peers->path, "re");
    if (file == NULL)
        return strerror(errno);
    must(fstat(fileno(file), &now) == 0);
    bool is_listed = is_same(&now, &peers->listed), is_bad = is_same(&now, &peers->bad);
    if (!is_listed && !is_bad)
        peer_list_read(peers->spare, file, peers->path);
    fclose(file);
    if (is_listed)
        return NULL;
    if (is_bad || peers->spare->n == 0 || !peers->spare->whole) {
        peers->bad = now;
        return "it has no good line, or its last does not end";
    }
    struct peer_list *old = peers->list;
    peers->list = peers->spare;
    peers->spare = old;
    peers->listed = now;
    note_fates(peers, old);
    return NULL;
}

/* ---- the list as it holds */

static void found_good(struct peers *peers, int64_t now_ms)
{
    if (peers->state != FILE_GOOD)
        log_warn(0, "peers.back", "%s is read again", peers->path);
    peers->state = FILE_GOOD;
    peers->good_ms = now_ms;
}

static void found_bad(struct peers *peers, const char *why, int64_t now_ms)
{
    if (peers->state == FILE_GOOD) {
        log_warn(0, "peers.away", "%s: %s; the list before it holds for %lld ms", peers->path, why,
                 (long long)peers->kept_ms);
        peers->state = FILE_AWAY;
    }
    if (peers->state == FILE_AWAY && now_ms - peers->good_ms >= peers->kept_ms) {
        log_error(0, "peers.shut", "%s: %s; nobody is let in until it is back", peers->path, why);
        peers->state = FILE_GIVEN_UP;
        peers->list->n = 0;
        peers->listed = (struct stat){0};
    }
}

/* Unless it was looked at in the last few milliseconds. */
static void refresh(struct peers *peers, int64_t few_ms)
{
    int64_t now_ms = monotonic_ms();
    if (now_ms - peers->checked_ms < few_ms)
        return;
    peers->checked_ms = now_ms;
    const char *wrong = read_file(peers);
    if (wrong == NULL)
        found_good(peers, now_ms);
    else
        found_bad(peers, wrong, now_ms);
    if (today().n != peers->day.n)
        note_fates(peers, peers->list);
}

enum status peers_open(struct peers **result, const struct config *config)
{
    struct peers *peers = *result = calloc(1, sizeof *peers);
    must(peers != NULL);
    pthread_mutex_init(&peers->lock, NULL);
    snprintf(peers->path, sizeof peers->path, "%s/keys/peers", config_text(config, "home"));
    peers->kept_ms = config_number(config, "peers_kept_ms");
    peers->quota.frames = config_number(config, "peer_frames_s");
    peers->quota.bytes = config_number(config, "peer_bytes_s");
    peers->quota.out_ms = config_number(config, "peer_out_s") * 1000;
    peers->list = calloc(1, sizeof *peers->list);
    peers->spare = calloc(1, sizeof *peers->spare);
    must(peers->list != NULL && peers->spare != NULL);
    const char *wrong = read_file(peers);
    peers->checked_ms = peers->good_ms = monotonic_ms();
    if (wrong == NULL)
        return STATUS_OK;
    log_error(0, "peers.unreadable", "%s: %s; no peer would be accepted", peers->path, wrong);
    peers_free(result);
    return STATUS_NOT_FOUND;
}

void peers_free(struct peers **peers)
{
    if (*peers == NULL)
        return;
    pthread_mutex_destroy(&(*peers)->lock);
    free((*peers)->list);
    free((*peers)->spare);
    free(*peers);
    *peers = NULL;
}

/* ---- looking a peer up */

static const struct peer *find(const struct peer_list *list, const unsigned char *key,
                               const char *name)
{
    struct day now = today();
    for (int i = 0; i < list->n; i++) {
        const struct peer *peer = &list->peers[i];
        bool is_it = key != NULL ? memcmp(peer->key, key, PEER_KEY_BYTES) == 0
                                 : strcmp(peer->name, name) == 0;
        if (is_it && peer_is_valid(peer, now))
            return peer;
    }
    return NULL;
}

/* Whoever is missing may have been added since: then the file is looked at again. */
static bool look_up(struct peers *peers, const unsigned char *key, const char *name,
                    struct peer *found)
{
    pthread_mutex_lock(&peers->lock);
    refresh(peers, PEERS_CHECK_MS);
    const struct peer *peer = find(peers->list, key, name);
    if (peer == NULL) {
        refresh(peers, MISSING_MS);
        peer = find(peers->list, key, name);
    }
    if (key != NULL && quota_is_out(&peers->quota, key, monotonic_ms()))
        peer = NULL;
    if (peer != NULL)
        *found = *peer;
    pthread_mutex_unlock(&peers->lock);
    return peer != NULL;
}

bool peers_by_key(struct peers *peers, const unsigned char key[PEER_KEY_BYTES], struct peer *peer)
{
    return look_up(peers, key, NULL, peer);
}

bool peers_by_name(struct peers *peers, const char *name, struct peer *peer)
{
    return look_up(peers, NULL, name, peer);
}

/* ---- quotas */

/* Its line, also if the key is not valid any more. */
static void record(struct peers *peers, Onedoor__BusDenialKind kind, const unsigned char *key,
                   const char *address, const char *what)
{
    const struct peer *peer = key == NULL ? NULL : peer_list_find(peers->list, key);
    struct denied denied = {.kind = kind};
    snprintf(denied.peer, sizeof denied.peer, "%s", peer == NULL ? "" : peer->name);
    cut_copy(denied.address, sizeof denied.address, address);
    cut_copy(denied.what, sizeof denied.what, what);
    denied_count(&peers->denied, &denied, wall_ms());
}

static void log_out(struct peers *peers, const unsigned char key[PEER_KEY_BYTES], const char *why)
{
    const struct peer *peer = find(peers->list, key, NULL);
    record(peers, ONEDOOR__BUS_DENIAL_KIND__BUS_SHUT_OUT, key, "", "");
    log_error(0, "peers.shut_out", "%s: %s; not answered for %lld s",
              peer == NULL ? "a key that is not on the list" : peer->name, why,
              (long long)peers->quota.out_ms / 1000);
}

enum peers_count peers_count(struct peers *peers, const unsigned char key[PEER_KEY_BYTES],
                             size_t bytes)
{
    int64_t now_ms = monotonic_ms();
    enum peers_count count = PEERS_OUT;
    pthread_mutex_lock(&peers->lock);
    if (!quota_is_out(&peers->quota, key, now_ms))
        count = quota_count(&peers->quota, key, bytes, now_ms) ? PEERS_WITHIN : PEERS_BEYOND;
    if (count == PEERS_BEYOND)
        log_out(peers, key, "more in a second than peer_frames_s or peer_bytes_s");
    pthread_mutex_unlock(&peers->lock);
    return count;
}

void peers_shut_out(struct peers *peers, const unsigned char key[PEER_KEY_BYTES], const char *why)
{
    pthread_mutex_lock(&peers->lock);
    quota_shut_out(&peers->quota, key, monotonic_ms());
    log_out(peers, key, why);
    pthread_mutex_unlock(&peers->lock);
}

/* ---- who sends without end */

void peers_met(struct peers *peers, const unsigned char key[PEER_KEY_BYTES], const char *address)
{
    pthread_mutex_lock(&peers->lock);
    met_add(&peers->met, key, address);
    pthread_mutex_unlock(&peers->lock);
}

/* The other end of a connection, as libzmq says it to the access check: of a Unix socket the
 * process. */
static void address_of(int fd, char address[DENIED_ADDRESS_SIZE])
{
    struct sockaddr_storage from = {0};
    struct ucred who;
    socklen_t size = sizeof from, who_size = sizeof who;
    address[0] = '\0';
    if (getpeername(fd, (struct sockaddr *)&from, &size) != 0)
        return;
    if (from.ss_family == AF_INET)
        inet_ntop(AF_INET, &((struct sockaddr_in *)&from)->sin_addr, address, DENIED_ADDRESS_SIZE);
    else if (from.ss_family == AF_INET6)
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)&from)->sin6_addr, address,
                  DENIED_ADDRESS_SIZE);
    else if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &who_size) == 0)
        snprintf(address, DENIED_ADDRESS_SIZE, "localhost:%u:%u:%d", who.uid, who.gid,
                 (int)who.pid);
}

void peers_endless(struct peers *peers, int fd)
{
    char address[DENIED_ADDRESS_SIZE];
    address_of(fd, address);
    pthread_mutex_lock(&peers->lock);
    const unsigned char *key = met_only_key(&peers->met, address);
    if (key != NULL) {
        quota_shut_out(&peers->quota, key, monotonic_ms());
        log_out(peers, key, "a message without end");
    } else {
        record(peers, ONEDOOR__BUS_DENIAL_KIND__BUS_SHUT_OUT, NULL, address, "");
        log_error(0, "peers.cut", "a connection from %s sent a message without end", address);
    }
    pthread_mutex_unlock(&peers->lock);
}

/* ---- the record */

void peers_deny(struct peers *peers, Onedoor__BusDenialKind kind,
                const unsigned char key[PEER_KEY_BYTES], const char *what)
{
    pthread_mutex_lock(&peers->lock);
    record(peers, kind, key, "", what);
    pthread_mutex_unlock(&peers->lock);
}

/* Of a key that peers_by_key does not find. */
static Onedoor__BusDenialKind kind_of(const struct peers *peers, const unsigned char *key)
{
    const struct peer *peer = peer_list_find(peers->list, key);
    if (peer == NULL)
        return ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED;
    return peer_is_valid(peer, today()) ? ONEDOOR__BUS_DENIAL_KIND__BUS_SHUT_OUT
                                        : ONEDOOR__BUS_DENIAL_KIND__BUS_EXPIRED;
}

void peers_deny_key(struct peers *peers, const unsigned char key[PEER_KEY_BYTES],
                    const char *address)
{
    pthread_mutex_lock(&peers->lock);
    record(peers, kind_of(peers, key), key, address, "");
    pthread_mutex_unlock(&peers->lock);
}

void peers_begin_record(struct peers *peers)
{
    pthread_mutex_lock(&peers->lock);
    peers->denied.n = 0;
    pthread_mutex_unlock(&peers->lock);
}

struct denied_list peers_denied(struct peers *peers)
{
    pthread_mutex_lock(&peers->lock);
    struct denied_list list = peers->denied;
    pthread_mutex_unlock(&peers->lock);
    return list;
}
