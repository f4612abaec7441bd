/* SPDX-License-Identifier: Apache-2.0 */
/* asked.h: the questions that --growth asks, as a list. */
#ifndef BENCH_ASKED_H
#define BENCH_ASKED_H

#include <stdbool.h>

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"

enum { ASKED_MAX = 1000, ASKED_SIZES = 8 };

/* One question: "search state=denied". Its first word says what it belongs to. */
struct asked {
    const char *name;
    const ProtobufCMessage *message;
    bool command;           /* else a query */
    double ms[ASKED_SIZES]; /* the median at each size of the hall */
};

struct asked_list {
    int n;
    struct asked list[ASKED_MAX];
};

/* All of them, in the arena; `today` is the business day, since 1970-01-01. */
void asked_all(struct asked_list *, int32_t today, struct arena *);

#endif
