/* SPDX-License-Identifier: Apache-2.0 */
/* denials.h: what was refused lately: each kind counted by who asked, from where, for what. The
 * gateway's loop adds to it, and hands it to the register now and then (people/keeper.h). It has a
 * fixed size: what finds no place is counted by its kind alone. Pure. */
#ifndef GATEWAY_DENIALS_H
#define GATEWAY_DENIALS_H

#include "common/base/status.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/caller.h"

enum { DENIALS_MAX = 128, DENIAL_ADDRESS_SIZE = 46, DENIAL_WHAT_SIZE = 80 };
enum { DENIAL_KINDS = ONEDOOR__GATEWAY__DENIAL_KIND__REFUSED_AT_SERVICE + 1 };

struct denial {
    Onedoor__Gateway__DenialKind kind;
    char name[CALLER_NAME_SIZE]; /* account or token; "": nobody was signed in */
    char address[DENIAL_ADDRESS_SIZE];
    char what[DENIAL_WHAT_SIZE]; /* "POST /cases/{caseNumber}/check"; "": that of the kind */
    int64_t case_number;         /* 0: of none */
    int64_t times, first_ms, last_ms;
};

struct denials {
    int n;
    struct denial list[DENIALS_MAX];
};

/* Adds its `times` to those of the same particulars. */
void denials_add(struct denials *, const struct denial *);

/* Saves n of them, all or none. */
typedef enum status denials_saver(void *context, const struct denial *, int n);
/* Saves all at once. If the database refuses a text among them, each is saved alone, and what it
 * refuses is counted by its kind. What could not be saved now is left in the list. */
void denials_save(struct denials *, denials_saver *, void *context);

/* Without its particulars. */
struct denial denial_of_kind(const struct denial *);

#endif
