/* SPDX-License-Identifier: Apache-2.0 */
/* hears.c: the journals that reporting follows: those of all the others. What an event changes in a
 * dossier stands in hears_*.c, a file a journal. */
#include "services/reporting/reporting.h"

const struct follow reporting_follows[] = {
    {"intake", reporting_hears_intake},
    {"routing", reporting_hears_routing},
    {"charging", reporting_hears_charging},
    {"supervision", reporting_hears_supervision},
    {NULL, NULL},
};
