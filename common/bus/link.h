/* SPDX-License-Identifier: Apache-2.0 */
/* link.h: a DEALER to one lane of one service that comes back. libzmq connects again by itself
 * after a lost connection, but never after a refused handshake or a malformed frame; and it goes on
 * with a service's old key when the list has another. So the socket's events and the list are
 * watched, and the socket is made anew, after a delay that doubles and varies. What was under way
 * is lost: ask again. */
#ifndef COMMON_LINK_H
#define COMMON_LINK_H

#include "common/bus/bus.h"

struct link {
    struct bus *bus;
    const char *service; /* borrowed */
    enum lane lane;
    void *socket; /* null while there is none: poll and send nothing */
    void *monitor;
    char key[KEY_TEXT_SIZE]; /* of the service, as it was connected to */
    int64_t looked_ms;       /* monotonic: looked at last; */
    int64_t down_ms;         /* the connection ended and was not tried again since; 0: it was */
    int64_t again_ms;        /* without a socket: when to make one */
    int64_t delay_ms;
    int64_t asked_ms; /* monotonic: what was sent then waits for an answer; 0: nothing does */
    int64_t renewed;  /* how often it was made anew */
    bool is_told;     /* that it ended: logged once, until it is back */
};

/* False (logged): the service is not on the list of peers, or its address is no address. */
MUST_USE bool link_open(struct link *, struct bus *, const char *service, enum lane);
void link_close(struct link *);

/* Something was sent that is answered; something came. Where nothing comes for long, the other end
 * is taken for frozen, or gone without a word, and the link is made anew. */
void link_asked(struct link *);
void link_heard(struct link *);

/* It ended, and is not connected again yet. */
bool link_is_down(const struct link *);

/* Call it often: it looks ten times a second at most. True when the socket is another one now. */
bool link_look(struct link *);

#endif
