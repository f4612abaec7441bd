/* SPDX-License-Identifier: Apache-2.0 */
/* post.h: one HTTP POST to a server that does not change, for a thread that may wait. */
#ifndef COMMON_POST_H
#define COMMON_POST_H

#include <stdbool.h>
#include <sys/socket.h>

#include "common/base/arena.h"

enum { POST_HOST_SIZE = 256, POST_PATH_SIZE = 512, POST_PORT_SIZE = 8 };

struct post {
    char host[POST_HOST_SIZE]; /* with its port, as the Host field has it */
    char path[POST_PATH_SIZE];
    char name[POST_HOST_SIZE], port[POST_PORT_SIZE]; /* to be looked up */
    struct sockaddr_storage address;
    socklen_t address_size; /* 0: not looked up yet */
};

/* Reads "http://HOST[:PORT][/PATH]" and asks nobody. Null, or what is wrong with it. */
const char *post_open(struct post *, const char *url);

/* Asks for the address of the host, which may take as long as the resolver likes. Null, or why it
 * is not known. */
const char *post_look_up(struct post *);

/* True when the server has taken it (2xx) by then, which is monotonic. False, too, where the host
 * was not looked up. */
bool post_send(const struct post *, const char *type, struct bytes body, int64_t until_ms);

#endif
