/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/histogram.h"

const int64_t histogram_bounds_ms[HISTOGRAM_CLASSES - 1] = {1,   2,   5,    10,   20,   50,   100,
                                                            200, 500, 1000, 2000, 5000, 10000};

void histogram_add(struct histogram *histogram, int64_t ms)
{
    int i = 0;
    if (ms < 0)
        ms = 0;
    while (i < HISTOGRAM_CLASSES - 1 && ms > histogram_bounds_ms[i])
        i++;
    histogram->counts[i]++;
    histogram->sum_ms += ms;
}
