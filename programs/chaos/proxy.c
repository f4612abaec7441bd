/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/proxy.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"

enum { DOORS_MAX = 32, RELAYS_MAX = 2048, BACKLOG = 64, TURN_MS = 1000, OWN = 1 + DOORS_MAX };

/* Where it listens. */
struct door {
    int listener, group;
    struct sockaddr_un at, behind;
    enum disturbance disturbance; /* of connections that come */
    int delay_ms;
};

struct proxy {
    pthread_mutex_t lock; /* of all below, but not while it waits */
    struct door doors[DOORS_MAX];
    int n_doors;
    struct relay *relays[RELAYS_MAX]; /* open ones */
    int n_relays;
    int wake; /* an eventfd */
    pthread_t thread;
    bool is_running;
    atomic_bool ending;
};

struct proxy *proxy_new(void)
{
    struct proxy *proxy = calloc(1, sizeof *proxy);
    must(proxy != NULL && pthread_mutex_init(&proxy->lock, NULL) == 0);
    proxy->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    must(proxy->wake >= 0);
    return proxy;
}

static void wake(struct proxy *proxy)
{
    must(write(proxy->wake, &(uint64_t){1}, sizeof(uint64_t)) == sizeof(uint64_t));
}

void proxy_free(struct proxy **proxy)
{
    struct proxy *p = *proxy;
    if (p == NULL)
        return;
    atomic_store(&p->ending, true);
    wake(p);
    if (p->is_running)
        pthread_join(p->thread, NULL);
    for (int i = 0; i < p->n_relays; i++) {
        relay_close(p->relays[i]);
        free(p->relays[i]);
    }
    for (int i = 0; i < p->n_doors; i++) {
        close(p->doors[i].listener);
        unlink(p->doors[i].at.sun_path);
    }
    close(p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p);
    *proxy = NULL;
}

/* ---- connections */

static bool is_address(struct sockaddr_un *address, const char *path)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    return snprintf(address->sun_path, sizeof address->sun_path, "%s", path) <
           (int)sizeof address->sun_path;
}

bool proxy_listen(struct proxy *proxy, int group, const char *path, const char *behind)
{
    struct door *door = &proxy->doors[proxy->n_doors];
    must(proxy->n_doors < DOORS_MAX);
    *door = (struct door){.group = group};
    if (!is_address(&door->at, path) || !is_address(&door->behind, behind))
        return false;
    door->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(path);
    if (door->listener < 0 ||
        bind(door->listener, (struct sockaddr *)&door->at, sizeof door->at) != 0 ||
        chmod(path, 0777) != 0 || listen(door->listener, BACKLOG) != 0)
        return false;
    proxy->n_doors++;
    return true;
}

/* In the words of another protocol, with which libzmq ends a connection for good. */
static void answer_otherwise(int caller)
{
    static const char words[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
    ssize_t sent = send(caller, words, sizeof words - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)sent;
    close(caller);
}

/* Without a service behind it, the connection ends, as it would without a proxy. */
static void pass_on(struct proxy *proxy, const struct door *door, int caller)
{
    int called = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (called < 0 || proxy->n_relays == RELAYS_MAX ||
        connect(called, (const struct sockaddr *)&door->behind, sizeof door->behind) != 0) {
        close(caller);
        if (called >= 0)
            close(called);
        return;
    }
    struct relay *relay = malloc(sizeof *relay);
    must(relay != NULL);
    relay_open(relay, door->group, caller, called);
    relay_disturb(relay, door->disturbance, door->delay_ms);
    proxy->relays[proxy->n_relays++] = relay;
}

static void let_in(struct proxy *proxy, const struct door *door)
{
    for (int caller;
         (caller = accept4(door->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
        if (door->disturbance == FOREIGN)
            answer_otherwise(caller);
        else
            pass_on(proxy, door, caller);
    }
}

static void forget_ended(struct proxy *proxy)
{
    int kept = 0;
    for (int i = 0; i < proxy->n_relays; i++) {
        if (relay_is_open(proxy->relays[i]))
            proxy->relays[kept++] = proxy->relays[i];
        else
            free(proxy->relays[i]);
    }
    proxy->n_relays = kept;
}

/* ---- disturbances */

/* What lasts concerns also those who come; the rest is over with the connections there are. */
static enum disturbance lasting(enum disturbance disturbance)
{
    return disturbance == DELAYED || disturbance == HELD || disturbance == FOREIGN ? disturbance
                                                                                   : PASSED;
}

void proxy_disturb(struct proxy *proxy, int group, enum disturbance disturbance, int delay_ms)
{
    pthread_mutex_lock(&proxy->lock);
    for (int i = 0; i < proxy->n_doors; i++)
        if (proxy->doors[i].group == group) {
            proxy->doors[i].disturbance = lasting(disturbance);
            proxy->doors[i].delay_ms = delay_ms;
        }
    for (int i = 0; i < proxy->n_relays; i++)
        if (proxy->relays[i]->group == group && relay_is_open(proxy->relays[i]))
            relay_disturb(proxy->relays[i], disturbance, delay_ms);
    pthread_mutex_unlock(&proxy->lock);
    wake(proxy);
}

int proxy_count(struct proxy *proxy, int group)
{
    int n = 0;
    pthread_mutex_lock(&proxy->lock);
    for (int i = 0; i < proxy->n_relays; i++)
        n += proxy->relays[i]->group == group && relay_is_open(proxy->relays[i]);
    pthread_mutex_unlock(&proxy->lock);
    return n;
}

/* ---- turns */

struct polls {
    struct pollfd all[OWN + 2 * RELAYS_MAX];
    int n_relays; /* of which the last ones are, two for each */
    int wait_ms;
};

static void gather_polls(struct proxy *proxy, struct polls *polls)
{
    int64_t now_ms = monotonic_ms();
    forget_ended(proxy);
    polls->all[0] = (struct pollfd){proxy->wake, POLLIN, 0};
    for (int i = 0; i < DOORS_MAX; i++)
        polls->all[1 + i] =
            (struct pollfd){i < proxy->n_doors ? proxy->doors[i].listener : -1, POLLIN, 0};
    polls->n_relays = proxy->n_relays;
    for (int i = 0; i < proxy->n_relays; i++)
        relay_polls(proxy->relays[i], polls->all + OWN + 2 * i, now_ms, &polls->wait_ms);
}

static void serve_polls(struct proxy *proxy, const struct polls *polls)
{
    uint64_t woken;
    int64_t now_ms = monotonic_ms();
    ssize_t n = read(proxy->wake, &woken, sizeof woken);
    (void)n;
    for (int i = 0; i < polls->n_relays; i++)
        if (relay_is_open(proxy->relays[i]))
            relay_turn(proxy->relays[i], polls->all + OWN + 2 * i, now_ms);
    for (int i = 0; i < proxy->n_doors; i++)
        let_in(proxy, &proxy->doors[i]);
}

void proxy_turn(struct proxy *proxy, int wait_ms)
{
    static _Thread_local struct polls polls;
    polls.wait_ms = wait_ms;
    pthread_mutex_lock(&proxy->lock);
    gather_polls(proxy, &polls);
    pthread_mutex_unlock(&proxy->lock);
    poll(polls.all, (nfds_t)(OWN + 2 * polls.n_relays), polls.wait_ms);
    pthread_mutex_lock(&proxy->lock);
    serve_polls(proxy, &polls);
    pthread_mutex_unlock(&proxy->lock);
}

static void *turn(void *context)
{
    struct proxy *proxy = context;
    while (!atomic_load(&proxy->ending))
        proxy_turn(proxy, TURN_MS);
    return NULL;
}

void proxy_run(struct proxy *proxy)
{
    must(pthread_create(&proxy->thread, NULL, turn, proxy) == 0);
    proxy->is_running = true;
}
