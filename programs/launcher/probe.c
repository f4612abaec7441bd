/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/launcher/probe.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Its length, and the number of the request. */
static const unsigned char ssl_request[8] = {0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f};

void probe_end(struct probe *probe)
{
    if (probe->fd >= 0)
        close(probe->fd);
    probe->fd = -1;
}

bool probe_ask(struct probe *probe, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    probe_end(probe);
    if (strlen(path) >= sizeof address.sun_path)
        return false;
    strcpy(address.sun_path, path);
    probe->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe->fd >= 0 &&
        connect(probe->fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
        send(probe->fd, ssl_request, sizeof ssl_request, MSG_NOSIGNAL) == sizeof ssl_request)
        return true;
    probe_end(probe);
    return false;
}

bool probe_heard(struct probe *probe)
{
    char answer;
    if (probe->fd < 0 || recv(probe->fd, &answer, 1, MSG_DONTWAIT) != 1)
        return false;
    probe_end(probe);
    return true;
}
