/* SPDX-License-Identifier: Apache-2.0 */
/* post.h: one HTTP POST to a server that does not change, for a thread that may wait. */
#ifndef COMMON_POST_H
#define COMMON_POST_H

#include <stdbool.h>
#include <sys/socket.h>

#include "common/base/arena.h"

enum { POST_HOST_SIZE = 256, POST_PATH_SIZE = 512 };

struct post {
    struct sockaddr_storage address;
    socklen_t address_size;
    char host[POST_HOST_SIZE]; /* with its port, as the Host field has it */
    char path[POST_PATH_SIZE];
};

/* Reads "http://HOST[:PORT][/PATH]", and looks the host up. Null, or why not. */
const char *post_open(struct post *, const char *url);

/* True when the server has taken it (2xx). Each wait is bounded by wait_ms. */
bool post_send(const struct post *, const char *type, struct bytes body, int wait_ms);

#endif
