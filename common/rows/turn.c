/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/turn.h"

#include "common/base/panic.h"
#include "common/rows/corridor.h"
#include "common/rows/said.h"
#include "common/wire/message.h"

void turn_say(struct turn *turn, int64_t case_number, const ProtobufCMessage *message)
{
    if (turn->n_said == turn->room_said) {
        turn->room_said = turn->room_said == 0 ? 16 : turn->room_said * 2;
        turn->said =
            arena_grow(turn->arena, turn->said, turn->n_said, turn->room_said, sizeof(struct said));
    }
    turn->said[turn->n_said++] = (struct said){
        .type = message_type(message->descriptor),
        .case_number = case_number,
        .actor = turn->speaker,
        .payload = message_pack(message, turn->arena),
        .trace = turn->trace,
    };
    turn->changes++;
}

void turn_wake(struct turn *turn, int64_t at_ms)
{
    if (at_ms > 0 && at_ms < turn->wake_ms)
        turn->wake_ms = at_ms;
}

void turn_remember(struct turn *turn, const void *memory)
{
    turn->memory = memory;
}

void turn_want_counter(struct turn *turn, const char *name)
{
    rows_want(turn, &counter_table, &(struct counter_row){.centre = turn->centre, .name = name});
}

int64_t turn_count(struct turn *turn, const char *name)
{
    struct counter_row probe = {.centre = turn->centre, .name = name, .value = 1};
    struct counter_row *counter = rows_find(turn, &counter_table, &probe);
    if (counter == NULL) {
        probe.name = arena_strdup(turn->arena, name);
        return ((struct counter_row *)rows_add(turn, &counter_table, &probe))->value;
    }
    rows_touch(turn, &counter_table, counter);
    return ++counter->value;
}
