/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/say.h"

#include "common/rows/fill.h"
#include "common/wire/numbers.h"
#include "onedoor/intake.pb-c.h"
#include "services/reporting/dossier.h"
#include "services/reporting/entry.h"

SAME_NUMBER(DOSSIER_RECEIVED, ONEDOOR__INTAKE__CASE_STATE__RECEIVED);
SAME_NUMBER(DOSSIER_CORRECTION, ONEDOOR__INTAKE__CASE_STATE__CORRECTION);
SAME_NUMBER(DOSSIER_REFUSED, ONEDOOR__INTAKE__CASE_STATE__REFUSED);
SAME_NUMBER(DOSSIER_ACCEPTED, ONEDOOR__INTAKE__CASE_STATE__ACCEPTED);
SAME_NUMBER(DOSSIER_IN_APPROVAL, ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL);
SAME_NUMBER(DOSSIER_SUSPENDED, ONEDOOR__INTAKE__CASE_STATE__SUSPENDED);
SAME_NUMBER(DOSSIER_GRANTED, ONEDOOR__INTAKE__CASE_STATE__GRANTED);
SAME_NUMBER(DOSSIER_DENIED, ONEDOOR__INTAKE__CASE_STATE__DENIED);
SAME_NUMBER(DOSSIER_PAYMENT_DUE, ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE);
SAME_NUMBER(DOSSIER_CLOSED, ONEDOOR__INTAKE__CASE_STATE__CLOSED);
SAME_NUMBER(DOSSIER_DELIVERED, ONEDOOR__INTAKE__CASE_STATE__DELIVERED);
SAME_NUMBER(DOSSIER_WITHDRAWN, ONEDOOR__INTAKE__CASE_STATE__WITHDRAWN);
SAME_NUMBER(DOSSIER_TERMINATED, ONEDOOR__INTAKE__CASE_STATE__TERMINATED);

SAME_NUMBER(FIGURE_RECEIVED + 1, ONEDOOR__REPORTING__FIGURE__RECEIVED);
SAME_NUMBER(FIGURE_ACCEPTED + 1, ONEDOOR__REPORTING__FIGURE__ACCEPTED);
SAME_NUMBER(FIGURE_CORRECTED + 1, ONEDOOR__REPORTING__FIGURE__CORRECTED);
SAME_NUMBER(FIGURE_REFUSED + 1, ONEDOOR__REPORTING__FIGURE__REFUSED);
SAME_NUMBER(FIGURE_WITHDRAWN + 1, ONEDOOR__REPORTING__FIGURE__WITHDRAWN);
SAME_NUMBER(FIGURE_TERMINATED + 1, ONEDOOR__REPORTING__FIGURE__TERMINATED);
SAME_NUMBER(FIGURE_GRANTED + 1, ONEDOOR__REPORTING__FIGURE__GRANTED);
SAME_NUMBER(FIGURE_DENIED + 1, ONEDOOR__REPORTING__FIGURE__DENIED);
SAME_NUMBER(FIGURE_DECIDED + 1, ONEDOOR__REPORTING__FIGURE__DECIDED);
SAME_NUMBER(FIGURE_ON_TIME + 1, ONEDOOR__REPORTING__FIGURE__ON_TIME);
SAME_NUMBER(FIGURE_CLOSED + 1, ONEDOOR__REPORTING__FIGURE__CLOSED);
SAME_NUMBER(FIGURE_DELIVERED + 1, ONEDOOR__REPORTING__FIGURE__DELIVERED);
SAME_NUMBER(FIGURE_TASKS + 1, ONEDOOR__REPORTING__FIGURE__TASKS);
SAME_NUMBER(FIGURE_ORDERS + 1, ONEDOOR__REPORTING__FIGURE__ORDERS);
SAME_NUMBER(FIGURE_FEE_FEN + 1, ONEDOOR__REPORTING__FIGURE__FEE);
SAME_NUMBER(FIGURE_PAID_FEN + 1, ONEDOOR__REPORTING__FIGURE__PAID);
SAME_NUMBER(FIGURE_YELLOW + 1, ONEDOOR__REPORTING__FIGURE__YELLOW);
SAME_NUMBER(FIGURE_RED + 1, ONEDOOR__REPORTING__FIGURE__RED);
SAME_NUMBER(FIGURE_WAIVED_FEN + 1, ONEDOOR__REPORTING__FIGURE__WAIVED);
SAME_NUMBER(FIGURE_REFUNDED_FEN + 1, ONEDOOR__REPORTING__FIGURE__REFUNDED);

Onedoor__Reporting__Dossier *reporting_dossier_message(const struct dossier_row *row,
                                                       const struct calendar *calendar,
                                                       int64_t now_ms, struct arena *arena)
{
    Onedoor__Reporting__Dossier *dossier =
        FILLED(arena, Onedoor__Reporting__Dossier, onedoor__reporting__dossier,
               &reporting_dossier_table, row);

    dossier->state = (char *)reporting_state_name(row);
    dossier->overdue = reporting_is_overdue(row, now_ms);
    dossier->provisional = calendar_provisional_due(calendar, row->due_ms);
    return dossier;
}

Onedoor__Reporting__TimelineEntry *reporting_timeline_message(const struct timeline_row *row,
                                                              struct arena *arena)
{
    Onedoor__Reporting__TimelineEntry *entry =
        FILLED(arena, Onedoor__Reporting__TimelineEntry, onedoor__reporting__timeline_entry,
               &reporting_timeline_table, row);
    const char *stream = reporting_stream_name(row->stream);

    entry->stream = (char *)stream;
    entry->type = arena_printf(arena, "%s.%s", stream, row->type);
    return entry;
}

Onedoor__Reporting__Figures *reporting_figures_message(const struct figures *sums,
                                                       struct arena *arena)
{
    Onedoor__Reporting__Figures *figures = ARENA_NEW(arena, Onedoor__Reporting__Figures);
    const int64_t *n = sums->n;

    onedoor__reporting__figures__init(figures);
    figures->received = n[FIGURE_RECEIVED];
    figures->accepted = n[FIGURE_ACCEPTED];
    figures->corrected = n[FIGURE_CORRECTED];
    figures->refused = n[FIGURE_REFUSED];
    figures->withdrawn = n[FIGURE_WITHDRAWN];
    figures->terminated = n[FIGURE_TERMINATED];
    figures->granted = n[FIGURE_GRANTED];
    figures->denied = n[FIGURE_DENIED];
    figures->decided = n[FIGURE_DECIDED];
    figures->on_time = n[FIGURE_ON_TIME];
    figures->closed = n[FIGURE_CLOSED];
    figures->delivered = n[FIGURE_DELIVERED];
    figures->tasks = n[FIGURE_TASKS];
    figures->orders = n[FIGURE_ORDERS];
    figures->fee_fen = n[FIGURE_FEE_FEN];
    figures->paid_fen = n[FIGURE_PAID_FEN];
    figures->yellow = n[FIGURE_YELLOW];
    figures->red = n[FIGURE_RED];
    figures->waived_fen = n[FIGURE_WAIVED_FEN];
    figures->refunded_fen = n[FIGURE_REFUNDED_FEN];
    return figures;
}

Onedoor__Reporting__Visit *reporting_visit_message(const struct visit_row *row, struct arena *arena)
{
    return FILLED(arena, Onedoor__Reporting__Visit, onedoor__reporting__visit,
                  &reporting_visit_table, row);
}
