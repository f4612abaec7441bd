/* SPDX-License-Identifier: Apache-2.0 */
/* seal_table.h: which keys the rows of a service are sealed with, as a table of each service that
 * seals: so that a lost or mistaken file of keys is noticed before anything is written with it. */
#ifndef COMMON_SEAL_TABLE_H
#define COMMON_SEAL_TABLE_H

#include "common/base/seal.h"
#include "common/rows/table.h"

struct seal_key_row {
    int16_t centre;
    int32_t id;         /* 0: the secret */
    struct bytes proof; /* seal_proof's */
    int64_t since_ms;   /* 0: the clock of a simulation had not been set yet */
    int64_t unused_ms;  /* when the last row was sealed with a newer one; 0: it is used */
};

extern const struct table seal_key_table;

#endif
