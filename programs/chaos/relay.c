/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/relay.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void relay_open(struct relay *relay, int group, int caller, int called)
{
    memset(relay, 0, sizeof *relay);
    relay->ends[0] = caller;
    relay->ends[1] = called;
    relay->group = group;
}

void relay_close(struct relay *relay)
{
    for (int end = 0; end < 2; end++) {
        if (relay->ends[end] >= 0)
            close(relay->ends[end]);
        relay->ends[end] = -1;
    }
}

bool relay_is_open(const struct relay *relay)
{
    return relay->ends[0] >= 0;
}

void relay_disturb(struct relay *relay, enum disturbance disturbance, int delay_ms)
{
    relay->disturbance = disturbance;
    relay->delay_ms = disturbance == DELAYED ? delay_ms : 0;
    if (disturbance == CUT || disturbance == FOREIGN)
        relay_close(relay);
}

/* ---- polls */

static bool is_due(const struct way *way, int64_t now_ms)
{
    return way->len > 0 && now_ms >= way->due_ms;
}

void relay_polls(const struct relay *relay, struct pollfd polls[2], int64_t now_ms, int *wait_ms)
{
    for (int end = 0; end < 2; end++) {
        const struct way *out = &relay->ways[end], *in = &relay->ways[1 - end];
        int events = (out->len == 0 ? POLLIN : 0) | (is_due(in, now_ms) ? POLLOUT : 0);
        bool idle = events == 0 || relay->disturbance == HELD; /* it would tell of a hang-up */
        polls[end] = (struct pollfd){idle ? -1 : relay->ends[end], (short)events, 0};
        if (out->len > 0 && out->due_ms > now_ms && out->due_ms - now_ms < *wait_ms)
            *wait_ms = (int)(out->due_ms - now_ms);
    }
}

/* ---- bytes */

static void spoil(struct relay *relay, struct way *way)
{
    if (relay->disturbance == CORRUPTED)
        way->piece[way->len / 2] ^= 0x10;
    if (relay->disturbance == DOUBLED) {
        memcpy(way->piece + way->len, way->piece, way->len);
        way->len *= 2;
    }
    if (relay->disturbance == CORRUPTED || relay->disturbance == DOUBLED)
        relay->disturbance = PASSED;
}

/* False when that end has hung up. */
static bool take_in(struct relay *relay, int end, int64_t now_ms)
{
    struct way *way = &relay->ways[end];
    ssize_t n = recv(relay->ends[end], way->piece, PIECE_BYTES, MSG_DONTWAIT);
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR);
    way->first = 0;
    way->len = (size_t)n;
    way->due_ms = now_ms + relay->delay_ms;
    spoil(relay, way);
    return true;
}

/* False when the other end has hung up. */
static bool send_on(struct relay *relay, int end)
{
    struct way *way = &relay->ways[end];
    ssize_t n =
        send(relay->ends[1 - end], way->piece + way->first, way->len, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    way->first += (size_t)n;
    way->len -= (size_t)n;
    return true;
}

void relay_turn(struct relay *relay, const struct pollfd polls[2], int64_t now_ms)
{
    bool open = true;
    for (int end = 0; end < 2 && open && relay->disturbance != HELD; end++) {
        if ((polls[end].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && relay->ways[end].len == 0)
            open = take_in(relay, end, now_ms);
        if (open && is_due(&relay->ways[end], now_ms))
            open = send_on(relay, end);
    }
    if (!open)
        relay_close(relay);
}
