/* SPDX-License-Identifier: Apache-2.0 */
/* span.h: a piece of work that belongs to a trace, and how long it took. */
#ifndef COMMON_SPAN_H
#define COMMON_SPAN_H

#include <stdint.h>

#include "common/base/trace.h"

enum { SPAN_NAME_SIZE = 64 };

enum span_kind { SPAN_SERVER, SPAN_CONSUMER /* of an event */ };

struct span {
    struct trace trace;               /* its own */
    unsigned char parent[SPAN_BYTES]; /* all zero: it is the first of its trace */
    enum span_kind kind;
    char name[SPAN_NAME_SIZE];  /* "intake.Submit", "POST /cases" */
    int64_t began_ms, ended_ms; /* monotonic; real time since 1970 once it was added */
    int64_t case_number;        /* 0: it concerns no case */
    int64_t event_seq;          /* of SPAN_CONSUMER: its number in the journal */
    bool failed;                /* the hall is at fault; a refusal by the rules is none */
};

#endif
