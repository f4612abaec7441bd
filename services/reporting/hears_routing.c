/* SPDX-License-Identifier: Apache-2.0 */
/* hears_routing.c: stages, tasks and the clock of a case as routing says them. */
#include <string.h>

#include "onedoor/approval.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"

/* The deadline as last said. */
static void follow_clock(struct entry *entry, const Onedoor__Clock *clock)
{
    entry->dossier.due_ms = clock == NULL ? 0 : clock->due_ms;
    entry->dossier.paused = clock != NULL && clock->open_pauses > 0;
}

/* Decided: how long it took is what the clock says, not when others heard of it. */
static void stop_clock(struct entry *entry, const Onedoor__Clock *message)
{
    follow_clock(entry, message);
    entry->dossier.done_ms =
        message != NULL && message->stopped_ms != 0 ? message->stopped_ms : entry->at_ms;
}

/* RULE H21: who has a task on a case sees it. */
static void involve(struct entry *entry, struct turn *turn, const char *department)
{
    const char *known = entry->dossier.involved;
    size_t length = strlen(department);

    for (const char *at = known; *at != '\0'; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == length && strncmp(at, department, length) == 0)
            return;
    entry->dossier.involved =
        arena_printf(turn->arena, "%s%s%s", known, known[0] == '\0' ? "" : " ", department);
}

static struct outcome hear_stage(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__StageOpened *stage = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, stage->clock);
    entry.department = stage->department;
    entry.text = arena_printf(turn->arena, "stage %d:", stage->stage);
    for (size_t i = 0; i < stage->n_tasks; i++) {
        involve(&entry, turn, stage->tasks[i]->department);
        entry.text = arena_printf(turn->arena, "%s %s", entry.text, stage->tasks[i]->department);
    }
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

static struct outcome hear_taken(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskTaken *taken = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (taken->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    entry.department = taken->task->department;
    entry.text = taken->from[0] == '\0'
                     ? taken->task->assignee
                     : arena_printf(turn->arena, "%s, from %s", taken->task->assignee, taken->from);
    return reporting_end(&entry);
}

static struct outcome hear_released(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__TaskReleased *released = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (released->task == NULL)
        return refuse(ONEDOOR__REASON__FIELD_MISSING, "which task?");
    entry.department = released->task->department;
    entry.text = released->from;
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
    entry.text = arena_printf(turn->arena, "%d working days more, agreed by %s: %s", extended->days,
                              extended->approved_by, extended->reason);
    return reporting_end(&entry);
}

/* RULE L82: by a published calendar. */
static struct outcome hear_moved(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__DeadlineMoved *moved = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (moved->term == ONEDOOR__TERM__PROMISE)
        follow_clock(&entry, moved->clock);
    entry.text = moved->task != 0 ? arena_printf(turn->arena, "of task %d", moved->task)
                 : moved->term == ONEDOOR__TERM__PROMISE ? "of the case"
                                                         : "of the case, by law";
    if (moved->corrected != NULL)
        entry.text = arena_printf(turn->arena, "%s: %s", entry.text, moved->corrected->reason);
    return reporting_end(&entry);
}

/* The decision was taken back: it is not done, and these tasks do not stand decided. */
static struct outcome hear_reopened(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Routing__FlowReopened *reopened = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    follow_clock(&entry, reopened->clock);
    entry.dossier.done_ms = 0;
    entry.dossier.tasks -= (int16_t)reopened->n_tasks;
    entry.department = reopened->department;
    for (size_t i = 0; i < reopened->n_tasks; i++)
        entry.text = arena_printf(turn->arena, "%s%s%s", entry.text, i == 0 ? "" : " ",
                                  reopened->tasks[i]->department);
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
    {&onedoor__routing__task_taken__descriptor, reporting_need, hear_taken},
    {&onedoor__routing__task_released__descriptor, reporting_need, hear_released},
    {&onedoor__routing__task_returned__descriptor, reporting_need, hear_returned},
    {&onedoor__routing__clock_paused__descriptor, reporting_need, hear_paused},
    {&onedoor__routing__clock_resumed__descriptor, reporting_need, hear_resumed},
    {&onedoor__routing__clock_extended__descriptor, reporting_need, hear_extended},
    {&onedoor__routing__deadline_moved__descriptor, reporting_need, hear_moved},
    {&onedoor__routing__flow_reopened__descriptor, reporting_need, hear_reopened},
    {&onedoor__routing__flow_granted__descriptor, reporting_need, hear_granted},
    {&onedoor__routing__flow_denied__descriptor, reporting_need, hear_denied},
    {&onedoor__routing__flow_cancelled__descriptor, reporting_need, hear_cancelled},
    {&onedoor__approval__asked__descriptor, reporting_need, reporting_hear_asked},
    {&onedoor__approval__answered__descriptor, reporting_need, reporting_hear_answered},
    {NULL, NULL, NULL},
};
