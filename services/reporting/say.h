/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: reporting's rows as messages of the wire. Text is borrowed from the row, the rest lives in
 * the arena. */
#ifndef REPORTING_SAY_H
#define REPORTING_SAY_H

#include "common/values/calendar.h"
#include "onedoor/reporting.pb-c.h"
#include "services/reporting/rows.h"

Onedoor__Reporting__Dossier *reporting_dossier_message(const struct dossier_row *,
                                                       const struct calendar *, int64_t now_ms,
                                                       struct arena *);
Onedoor__Reporting__TimelineEntry *reporting_timeline_message(const struct timeline_row *,
                                                              struct arena *);
Onedoor__Reporting__Visit *reporting_visit_message(const struct visit_row *, struct arena *);
Onedoor__Reporting__Figures *reporting_figures_message(const struct figures *, struct arena *);

#endif
