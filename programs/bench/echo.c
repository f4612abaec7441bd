/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/echo.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/panic.h"

enum { BODY_MOST = 1 << 20 };

static char body[BODY_MOST];

static enum MHD_Result handle(void *of_daemon, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **context)
{
    static int begun;
    (void)of_daemon;
    (void)method;
    (void)version;
    (void)data;
    if (*context == NULL) {
        *context = &begun;
        return MHD_YES;
    }
    if (*size > 0) {
        *size = 0;
        return MHD_YES;
    }
    size_t n = strtoul(path + 1, NULL, 10);
    struct MHD_Response *response = MHD_create_response_from_buffer(n < BODY_MOST ? n : BODY_MOST,
                                                                    body, MHD_RESPMEM_PERSISTENT);
    must(response != NULL);
    MHD_add_response_header(response, "Content-Type", "application/json");
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static _Noreturn void serve(int tell)
{
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    memset(body, ' ', sizeof body);
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, NULL,
                                                 MHD_OPTION_SOCK_ADDR, &any, MHD_OPTION_END);
    must(daemon != NULL);
    int port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    must(write(tell, &port, sizeof port) == sizeof port);
    close(tell);
    struct pollfd loop = {MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, POLLIN,
                          0};
    for (;;) {
        MHD_UNSIGNED_LONG_LONG wait_ms = 1000;
        if (MHD_get_timeout(daemon, &wait_ms) == MHD_NO || wait_ms > 1000)
            wait_ms = 1000;
        poll(&loop, 1, (int)wait_ms);
        MHD_run(daemon);
    }
}

struct echo echo_start(void)
{
    struct echo echo;
    int ends[2];
    must(pipe(ends) == 0);
    echo.pid = fork();
    must(echo.pid >= 0);
    if (echo.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        serve(ends[1]);
    }
    close(ends[1]);
    if (read(ends[0], &echo.port, sizeof echo.port) != sizeof echo.port)
        panic("the echo has not started");
    close(ends[0]);
    return echo;
}

void echo_stop(struct echo *echo)
{
    kill(echo->pid, SIGKILL);
    waitpid(echo->pid, NULL, 0);
    echo->pid = 0;
}
