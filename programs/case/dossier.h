/* SPDX-License-Identifier: Apache-2.0 */
/* dossier.h: everything that the services know about one case, for an operator: without personal
 * data, which only those who handle the case may see (RULE H21). */
#ifndef CASE_DOSSIER_H
#define CASE_DOSSIER_H

#include "common/base/config.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"

/* A part is null where a service knows nothing about the case: one that is finished at the window
 * has no flow, one without a fee no bill. */
struct dossier {
    int64_t number;
    const Onedoor__Intake__GetProgressReply *progress;
    const Onedoor__Reporting__GetDossierReply *story;
    const Onedoor__Routing__GetFlowReply *flow;
    const Onedoor__Charging__GetOrderReply *order;
    const Onedoor__Supervision__ListCardsReply *cards;
};

/* Asks for it over the bus. False: there is no such case, or the hall does not answer; then *error
 * is one sentence. Memory from the arena, some MiB for a case with a long history. */
bool dossier_ask(struct dossier *, int64_t number, const struct config *, struct arena *,
                 const char **error);

/* Prints it on stdout, with times in the hall's own zone; in a hall whose cases are invented, it
 * says so first. */
void dossier_print(const struct dossier *, const struct config *);

#endif
