/* SPDX-License-Identifier: Apache-2.0 */
/* demonstration.h: the people of a demonstration: one at each of the hall's own desks, and in every
 * department those who take in, approve and lead, so that a parallel case can be practised. */
#ifndef GATEWAY_DEMONSTRATION_H
#define GATEWAY_DEMONSTRATION_H

#include <stdio.h>

#include "services/gateway/people/people.h"

/* Creates them, lists them in HOME/demo-users.json (mode 0600) and, as a table, on `out`. Does
 * nothing when that file is there. */
MUST_USE enum status demonstration_make(struct people *, const char *home, FILE *out);

#endif
