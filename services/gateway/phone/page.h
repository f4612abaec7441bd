/* SPDX-License-Identifier: Apache-2.0 */
/* page.h: the pages for a telephone, as HTML that needs no script. Pure: what time it is and what
 * is known of a case is given. */
#ifndef GATEWAY_PAGE_H
#define GATEWAY_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "onedoor/intake.pb-c.h"
#include "services/gateway/http/language.h"
#include "services/gateway/phone/html.h"

/* What the pages say of the hall. */
struct page_hall {
    const char *name[2];   /* by enum language */
    const char *hours;     /* "09:00-12:00,13:00-17:00" */
    const char *telephone; /* "": none */
    const char *style_path;
    int32_t utc_offset_min;
    bool demonstration;
};

struct page {
    const struct page_hall *hall;
    enum language language;
    const char *path;          /* of this page */
    const char *number, *four; /* as typed and tidied; "" for none */
};

/* A case as it is known now. */
struct page_case {
    const Onedoor__Intake__GetProgressReply *progress;
    bool bill_known;
    int64_t bill_fen; /* once it is known: what is still to pay */
    int64_t due_ms;   /* when a decision is promised, as it stands now; 0: it is not */
    bool due_provisional;
    int64_t now_ms;
};

/* The case that was found. */
char *page_case(const struct page *, const struct page_case *, size_t *size);
/* The form that asks for one, with what is wrong (null: nothing). */
char *page_form(const struct page *, const char *fault, size_t *size);

#endif
