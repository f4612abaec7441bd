/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"

enum {
    TEXT = 2048, /* of an answer's head; of a stream, its latest bytes */
    PIECE = 65536,
    EVENTS = 512,
    GIVE_UP_MS = 60000,
    ANSWER_MOST = 1 << 20,
    OWN_FILES = 200,
    LINE = 256, /* connections not accepted yet; the gateway's backlog is longer */
};

struct connection {
    int fd;
    struct connection *twin; /* asked in turn with this one; null: none */
    bool is_twin;
    bool told; /* the awaited text has come */
    int status;
    long left; /* of the body; -1 while the head is read */
    size_t n;
    char text[TEXT];
};

struct load {
    int epoll, n;
    long body_size;
    struct connection *connections; /* n, and as many twins behind them */
};

/* ---- connections */

static int connect_to(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int yes = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)(void *)&to, sizeof to) != 0)
        panic("no connection to port %d: %s", port, strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

static void open_connection(const struct load *load, struct connection *connection, int port)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = connection}};
    connection->fd = connect_to(port);
    must(epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) == 0);
}

/* Wait until the connections begun so far are accepted: the backlog is limited. */
static void wait_in_line(int port)
{
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n";
    char answer[TEXT];
    int fd = connect_to(port);
    if (send(fd, request, sizeof request - 1, MSG_NOSIGNAL) < 0 ||
        recv(fd, answer, sizeof answer, 0) <= 0)
        panic("port %d does not answer: %s", port, strerror(errno));
    close(fd);
}

struct load *load_new(int port, int twin_port, int n)
{
    struct load *load = calloc(1, sizeof *load);
    must(load != NULL);
    load->n = n;
    load->connections = calloc((size_t)n * 2, sizeof *load->connections);
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    must(load->connections != NULL && load->epoll >= 0);
    for (int i = 0; i < n; i++) {
        struct connection *one = &load->connections[i], *two = &load->connections[n + i];
        open_connection(load, one, port);
        if (i % LINE == LINE - 1)
            wait_in_line(port);
        if (twin_port == 0)
            continue;
        open_connection(load, two, twin_port);
        *two = (struct connection){.fd = two->fd, .twin = one, .is_twin = true};
        one->twin = two;
    }
    return load;
}

void load_free(struct load **load)
{
    if (*load == NULL)
        return;
    for (int i = 0; i < (*load)->n; i++) {
        close((*load)->connections[i].fd);
        if ((*load)->connections[i].twin != NULL)
            close((*load)->connections[i].twin->fd);
    }
    close((*load)->epoll);
    free((*load)->connections);
    free(*load);
    *load = NULL;
}

int load_most(int wanted)
{
    struct rlimit limit;
    must(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    must(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    return limit.rlim_max > (rlim_t)(wanted + OWN_FILES) ? wanted : (int)limit.rlim_max - OWN_FILES;
}

/* ---- bytes; a request is small, and the other side reads: it goes out in one piece */

static void send_request(struct connection *connection, const char *request)
{
    size_t size = strlen(request);
    connection->n = 0;
    connection->left = -1;
    if (send(connection->fd, request, size, MSG_NOSIGNAL) != (ssize_t)size)
        panic("a request was not taken: %s", strerror(errno));
}

static size_t receive(struct connection *connection, char piece[PIECE])
{
    ssize_t n = recv(connection->fd, piece, PIECE - 1, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN))
        panic("a connection was closed: %s", n == 0 ? "at its end" : strerror(errno));
    piece[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

static int await(struct load *load, struct epoll_event events[EVENTS], int64_t until_ms)
{
    int64_t wait_ms = until_ms - monotonic_ms();
    int n = wait_ms < 0 ? 0 : epoll_wait(load->epoll, events, EVENTS, (int)wait_ms);
    must(n >= 0 || errno == EINTR);
    return n > 0 ? n : 0;
}

/* ---- again and again */

static void read_head(struct load *load, struct connection *connection, const char *piece, size_t n)
{
    size_t room = TEXT - 1 - connection->n;
    memcpy(connection->text + connection->n, piece, n < room ? n : room);
    connection->text[connection->n + (n < room ? n : room)] = '\0';
    const char *end = strstr(connection->text, "\r\n\r\n");
    const char *length = strcasestr(connection->text, "\r\nContent-Length:");
    if (end == NULL && n < room) {
        connection->n += n;
        return;
    }
    if (end == NULL || length == NULL || length > end ||
        sscanf(connection->text, "HTTP/1.1 %d", &connection->status) != 1)
        panic("this is no answer: %.300s", connection->text);
    long size = strtol(length + 17, NULL, 10);
    load->body_size = connection->is_twin ? load->body_size : size;
    connection->left = size - (long)(connection->n + n - (size_t)(end + 4 - connection->text));
}

/* True when the answer is whole. */
static bool read_answer(struct load *load, struct connection *connection, char piece[PIECE])
{
    size_t n = receive(connection, piece);
    if (n == 0)
        return false;
    if (connection->left < 0)
        read_head(load, connection, piece, n);
    else
        connection->left -= (long)n;
    return connection->left == 0;
}

/* The next request of a connection that has its answer, or of its twin. */
static void go_on(struct connection *connection, const char *request, const char *twin_request,
                  long *left)
{
    if (!connection->is_twin && twin_request != NULL)
        send_request(connection->twin, twin_request);
    else if ((*left)-- > 0)
        send_request(connection->is_twin ? connection->twin : connection, request);
}

long load_repeat(struct load *load, const char *request, const char *twin_request, long answers)
{
    static char piece[PIECE];
    struct epoll_event events[EVENTS];
    long left = answers - load->n, wanted = twin_request != NULL ? answers * 2 : answers, bad = 0;
    must(left >= 0);
    for (int i = 0; i < load->n; i++)
        send_request(&load->connections[i], request);
    for (long got = 0; got < wanted;) {
        int n = await(load, events, monotonic_ms() + GIVE_UP_MS);
        if (n == 0)
            panic("%ld of %ld requests were answered", got, wanted);
        for (int i = 0; i < n; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!read_answer(load, connection, piece))
                continue;
            got++;
            bad += connection->status != 200;
            go_on(connection, request, twin_request, &left);
        }
    }
    return bad;
}

long load_body_size(const struct load *load)
{
    return load->body_size;
}

/* ---- once, and then waiting for a text */

void load_send(struct load *load, const char *request)
{
    for (int i = 0; i < load->n; i++)
        send_request(&load->connections[i], request);
}

/* Has the text come, counting what came before? As much is kept as may be its beginning. */
static bool has_come(struct connection *connection, const char *text, const char *piece, size_t n)
{
    static char whole[TEXT + PIECE];
    memcpy(whole, connection->text, connection->n);
    memcpy(whole + connection->n, piece, n + 1);
    size_t size = connection->n + n, length = strlen(text);
    const char *found = strstr(whole, text);
    const char *rest = found != NULL ? found + length : whole;
    size_t kept = size - (size_t)(rest - whole);
    if (kept > TEXT - 1) {
        rest += kept - (TEXT - 1);
        kept = TEXT - 1;
    }
    memcpy(connection->text, rest, kept);
    connection->n = kept;
    return found != NULL;
}

int load_until(struct load *load, const char *text, int wait_ms, int64_t *first_us)
{
    static char piece[PIECE];
    struct epoll_event events[EVENTS];
    int64_t until_ms = monotonic_ms() + wait_ms;
    int told = 0;
    for (int i = 0; i < load->n; i++)
        load->connections[i].told = false;
    piece[0] = '\0';
    for (int i = 0; i < load->n; i++)
        told += load->connections[i].told = has_come(&load->connections[i], text, piece, 0);
    while (told < load->n) {
        int n = await(load, events, until_ms);
        if (n == 0)
            break;
        for (int i = 0; i < n; i++) {
            struct connection *connection = events[i].data.ptr;
            size_t got = receive(connection, piece);
            if (connection->told || !has_come(connection, text, piece, got))
                continue;
            connection->told = true;
            if (told++ == 0 && first_us != NULL)
                *first_us = monotonic_us();
        }
    }
    return told;
}

/* ---- one by one */

char *load_ask(int port, const char *method, const char *path, const char *cookie, const char *csrf,
               const char *body)
{
    char request[4096], *text = calloc(1, ANSWER_MOST + 1);
    int fd = connect_to(port);
    size_t n = 0;
    ssize_t got;
    must(text != NULL);
    int size = snprintf(request, sizeof request,
                        "%s /api/v1%s HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n"
                        "Cookie: %s\r\nX-CSRF-Token: %s\r\nContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n%s",
                        method, path, cookie, csrf, strlen(body), body);
    must(size > 0 && (size_t)size < sizeof request &&
         send(fd, request, (size_t)size, MSG_NOSIGNAL) == size);
    while (n < ANSWER_MOST && (got = recv(fd, text + n, ANSWER_MOST - n, 0)) > 0)
        n += (size_t)got;
    close(fd);
    if (strncmp(text, "HTTP/1.1 200", 12) != 0)
        panic("%s %s: %.400s", method, path, text);
    return text;
}
