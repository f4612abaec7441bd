/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/clock_message.h"

void clock_message_write(const struct clock *clock, const struct calendar *cal,
                         Onedoor__Clock *message)
{
    message->budget_min = clock->budget_min;
    message->used_min = clock->used_min;
    message->paused_min = clock->paused_min;
    message->open_pauses = clock->open_pauses;
    message->started_ms = clock->started_ms;
    message->running_since_ms = clock->running_since_ms;
    message->paused_since_ms = clock->paused_since_ms;
    message->stopped_ms = clock->stopped_ms;
    message->over_ms = clock->over_ms;
    message->due_ms = clock_due(clock, cal);
    message->provisional = calendar_provisional_due(cal, message->due_ms);
}

void clock_message_read(const Onedoor__Clock *message, struct clock *clock)
{
    *clock = (struct clock){0};
    if (message == NULL)
        return;
    clock->budget_min = message->budget_min;
    clock->used_min = message->used_min;
    clock->paused_min = message->paused_min;
    clock->open_pauses = (int16_t)message->open_pauses;
    clock->started_ms = message->started_ms;
    clock->running_since_ms = message->running_since_ms;
    clock->paused_since_ms = message->paused_since_ms;
    clock->stopped_ms = message->stopped_ms;
    clock->over_ms = message->over_ms;
}
