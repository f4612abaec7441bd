/* SPDX-License-Identifier: Apache-2.0 */
/* verdict.h: what a service's reply means to the one who asked, who may have sent the request more
 * than once. Pure. */
#ifndef COMMON_VERDICT_H
#define COMMON_VERDICT_H

#include "common/wire/outcome.h"

enum verdict {
    VERDICT_OK,
    VERDICT_REJECTED,
    VERDICT_UNKNOWN, /* this try was refused, but an earlier one may be done */
    VERDICT_REPEAT   /* after the reply's retry_after_ms */
};

/* `tries`: how often the request was sent, this time included and without what was answered with
 * BUSY, as that is not done. */
enum verdict verdict_of(Onedoor__Code, Onedoor__Reason, int tries);

#endif
