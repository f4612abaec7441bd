/* SPDX-License-Identifier: Apache-2.0 */
/* bounds.h: what each field of a request must be, as tables by message: who reads a request checks
 * it by them, and the OpenAPI document says the same.
 *
 * The tables stand in bounds_<service>.c. A message's rows are in the order of its fields; every
 * text, number, enum and list has one, a flag and bytes have none, and a message has one where it
 * is required. A rule between several fields is a struct check of the service. */
#ifndef COMMON_BOUNDS_H
#define COMMON_BOUNDS_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"

enum bound_kind {
    BOUND_NUMBER,        /* least..most */
    BOUND_CASE,          /* a case number with the right check digit */
    BOUND_INSTANT,       /* ms since 1970-01-01 UTC, to the end of the year 9999 */
    BOUND_ENUM,          /* a value that is not UNSPECIFIED; least..most of them when most is set */
    BOUND_MESSAGE,       /* as the rows of its own type say */
    BOUND_NAME,          /* text: of a person or an organisation */
    BOUND_DOCUMENT,      /* text: the number of a document */
    BOUND_PHONE,         /* text: digits, + and - */
    BOUND_PRINTED_PHONE, /* the same, with its dashes where they were put: it is printed */
    BOUND_CODE,          /* text: a code or an account of the hall */
    BOUND_LINE,          /* text: any other of one line */
    BOUND_TEXT,          /* text: several lines */
    BOUND_AS_IS,         /* text that is not tidied: a password, or where a page ended */
};

/* A field that is not required may be absent, 0 or empty, whatever its range. */
struct bound {
    const char *field; /* its name in the message */
    enum bound_kind kind;
    int64_t least, most;       /* characters of a text; the range of a number */
    int list_least, list_most; /* elements, when it is repeated */
    bool required;
    Onedoor__Reason missing; /* when it is required and not given; 0: FIELD_MISSING */
};

struct bounds {
    const ProtobufCMessageDescriptor *message;
    const struct bound *rows; /* ends with a null field; null: the message has no such fields */
};

/* Each ends with a null message. */
extern const struct bounds bounds_envelope[], bounds_approval[], bounds_gateway[], bounds_intake[],
    bounds_routing[], bounds_charging[], bounds_supervision[], bounds_reporting[];
/* All of them; ends with null. */
extern const struct bounds *const bounds_tables[];

/* The bounds of a message, null when it has none; and of one of its fields. */
const struct bounds *bounds_of(const ProtobufCMessageDescriptor *);
const struct bound *bound_of(const ProtobufCMessageDescriptor *, const char *field);

bool bound_is_text(const struct bound *);

/* Tidies the texts of the message, and of those in it (tidy.h), and says whether each field is
 * within its bounds. The refusal names the field ("materials[2].copies"), in the arena. */
struct outcome bounds_apply(ProtobufCMessage *, struct arena *);

/* A rule between several fields of a message. The table ends with a null message. */
struct check {
    const ProtobufCMessageDescriptor *message;
    struct outcome (*check)(const void *message, struct arena *); /* the refusal is in the arena */
};

/* What the rule of the message's type says; OK when the table (may be null) has none. */
struct outcome bounds_rule(const struct check *, const ProtobufCMessage *, struct arena *);

#endif
