/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/dice.h"

static uint64_t next_number(struct dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct dice dice_for(uint64_t seed, uint64_t thing)
{
    struct dice dice = {seed ^ thing * UINT64_C(0xd1342543de82ef95)};
    dice.state = next_number(&dice);
    return dice;
}

int dice_below(struct dice *dice, int n)
{
    return (int)(next_number(dice) % (uint64_t)n);
}

int dice_between(struct dice *dice, int from, int to)
{
    return from + dice_below(dice, to - from + 1);
}

bool dice_chance(struct dice *dice, int percent)
{
    return dice_below(dice, 100) < percent;
}
