/* SPDX-License-Identifier: Apache-2.0 */
/* bounds_table.h: what the tables of bounds share: limits that several messages have, and how a row
 * is written. */
#ifndef COMMON_BOUNDS_TABLE_H
#define COMMON_BOUNDS_TABLE_H

#include "common/wire/bounds.h"

enum {
    ACCOUNT_MOST = 40,
    CURSOR_MOST = 60,
    DEPARTMENT_MOST = 8,
    FEE_MOST = 24,
    ITEM_MOST = 24,
    PAGE_MOST = 500,
    PASSWORD_MOST = 128,
    TICKET_LAST = INT32_MAX,
    TICKET_CODE_LEAST = 25,
    TICKET_CODE_MOST = 32,
    WINDOW_LAST = 9999,
    UNITS_MOST = 1000000,  /* as a case may declare of a fee */
    FEN_MOST = 1000000000, /* a price or cap of ten million yuan */
    YEAR_FIRST = 2000,
    YEAR_LAST = 2999,
    DAY_LAST = 2932896, /* 9999-12-31 */
};

#define REQUIRED .required = true
#define OPTIONAL .required = false

#define MESSAGE(service, name) &onedoor__##service##__##name##__descriptor
/* The revision of what was shown (revision.h). */
#define SHOWN                                                                                      \
    {                                                                                              \
        "shown_revision", BOUND_NUMBER, 1, INT64_MAX, OPTIONAL                                     \
    }

#define ROWS(...) ((const struct bound[]){__VA_ARGS__, {.field = NULL}})

#endif
