/* SPDX-License-Identifier: Apache-2.0 */
#include "common/spans/post.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/monotonic.h"

enum { HEAD_BYTES = 1024 };

/* ---- where to */

/* The port stands after a colon; 80 where there is none. An IPv6 address stands in brackets. */
static const char *split_host(struct post *post)
{
    const char *host = post->host, *end = host + strcspn(host, ":"), *port = "80";
    if (host[0] == '[') {
        host++;
        end = strchrnul(host, ']');
        if (*end == '\0')
            return "its address has no closing bracket";
    }
    snprintf(post->name, sizeof post->name, "%.*s", (int)(end - host), host);
    end += *end == ']';
    if (*end != '\0')
        port = end + 1;
    size_t digits = strspn(port, "0123456789");
    if (post->name[0] == '\0' || (*end != '\0' && *end != ':') || digits == 0 ||
        port[digits] != '\0' || digits >= sizeof post->port || atoi(port) > UINT16_MAX)
        return "its host is empty, or its port is no number";
    strcpy(post->port, port);
    return NULL;
}

const char *post_open(struct post *post, const char *url)
{
    static const char scheme[] = "http://";
    *post = (struct post){.address_size = 0};
    if (strncmp(url, scheme, sizeof scheme - 1) != 0)
        return "it does not begin with http://";
    const char *host = url + sizeof scheme - 1, *path = strchrnul(host, '/');
    if (path == host || path - host >= POST_HOST_SIZE || strlen(path) >= POST_PATH_SIZE)
        return "its host or path is empty or too long";
    snprintf(post->host, sizeof post->host, "%.*s", (int)(path - host), host);
    snprintf(post->path, sizeof post->path, "%s", *path == '\0' ? "/" : path);
    return split_host(post);
}

const char *post_look_up(struct post *post)
{
    const struct addrinfo wanted = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    int error = getaddrinfo(post->name, post->port, &wanted, &found);
    if (error != 0)
        return gai_strerror(error);
    memcpy(&post->address, found->ai_addr, found->ai_addrlen);
    post->address_size = found->ai_addrlen;
    freeaddrinfo(found);
    return NULL;
}

/* ---- one request */

/* Until it is ready for one of the events. */
static bool await(int fd, short events, int64_t until_ms)
{
    struct pollfd awaited = {fd, events, 0};
    int64_t left_ms = until_ms - monotonic_ms();
    return left_ms > 0 && poll(&awaited, 1, (int)left_ms) == 1;
}

static bool is_connected(int fd, int64_t until_ms)
{
    int error = 0;
    socklen_t size = sizeof error;
    return await(fd, POLLOUT, until_ms) &&
           getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

/* Does not block afterwards; -1: not connected. */
static int connect_to(const struct post *post, int64_t until_ms)
{
    int fd = socket(post->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if ((connect(fd, (const struct sockaddr *)&post->address, post->address_size) == 0 ||
         errno == EINPROGRESS) &&
        is_connected(fd, until_ms))
        return fd;
    close(fd);
    return -1;
}

static bool send_all(int fd, struct bytes bytes, int64_t until_ms)
{
    while (bytes.len > 0) {
        ssize_t n =
            await(fd, POLLOUT, until_ms) ? send(fd, bytes.data, bytes.len, MSG_NOSIGNAL) : -1;
        if (n <= 0)
            return false;
        bytes.data += n;
        bytes.len -= (size_t)n;
    }
    return true;
}

/* "HTTP/1.1 200": the first bytes decide. */
static bool is_taken(int fd, int64_t until_ms)
{
    char line[10] = "";
    size_t n = 0;
    while (n < sizeof line) {
        ssize_t got = await(fd, POLLIN, until_ms) ? recv(fd, line + n, sizeof line - n, 0) : -1;
        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    return strncmp(line, "HTTP/1.", 7) == 0 && line[9] == '2';
}

bool post_send(const struct post *post, const char *type, struct bytes body, int64_t until_ms)
{
    char head[HEAD_BYTES];
    int size =
        snprintf(head, sizeof head,
                 "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                 "Connection: close\r\n\r\n",
                 post->path, post->host, type, body.len);
    int fd = connect_to(post, until_ms);
    if (fd < 0)
        return false;
    bool taken =
        send_all(fd, (struct bytes){(const unsigned char *)head, (size_t)size}, until_ms) &&
        send_all(fd, body, until_ms) && is_taken(fd, until_ms);
    close(fd);
    return taken;
}
