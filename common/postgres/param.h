/* SPDX-License-Identifier: Apache-2.0 */
/* param.h: the parameters of a statement, each with its type:
 *
 *   PARAMS(P_I16(centre), P_TEXT(department), P_TIME(from_ms))      are $1, $2 and $3
 *
 * A statement is prepared for the types that it is first given, and must always be given the same.
 * Values are borrowed, and a PARAMS lives as long as the block it is written in. */
#ifndef COMMON_PARAM_H
#define COMMON_PARAM_H

#include "common/rows/table.h"

struct param {
    enum column_type type;
    union {
        int16_t i16;
        int32_t i32;
        int64_t i64;
        bool flag;
        const char *text;
        struct bytes bytes;
    } value;
};

#define P_I16(x)   ((struct param){COLUMN_I16, {.i16 = (x)}})
#define P_I32(x)   ((struct param){COLUMN_I32, {.i32 = (x)}})
#define P_I64(x)   ((struct param){COLUMN_I64, {.i64 = (x)}})
#define P_BOOL(x)  ((struct param){COLUMN_BOOL, {.flag = (x)}})
#define P_TEXT(x)  ((struct param){COLUMN_TEXT, {.text = (x)}})   /* null is null */
#define P_BYTES(x) ((struct param){COLUMN_BYTES, {.bytes = (x)}}) /* null data is null */
#define P_TIME(ms) ((struct param){COLUMN_TIME, {.i64 = (ms)}})   /* 0 is null */
#define P_DAY(n)   ((struct param){COLUMN_DAY, {.i32 = (n)}})     /* 0 is null */

struct params {
    const struct param *list;
    int n;
};

#define PARAMS(...)                                                                                \
    ((struct params){(const struct param[]){__VA_ARGS__},                                          \
                     sizeof((const struct param[]){__VA_ARGS__}) / sizeof(struct param)})
#define NO_PARAMS ((struct params){NULL, 0})

#endif
