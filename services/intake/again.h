/* SPDX-License-Identifier: Apache-2.0 */
/* again.h: what an applicant applied for on one day, as one text: "CUL-02=2201130000427
 * SAN-01=...", each item once, with its last case. Pure. */
#ifndef INTAKE_AGAIN_H
#define INTAKE_AGAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"

struct applied {
    const char *item;
    int64_t number;
};

/* The applications of a text, in the arena. */
struct applied *again_read(const char *text, struct arena *, size_t *n);

/* The last case of the item; 0 when there is none. */
int64_t again_find(const char *text, const char *item, struct arena *);

/* The text with this application. */
const char *again_add(const char *text, struct applied, struct arena *);

#endif
