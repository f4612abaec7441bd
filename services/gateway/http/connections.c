/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/connections.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "services/gateway/http/stream.h"

/* Bytes of a body that are read at once, beside a head of the longest kind. */
enum { BODY_ROOM = 4096 };

void connections_init(struct connections *all)
{
    all->epoll = epoll_create1(EPOLL_CLOEXEC);
    must(all->epoll >= 0);
    for (int i = 0; i < DEADLINES; i++)
        TAILQ_INIT(&all->by_deadline[i]);
    TAILQ_INIT(&all->due);
    all->exchanges.wake = connections_due;
}

/* ---- for a connection */

void connections_set_deadline(struct connection *connection, enum deadline deadline)
{
    struct connections *all = connection->all;
    TAILQ_REMOVE(&all->by_deadline[connection->deadline], connection, by_deadline);
    connection->deadline = deadline;
    connection->ends_ms = all->now_ms + all->allowed_ms[deadline];
    TAILQ_INSERT_TAIL(&all->by_deadline[deadline], connection, by_deadline);
}

void connections_due(struct connection *connection)
{
    if (connection->is_due)
        return;
    connection->is_due = true;
    TAILQ_INSERT_TAIL(&connection->all->due, connection, by_due);
    connection->all->n_due++;
}

static void forget_due(struct connection *connection)
{
    if (!connection->is_due)
        return;
    connection->is_due = false;
    TAILQ_REMOVE(&connection->all->due, connection, by_due);
    connection->all->n_due--;
}

size_t connections_room(const struct connections *all)
{
    return all->head_max + BODY_ROOM;
}

void connections_take_buffer(struct connection *connection)
{
    struct connections *all = connection->all;
    if (connection->in != NULL)
        return;
    connection->in = all->n_spare > 0 ? all->spare[--all->n_spare] : malloc(connections_room(all));
    must(connection->in != NULL);
}

void connections_give_back_buffer(struct connection *connection)
{
    struct connections *all = connection->all;
    if (all->n_spare < SPARE_BUFFERS && connection->in != NULL)
        all->spare[all->n_spare++] = connection->in;
    else
        free(connection->in);
    connection->in = NULL;
}

/* ---- beginning and ending */

void connections_end(struct connection *connection)
{
    struct connections *all = connection->all;
    forget_due(connection);
    TAILQ_REMOVE(&all->by_deadline[connection->deadline], connection, by_deadline);
    if (connection->exchange != NULL)
        exchange_leave(connection->exchange);
    if (connection->stream != NULL)
        stream_over(&connection->stream);
    shares_give_up(&all->shares, connection->address);
    transport_close(&connection->transport);
    connections_give_back_buffer(connection);
    free(connection->chunk);
    free(connection);
    all->n--;
}

/* The oldest connection of the address that nobody here is working for. */
static struct connection *find_idle(const struct connections *all, struct in_addr address)
{
    struct connection *connection;
    for (int i = 0; i < DEADLINE_NONE; i++)
        TAILQ_FOREACH(connection, &all->by_deadline[i], by_deadline)
    if (connection->address.s_addr == address.s_addr)
        return connection;
    return NULL;
}

static bool make_room(struct connections *all, struct in_addr address)
{
    bool is_share_taken =
        all->most_per_address > 0 && shares_of(&all->shares, address) >= all->most_per_address;
    if (all->n < all->most && !is_share_taken)
        return true;
    struct connection *idle =
        find_idle(all, is_share_taken ? address : shares_largest(&all->shares));
    if (idle != NULL)
        connections_end(idle);
    return idle != NULL;
}

void connections_add(struct connections *all, int fd, struct in_addr address)
{
    struct connection *connection = calloc(1, sizeof *connection);
    must(connection != NULL);
    if (!make_room(all, address)) {
        close(fd);
        free(connection);
        return;
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                .data.ptr = connection};
    connection->all = all;
    connection->address = address;
    connection->deadline = DEADLINE_HEAD;
    TAILQ_INSERT_TAIL(&all->by_deadline[DEADLINE_HEAD], connection, by_deadline);
    connections_set_deadline(connection, DEADLINE_HEAD);
    shares_take(&all->shares, address);
    transport_open(&connection->transport, fd, all->tls);
    must(epoll_ctl(all->epoll, EPOLL_CTL_ADD, fd, &event) == 0);
    all->n++;
}

/* ---- what is due */

struct connection *connections_next_due(struct connections *all)
{
    struct connection *connection = TAILQ_FIRST(&all->due);
    if (connection != NULL)
        forget_due(connection);
    return connection;
}

struct connection *connections_next_overdue(const struct connections *all)
{
    for (int i = 0; i < DEADLINE_NONE; i++) {
        struct connection *first = TAILQ_FIRST(&all->by_deadline[i]);
        if (first != NULL && first->ends_ms <= all->now_ms)
            return first;
    }
    return NULL;
}

int connections_wait_ms(const struct connections *all, int wait_ms, int64_t now_ms)
{
    const struct connection *first;
    int64_t least_ms = all->n_due > 0 ? 0 : wait_ms;
    for (int i = 0; i < DEADLINE_NONE; i++)
        if ((first = TAILQ_FIRST(&all->by_deadline[i])) != NULL &&
            first->ends_ms - now_ms < least_ms)
            least_ms = first->ends_ms - now_ms;
    return least_ms < 0 ? 0 : (int)least_ms;
}

void connections_release(struct connections *all)
{
    for (int i = 0; i < DEADLINES; i++)
        while (!TAILQ_EMPTY(&all->by_deadline[i]))
            connections_end(TAILQ_FIRST(&all->by_deadline[i]));
    while (all->n_spare > 0)
        free(all->spare[--all->n_spare]);
    shares_release(&all->shares);
    close(all->epoll);
}
