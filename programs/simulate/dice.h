/* SPDX-License-Identifier: Apache-2.0 */
/* dice.h: repeatable random numbers: the same seed gives the same ones on every machine
 * (SplitMix64). Pure. */
#ifndef SIMULATE_DICE_H
#define SIMULATE_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* A sequence of its own for one thing among many: drawing from it does not move the others. */
struct dice dice_for(uint64_t seed, uint64_t thing);

/* 0..n-1 (n > 0), and from..to. */
int dice_below(struct dice *, int n);
int dice_between(struct dice *, int from, int to);
/* True `percent` times in a hundred. */
bool dice_chance(struct dice *, int percent);

#endif
