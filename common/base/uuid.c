/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/uuid.h"

#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "common/base/panic.h"

enum { DRAWN_AT_ONCE = 64 };

/* Random bytes for many at once cost as much as for one. */
static _Thread_local struct {
    unsigned char ids[DRAWN_AT_ONCE][16];
    int left;
} drawn;

/* A child process must not make the ids of its parent. */
static void forget_drawn(void)
{
    drawn.left = 0;
}

static void watch_for_forks(void)
{
    must(pthread_atfork(NULL, NULL, forget_drawn) == 0);
}

static void draw(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, watch_for_forks);
    randombytes_buf(drawn.ids, sizeof drawn.ids);
    drawn.left = DRAWN_AT_ONCE;
}

void uuid_new(unsigned char id[16])
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    if (drawn.left == 0)
        draw();
    memcpy(id, drawn.ids[--drawn.left], 16);
    for (int i = 0; i < 6; i++)
        id[i] = (unsigned char)(ms >> (40 - 8 * i));
    id[6] = (unsigned char)(0x70 | (id[6] & 0x0f));
    id[8] = (unsigned char)(0x80 | (id[8] & 0x3f));
}
