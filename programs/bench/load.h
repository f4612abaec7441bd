/* SPDX-License-Identifier: Apache-2.0 */
/* load.h: many HTTP connections to one port of this machine in one epoll loop; each has at most one
 * request under way. A failure ends the program. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <stdint.h>

struct load;

/* All are connected when it returns. With a twin_port each has a twin there. */
struct load *load_new(int port, int twin_port, int connections);
void load_free(struct load **);

/* Each connection sends the request, and again as soon as it is answered, until so many answers
 * have come. With a twin request, its twin sends that one between two of them, so that both ends
 * get as many requests, in the same rhythm. Returns how many answers were not 200. */
long load_repeat(struct load *, const char *request, const char *twin_request, long answers);
/* Bytes of the body of the last answer, twins aside. */
long load_body_size(const struct load *);

/* Each connection sends the request once. Its answer is awaited with load_until. */
void load_send(struct load *, const char *request);
/* Wait until the text has come on every connection since load_send, or since the last load_until.
 * Returns on how many it has. `first_us`, unless null: when it came on the first (monotonic). */
int load_until(struct load *, const char *text, int wait_ms, int64_t *first_us);

/* One request on a connection of its own; the whole answer, to be freed. */
char *load_ask(int port, const char *method, const char *path, const char *cookie, const char *csrf,
               const char *body);

/* As many connections as the system allows this process, less some for itself; at most `wanted`. */
int load_most(int wanted);

#endif
