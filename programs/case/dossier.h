/* SPDX-License-Identifier: Apache-2.0 */
/* dossier.h: everything the services say of one case, for an operator's eyes: no personal data,
 * which only those who handle the case may see (RULE H21). */
#ifndef CASE_DOSSIER_H
#define CASE_DOSSIER_H

#include "common/base/config.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"

/* A part is null where a service knows nothing of the case: one that is finished at the window has
 * no flow, one without a fee no bill. */
struct dossier {
    int64_t number;
    const Onedoor__Intake__GetProgressReply *progress;
    const Onedoor__Reporting__GetDossierReply *story;
    const Onedoor__Routing__GetFlowReply *flow;
    const Onedoor__Charging__GetOrderReply *order;
    const Onedoor__Supervision__ListCardsReply *cards;
};

/* Asks for it over the bus. False: no such case, or the hall does not answer; then one sentence is
 * in *why, else null. Memory from the arena, some MiB for a case with a long story. */
bool dossier_ask(struct dossier *, int64_t number, const struct config *, struct arena *,
                 const char **why);

/* On stdout, times in the hall's own zone; above it, in a hall whose cases are made up, that they
 * are. */
void dossier_print(const struct dossier *, const struct config *);

#endif
