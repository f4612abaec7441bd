/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int notify_open(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = getenv("NOTIFY_SOCKET");
    if (path == NULL || (path[0] != '/' && path[0] != '@') ||
        strlen(path) >= sizeof address.sun_path)
        return -1;
    strcpy(address.sun_path, path);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    if (path[0] == '@')
        address.sun_path[0] = '\0'; /* a name that is no file's */
    unsetenv("NOTIFY_SOCKET");
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, size) == 0)
        return fd;
    close(fd);
    return -1;
}

void notify_state(int fd, const char *state, bool ready)
{
    char text[200];
    int length =
        snprintf(text, sizeof text, "%sSTATUS=%s\nWATCHDOG=1\n", ready ? "READY=1\n" : "", state);
    send(fd, text, (size_t)length, MSG_NOSIGNAL);
}
