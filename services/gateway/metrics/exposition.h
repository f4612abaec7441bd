/* SPDX-License-Identifier: Apache-2.0 */
/* exposition.h: figures as Prometheus reads them (text format 0.0.4). The samples of a family stand
 * together below its name, so a writer goes family by family. Pure. */
#ifndef GATEWAY_EXPOSITION_H
#define GATEWAY_EXPOSITION_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum family_kind { FAMILY_COUNTER, FAMILY_GAUGE, FAMILY_HISTOGRAM };

/* Names are ours: [a-z_]. A counter's ends with "_total", a duration's with "_seconds". */
struct family {
    const char *name;
    enum family_kind kind;
    const char *help; /* one line */
};

/* "# HELP" and "# TYPE". */
void exposition_begin(FILE *, const struct family *);

/* Names and values of labels in turn, ended by a null; values are escaped. Null: no labels. */
typedef const char *const *exposition_labels;

void exposition_number(FILE *, const struct family *, exposition_labels, double value);

/* Classes of duration: `counts` has one more than `bounds_ms`, for what exceeds the last. */
struct durations {
    const int64_t *bounds_ms, *counts;
    size_t n_bounds;
    int64_t sum_ms;
};
void exposition_durations(FILE *, const struct family *, exposition_labels,
                          const struct durations *);

#endif
