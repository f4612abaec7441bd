/* SPDX-License-Identifier: Apache-2.0 */
/* histogram.h: how long things take, counted by classes of duration. Pure. */
#ifndef COMMON_HISTOGRAM_H
#define COMMON_HISTOGRAM_H

#include <stdint.h>

/* The upper bounds of all classes but the last, which has none: 1 ms to 10 s, three a decade. */
enum { HISTOGRAM_CLASSES = 14 };
extern const int64_t histogram_bounds_ms[HISTOGRAM_CLASSES - 1];

/* All zero is an empty one. */
struct histogram {
    int64_t counts[HISTOGRAM_CLASSES]; /* of each class alone */
    int64_t sum_ms;
};

/* A duration belongs to the first class whose bound it does not exceed; below zero counts as zero.
 */
void histogram_add(struct histogram *, int64_t ms);

#endif
