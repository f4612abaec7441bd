/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/aside.h"

void aside_release(struct aside *aside)
{
    while (aside->n > 0)
        mailbox_drop(&aside->entries[--aside->n].envelope);
}

static int64_t shorter(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t aside_give_up_ms(int64_t arrived_ms, int64_t wait_ms, const struct request *request)
{
    return arrived_ms + shorter(wait_ms, (int64_t)request->remaining_ms * 3 / 4);
}

bool aside_put(struct aside *aside, const struct aside_entry *entry, int64_t now_ms)
{
    if (aside->n == ASIDE_MAX || now_ms >= entry->give_up_ms)
        return false;
    aside->entries[aside->n++] = *entry;
    return true;
}

static bool is_over(const struct aside_entry *entry, const struct reach *reach, int64_t now_ms)
{
    return now_ms >= entry->give_up_ms ||
           (entry->until == ASIDE_HEARD ? reach_heard(reach, &entry->seen)
                                        : reach_settled(reach, &entry->seen));
}

bool aside_take(struct aside *aside, const struct reach *reach, int64_t now_ms,
                struct aside_entry *taken)
{
    for (int i = 0; i < aside->n; i++) {
        if (!is_over(&aside->entries[i], reach, now_ms))
            continue;
        *taken = aside->entries[i];
        aside->n--;
        for (int later = i; later < aside->n; later++) /* who came first goes first */
            aside->entries[later] = aside->entries[later + 1];
        return true;
    }
    return false;
}

int64_t aside_wait_ms(const struct aside *aside, int64_t now_ms)
{
    int64_t soonest_ms = INT64_MAX;
    for (int i = 0; i < aside->n; i++)
        soonest_ms = shorter(soonest_ms, aside->entries[i].give_up_ms);
    if (soonest_ms == INT64_MAX)
        return INT64_MAX;
    return soonest_ms < now_ms ? 0 : soonest_ms - now_ms;
}
