/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/followed.h"

#include "common/base/panic.h"

void followed_open(struct followed *followed, struct bus *bus, const struct following *following)
{
    *followed = (struct followed){follower_new(bus, following->stream, "follower"), *following};
    if (followed->follower == NULL)
        panic("cannot connect to %s", following->stream);
    if (following->last > 0)
        follower_seek_end(followed->follower, following->last);
    else
        follower_seek(followed->follower, &(struct position){.epoch = 1});
}

void followed_close(struct followed *followed)
{
    follower_free(&followed->follower);
}

static void call_began(struct followed *followed)
{
    int64_t seq, end_seq;
    if (followed->calls.began == NULL || !follower_place(followed->follower, &seq, &end_seq))
        return;
    followed->calls.began(followed->calls.context, seq, end_seq);
    followed->calls.began = NULL;
}

bool followed_hear(struct followed *followed)
{
    size_t n;
    if (follower_turn(followed->follower) != STATUS_OK)
        panic("the journal of %s is not the one that was followed", followed->calls.stream);
    call_began(followed);
    const struct event *events = follower_events(followed->follower, &n);
    for (size_t i = 0; i < n; i++)
        followed->calls.heard(followed->calls.context, &events[i]);
    if (n > 0)
        follower_done(followed->follower);
    return n > 0;
}
