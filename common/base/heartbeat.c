/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/heartbeat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/monotonic.h"
#include "common/base/notify.h"

enum { BEAT_MS = 1000 };

static struct {
    int fd;      /* the launcher's pipe, or -1 */
    int systemd; /* systemd's socket, or -1 */
    const char *state;
    int64_t written_ms;
} heart = {.fd = -1, .systemd = -1, .state = "starting"};

void heartbeat_open(void)
{
    const char *fd = getenv("ONEDOOR_HEARTBEAT_FD");
    if (fd == NULL) {
        heart.systemd = notify_open();
        return;
    }
    heart.fd = atoi(fd);
    fcntl(heart.fd, F_SETFD, FD_CLOEXEC);
    fcntl(heart.fd, F_SETFL, O_NONBLOCK);
    unsetenv("ONEDOOR_HEARTBEAT_FD");
}

static bool is_at_work(void)
{
    return strcmp(heart.state, "ready") == 0 || strcmp(heart.state, "standby") == 0;
}

static void write_state(void)
{
    char line[120];
    int length = snprintf(line, sizeof line, "%s\n", heart.state);
    heart.written_ms = monotonic_ms();
    if (heart.systemd >= 0)
        notify_state(heart.systemd, heart.state, is_at_work());
    /* A full pipe means that nobody reads: the next beat tries again. */
    if (heart.fd >= 0 && write(heart.fd, line, (size_t)length) < 0 && errno == EPIPE)
        heart.fd = -1;
}

void heartbeat_state(const char *state)
{
    bool same = strcmp(heart.state, state) == 0;
    heart.state = state;
    if (!same)
        write_state();
}

const char *heartbeat_current(void)
{
    return heart.state;
}

void heartbeat_beat(void)
{
    if (monotonic_ms() - heart.written_ms >= BEAT_MS)
        write_state();
}
