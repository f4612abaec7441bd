/* SPDX-License-Identifier: Apache-2.0 */
#include "common/spans/post.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HEAD_BYTES = 1024, PORT_SIZE = 8 };

/* ---- where to */

static const char *look_up(struct post *post, const char *name, const char *port)
{
    const struct addrinfo wanted = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    int error = getaddrinfo(name, port, &wanted, &found);
    if (error != 0)
        return gai_strerror(error);
    memcpy(&post->address, found->ai_addr, found->ai_addrlen);
    post->address_size = found->ai_addrlen;
    freeaddrinfo(found);
    return NULL;
}

const char *post_open(struct post *post, const char *url)
{
    static const char scheme[] = "http://";
    char name[POST_HOST_SIZE], port[PORT_SIZE] = "80";
    if (strncmp(url, scheme, sizeof scheme - 1) != 0)
        return "it does not begin with http://";
    const char *host = url + sizeof scheme - 1, *path = strchrnul(host, '/');
    if (path == host || path - host >= POST_HOST_SIZE || strlen(path) >= POST_PATH_SIZE)
        return "its host or path is empty or too long";
    snprintf(post->host, sizeof post->host, "%.*s", (int)(path - host), host);
    snprintf(post->path, sizeof post->path, "%s", *path == '\0' ? "/" : path);
    strcpy(name, post->host);
    char *colon = strrchr(name, ':');
    if (colon != NULL && strlen(colon + 1) >= sizeof port)
        return "its port is too long";
    if (colon != NULL) {
        strcpy(port, colon + 1);
        *colon = '\0';
    }
    return look_up(post, name, port);
}

/* ---- one request */

static bool is_connected(int fd, int wait_ms)
{
    struct pollfd writable = {fd, POLLOUT, 0};
    int error = 0;
    socklen_t size = sizeof error;
    return poll(&writable, 1, wait_ms) == 1 &&
           getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

/* Does not block afterwards; -1: not connected. */
static int connect_to(const struct post *post, int wait_ms)
{
    int fd = socket(post->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if ((connect(fd, (const struct sockaddr *)&post->address, post->address_size) == 0 ||
         errno == EINPROGRESS) &&
        is_connected(fd, wait_ms))
        return fd;
    close(fd);
    return -1;
}

static bool send_all(int fd, struct bytes bytes, int wait_ms)
{
    while (bytes.len > 0) {
        struct pollfd writable = {fd, POLLOUT, 0};
        ssize_t n =
            poll(&writable, 1, wait_ms) == 1 ? send(fd, bytes.data, bytes.len, MSG_NOSIGNAL) : -1;
        if (n <= 0)
            return false;
        bytes.data += n;
        bytes.len -= (size_t)n;
    }
    return true;
}

/* "HTTP/1.1 200": the first bytes decide. */
static bool is_taken(int fd, int wait_ms)
{
    char line[10] = "";
    size_t n = 0;
    while (n < sizeof line) {
        struct pollfd readable = {fd, POLLIN, 0};
        ssize_t got =
            poll(&readable, 1, wait_ms) == 1 ? recv(fd, line + n, sizeof line - n, 0) : -1;
        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    return strncmp(line, "HTTP/1.", 7) == 0 && line[9] == '2';
}

bool post_send(const struct post *post, const char *type, struct bytes body, int wait_ms)
{
    char head[HEAD_BYTES];
    int size =
        snprintf(head, sizeof head,
                 "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                 "Connection: close\r\n\r\n",
                 post->path, post->host, type, body.len);
    int fd = connect_to(post, wait_ms);
    if (fd < 0)
        return false;
    bool taken = send_all(fd, (struct bytes){(const unsigned char *)head, (size_t)size}, wait_ms) &&
                 send_all(fd, body, wait_ms) && is_taken(fd, wait_ms);
    close(fd);
    return taken;
}
