/* SPDX-License-Identifier: Apache-2.0 */
/* place.h: where a page of a search ended, as a cursor: "received_ms-case_number". The latest
 * received come first. Pure. */
#ifndef REPORTING_PLACE_H
#define REPORTING_PLACE_H

#include <stdbool.h>

#include "services/reporting/rows.h"

struct place {
    int64_t received_ms;
    int64_t case_number;
};

/* "" is the beginning. False: the text is no cursor. */
bool reporting_place_read(const char *text, struct place *);
char *reporting_place_write(const struct dossier_row *last, struct arena *);

#endif
