/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.h: what the hall offers, as intake's memory: items in their versions with their
 * materials, departments, windows, the calendar, and the key of the codes on slips.
 *
 * RULE H11: items enter, change and leave the hall in versions, each with its date of effect. A
 * case is begun under the one in force and keeps it: look it up by the version of its row. Read
 * only; lives in the arena given to intake_catalogue_open, which is called again when a version is
 * published. */
#ifndef INTAKE_CATALOGUE_H
#define INTAKE_CATALOGUE_H

#include "common/base/config.h"
#include "common/rows/store.h"
#include "common/values/calendar.h"
#include "common/wire/fee_facts.h"
#include "services/intake/rows.h"
#include "services/intake/slip_code.h"
#include "services/intake/waiting.h"

/* An item in one version. */
struct item_version {
    struct item_row row;
    const struct material_row *materials; /* by seq: the material seq is materials[seq - 1] */
    int n_materials;
};

/* How many tickets are given out, and when. */
struct ticket_limits {
    int32_t queue_most; /* that wait in one queue */
    int32_t day_most;   /* of one queue, in one day */
    bool in_hours;      /* only while the hall is open */
};

/* How many scans are taken, and how large. */
struct scan_limits {
    int64_t bytes;      /* of one */
    int64_t case_bytes; /* of all of a case */
    int64_t day_bytes;  /* of all that begin in one day */
};

struct catalogue {
    struct item_version *items; /* by code, then version */
    size_t n_items;
    const struct item_fee_row *fees;
    size_t n_fees;
    const struct department_row *departments;
    size_t n_departments;
    const struct window_row *windows;
    size_t n_windows;
    struct calendar calendar;
    unsigned char slip_key[SLIP_KEY_BYTES];
    int32_t erase_years;    /* after a case is over */
    int32_t keys_kept_days; /* of commands, and their sealed replies */
    int32_t take_back_days; /* working days in which a decision or delivery may be taken back */
    struct waiting_rules waiting;
    struct ticket_limits tickets;
    int32_t question_days; /* working days in which a question that was sent on is answered */
    struct scan_limits scans;
    int32_t correction_days; /* working days an applicant is given to bring what was missing */
};

/* The service's open(): memory is a struct catalogue. */
enum status intake_catalogue_open(struct store *, const struct config *, struct arena *,
                                  void **memory);

/* The hall's own date at an instant. */
int32_t intake_today(const struct catalogue *, int64_t now_ms);

/* Null when there is none. */
/* The version in force on the day: the greatest whose date of effect has come. */
const struct item_version *intake_item_on(const struct catalogue *, const char *code, struct day);
const struct item_version *intake_item_version(const struct catalogue *, const char *code,
                                               int16_t version);
const struct department_row *intake_department(const struct catalogue *, const char *code);
const struct window_row *intake_window(const struct catalogue *, int32_t number);

/* RULE H4: finished by the window alone, in the same visit. */
bool intake_item_immediate(const struct item_row *);

/* RULE H9: the fast lane has half the time, rounded up. */
int32_t intake_promised_days(const struct item_row *, bool fast_lane);

/* Whether the item is for this kind of applicant (ApplicantKind of the wire). */
bool intake_item_is_for(const struct item_row *, int kind);

/* The fees of an item in force on the day that count something; in the arena. */
const struct counted_fee *intake_counted_fees(const struct catalogue *, const char *item,
                                              struct day, struct arena *, size_t *n);

/* The code on the slips of a case, in the arena. */
char *intake_slip_code(const struct catalogue *, int64_t case_number, struct arena *);

/* Closing of the last of `days` working days after the day of `from_ms`, which does not count
 * (RULE L42.1, L82). */
int64_t intake_days_after(const struct catalogue *, int64_t from_ms, int32_t days);

#endif
