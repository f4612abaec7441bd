/* SPDX-License-Identifier: Apache-2.0 */
/* tell_routing.c: stages, tasks and the clock of a case as routing says them. */
#include "common/clockpb.h"
#include "onedoor/routing.pb-c.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"

/* The deadline as last derived. */
static void follow_clock(struct entry *entry, const Onedoor__Clock *message)
{
    const struct reporting *reporting = entry->turn->memory;
    struct clock clock;

    clock_from_message(message, &clock);
    entry->dossier.due_ms = clock_due(&clock, &reporting->calendar);
    entry->dossier.paused = clock.open_pauses > 0;
}

/* Decided: how long it took is what the clock says, not when others heard of it. */
static void stop_clock(struct entry *entry, const Onedoor__Clock *message)
{
    follow_clock(entry, message);
    entry->dossier.done_ms =
        message != NULL && message->stopped_ms != 0 ? message->stopped_ms : entry->at_ms;
}

static struct outcome hear_stage(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__StageOpened *stage = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, stage->clock);
    entry.department = stage->department;
    entry.text = arena_printf(turn->arena, "stage %d:", stage->stage);
    for (size_t i = 0; i < stage->n_tasks; i++)
        entry.text = arena_printf(turn->arena, "%s %s", entry.text, stage->tasks[i]->department);
    return reporting_end(&entry);
}

static struct outcome hear_decided(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskDecided *decided = heard->message;
    const Onedoor__Routing__Task *task = decided->task;
    struct entry entry = reporting_begin(turn, heard);

    if (task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    const char *opinion =
        task->state == ONEDOOR__ROUTING__TASK_STATE__AGREED ? "agreed" : "disagreed";
    follow_clock(&entry, decided->clock);
    entry.dossier.tasks++;
    entry.department = task->department;
    entry.text = task->opinion[0] == '\0'
                     ? opinion
                     : arena_printf(turn->arena, "%s: %s", opinion, task->opinion);
    return reporting_end(&entry);
}

static struct outcome hear_returned(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskReturned *returned = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (returned->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    follow_clock(&entry, returned->clock);
    entry.dossier.tasks--;
    entry.department = returned->task->department;
    entry.text = returned->reason;
    return reporting_end(&entry);
}

/* RULE L45: the procedures by their names. */
static const char *procedure_name(Onedoor__Routing__PauseKind kind)
{
    static const char *const names[] = {
        [ONEDOOR__ROUTING__PAUSE_KIND__HEARING] = "hearing",
        [ONEDOOR__ROUTING__PAUSE_KIND__BIDDING] = "bidding",
        [ONEDOOR__ROUTING__PAUSE_KIND__AUCTION] = "auction",
        [ONEDOOR__ROUTING__PAUSE_KIND__INSPECTION] = "inspection",
        [ONEDOOR__ROUTING__PAUSE_KIND__TESTING] = "testing",
        [ONEDOOR__ROUTING__PAUSE_KIND__QUARANTINE] = "quarantine",
        [ONEDOOR__ROUTING__PAUSE_KIND__APPRAISAL] = "appraisal",
        [ONEDOOR__ROUTING__PAUSE_KIND__EXPERTS] = "expert review",
        [ONEDOOR__ROUTING__PAUSE_KIND__SURVEY] = "site survey",
    };

    return (size_t)kind < sizeof names / sizeof names[0] && names[kind] != NULL
               ? names[kind]
               : "special procedure";
}

static struct outcome hear_paused(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockPaused *paused = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, paused->clock);
    entry.department = paused->department;
    entry.text = arena_printf(turn->arena, "%s, notice %s, %d days planned",
                              procedure_name(paused->kind), paused->notice, paused->planned_days);
    return reporting_end(&entry);
}

static struct outcome hear_resumed(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockResumed *resumed = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, resumed->clock);
    entry.department = resumed->department;
    entry.text = procedure_name(resumed->kind);
    return reporting_end(&entry);
}

static struct outcome hear_extended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__ClockExtended *extended = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, extended->clock);
    entry.text =
        arena_printf(turn->arena, "%d working days more: %s", extended->days, extended->reason);
    return reporting_end(&entry);
}

static struct outcome hear_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__FlowGranted *granted = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    stop_clock(&entry, granted->clock);
    return reporting_end(&entry);
}

static struct outcome hear_denied(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__FlowDenied *denied = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    stop_clock(&entry, denied->clock);
    entry.text = denied->reason;
    return reporting_end(&entry);
}

static struct outcome hear_cancelled(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__FlowCancelled *cancelled = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, cancelled->clock);
    return reporting_end(&entry);
}

const struct hearing reporting_hears_routing[] = {
    {&onedoor__routing__stage_opened__descriptor, reporting_need, hear_stage},
    {&onedoor__routing__task_decided__descriptor, reporting_need, hear_decided},
    {&onedoor__routing__task_returned__descriptor, reporting_need, hear_returned},
    {&onedoor__routing__clock_paused__descriptor, reporting_need, hear_paused},
    {&onedoor__routing__clock_resumed__descriptor, reporting_need, hear_resumed},
    {&onedoor__routing__clock_extended__descriptor, reporting_need, hear_extended},
    {&onedoor__routing__flow_granted__descriptor, reporting_need, hear_granted},
    {&onedoor__routing__flow_denied__descriptor, reporting_need, hear_denied},
    {&onedoor__routing__flow_cancelled__descriptor, reporting_need, hear_cancelled},
    {NULL, NULL, NULL},
};
