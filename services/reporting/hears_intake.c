/* SPDX-License-Identifier: Apache-2.0 */
/* hears_intake.c: the states of a case as intake says them. */
#include "common/rows/year_days.h"
#include "onedoor/approval.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/reporting/dossier.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"
#include "services/reporting/visits.h"

static const char *channel_words(const struct entry *entry,
                                 const Onedoor__Intake__CaseReceived *received)
{
    switch (received->channel) {
    case ONEDOOR__INTAKE__CHANNEL__ONLINE:
        return "online";
    case ONEDOOR__INTAKE__CHANNEL__MOBILE:
        return "by mobile";
    case ONEDOOR__INTAKE__CHANNEL__BY_DEPARTMENT:
        return "begun by its department";
    case ONEDOOR__INTAKE__CHANNEL__BY_LETTER:
        return "by letter";
    default:
        return arena_printf(entry->turn->arena, "at window %d", received->window);
    }
}

static struct outcome hear_received(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseReceived *received = heard->message;
    struct entry entry = reporting_begin(turn, heard);
    struct dossier_row *dossier = &entry.dossier;

    dossier->item = received->item;
    dossier->department = received->department;
    dossier->window = received->window;
    dossier->summary = received->summary;
    dossier->fast_lane = received->fast_lane;
    dossier->state = DOSSIER_RECEIVED;
    dossier->received_ms = heard->at_ms;
    entry.department = received->department;
    entry.text = arena_printf(turn->arena, "%s%s", channel_words(&entry, received),
                              received->fast_lane ? ", fast lane" : "");
    return reporting_end(&entry);
}

static const char *promise_words(const struct entry *entry,
                                 const Onedoor__Intake__CaseAccepted *accepted)
{
    const char *deemed = accepted->deemed ? "deemed accepted, for nothing was said in time; " : "";

    if (accepted->immediate)
        return arena_printf(entry->turn->arena, "%sto be finished at the window", deemed);
    return arena_printf(entry->turn->arena, "%spromised within %d working days", deemed,
                        accepted->promised_days);
}

/* RULE L32.4: a deemed acceptance holds from the day of receipt. */
static struct outcome hear_accepted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAccepted *accepted = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (accepted->accepted_ms != 0)
        entry.at_ms = accepted->accepted_ms;
    entry.dossier.accepted_ms = entry.at_ms;
    entry.dossier.state = accepted->immediate ? DOSSIER_ACCEPTED : DOSSIER_IN_APPROVAL;
    if (accepted->immediate && accepted->clock != NULL)
        entry.dossier.due_ms = accepted->clock->due_ms;
    entry.department = accepted->department;
    entry.text = promise_words(&entry, accepted);
    return reporting_end(&entry);
}

/* RULE L32.3, L32.4: what was wrong with a paper: " [NOT_SIGNED: on page 2]". */
static const char *fault_words(struct turn *turn, Onedoor__Intake__PaperFault fault,
                               const char *note)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&onedoor__intake__paper_fault__descriptor, fault);
    if (fault == ONEDOOR__INTAKE__PAPER_FAULT__PAPER_FAULT_UNSPECIFIED || value == NULL)
        return "";
    return arena_printf(turn->arena, " [%s%s%s]", value->name, note[0] == '\0' ? "" : ": ", note);
}

static struct outcome hear_correction(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CorrectionAsked *asked = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.state = DOSSIER_CORRECTION;
    entry.dossier.corrections++;
    entry.text =
        asked->approved_by[0] == '\0'
            ? "missing: "
            : arena_printf(turn->arena, "again, agreed by %s: %s; missing: ", asked->approved_by,
                           asked->reason);
    for (size_t i = 0; i < asked->n_missing; i++)
        entry.text =
            arena_printf(turn->arena, "%s%s%s (%d)%s", entry.text, i == 0 ? "" : ", ",
                         asked->missing[i]->name_zh, asked->missing[i]->copies,
                         fault_words(turn, asked->missing[i]->fault, asked->missing[i]->note));
    return reporting_end(&entry);
}

static struct outcome hear_scan(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__ScanKept *kept = heard->message;
    struct entry entry = reporting_begin(turn, heard);
    const ProtobufCEnumValue *type =
        protobuf_c_enum_descriptor_get_value(&onedoor__intake__scan_type__descriptor, kept->type);

    entry.text = arena_printf(turn->arena, "paper %d, %s, %d KiB", kept->seq,
                              type == NULL ? "" : type->name, (int)((kept->bytes + 1023) / 1024));
    return reporting_end(&entry);
}

static struct outcome hear_mended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__PaperMended *mended = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.text = arena_printf(turn->arena, "%s%s", mended->name_zh,
                              fault_words(turn, mended->fault, mended->note));
    return reporting_end(&entry);
}

static struct outcome hear_refused(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseRefused *refused = heard->message;
    struct entry entry = reporting_begin(turn, heard);
    bool elsewhere = refused->right_authority[0] != '\0';

    entry.dossier.state = DOSSIER_REFUSED;
    entry.text = arena_printf(turn->arena, "%s%s%s", refused->reason,
                              elsewhere ? "; to be asked of " : "", refused->right_authority);
    return reporting_end(&entry);
}

static struct outcome hear_withdrawn(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseWithdrawn *withdrawn = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.state = DOSSIER_WITHDRAWN;
    entry.text = withdrawn->reason;
    return reporting_end(&entry);
}

static struct outcome hear_terminated(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseTerminated *terminated = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.state = DOSSIER_TERMINATED;
    entry.text = terminated->reason;
    return reporting_end(&entry);
}

/* The clock of an immediate case stops here; that of any other, in routing. */
static void decide(struct entry *entry, enum decision outcome, enum dossier_state state)
{
    if (entry->dossier.state == DOSSIER_ACCEPTED)
        entry->dossier.done_ms = entry->at_ms;
    entry->dossier.decided_ms = entry->at_ms;
    entry->dossier.outcome = (int16_t)outcome;
    entry->dossier.state = (int16_t)state;
}

static struct outcome hear_granted(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseGranted *granted = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    decide(&entry, DECISION_GRANTED, granted->has_fee ? DOSSIER_PAYMENT_DUE : DOSSIER_GRANTED);
    entry.department = granted->department;
    return reporting_end(&entry);
}

static struct outcome hear_denied(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseDenied *denied = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    decide(&entry, DECISION_DENIED, DOSSIER_DENIED);
    entry.text = denied->reason;
    return reporting_end(&entry);
}

static struct outcome hear_closed(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseClosed *closed = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.state = DOSSIER_CLOSED;
    entry.dossier.closed_ms = entry.at_ms;
    entry.text = closed->granted ? "granted" : "denied";
    return reporting_end(&entry);
}

static struct outcome hear_delivered(struct turn *turn, const struct heard *heard)
{
    static const char *const words[] = {"", "handed over", "posted", "electronically"};
    const Onedoor__Intake__CaseDelivered *delivered = heard->message;
    struct entry entry = reporting_begin(turn, heard);
    size_t how = (size_t)delivered->how;

    entry.dossier.state = DOSSIER_DELIVERED;
    entry.dossier.delivered_ms = entry.at_ms;
    entry.text = how < sizeof words / sizeof words[0] ? words[how] : "";
    return reporting_end(&entry);
}

static enum dossier_state undecided(const Onedoor__Intake__DecisionTakenBack *back)
{
    return back->immediate ? DOSSIER_ACCEPTED : DOSSIER_IN_APPROVAL;
}

/* What it brought to the figures is taken off on the day it is taken back. The clock of an
 * immediate case runs again here; that of any other, in routing. */
static struct outcome hear_decision_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DecisionTakenBack *back = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    if (back->immediate)
        entry.dossier.done_ms = 0;
    entry.dossier.decided_ms = 0;
    entry.dossier.closed_ms = 0;
    entry.dossier.outcome = UNDECIDED;
    entry.dossier.state = (int16_t)undecided(back);
    entry.department = back->department;
    entry.text =
        arena_printf(turn->arena, "%s, agreed by %s: %s", back->granted ? "granted" : "denied",
                     back->approved_by, back->reason);
    return reporting_end(&entry);
}

static struct outcome hear_delivery_taken_back(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__DeliveryTakenBack *back = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.delivered_ms = 0;
    entry.dossier.state = DOSSIER_CLOSED;
    entry.department = back->department;
    entry.text = arena_printf(turn->arena, "agreed by %s: %s", back->approved_by, back->reason);
    return reporting_end(&entry);
}

/* What was put right, without saying what it was (RULE H21). */
static struct outcome hear_amended(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CaseAmended *amended = heard->message;
    const struct {
        bool is;
        const char *word;
    } changes[] = {{amended->name, "name"},
                   {amended->phone, "phone"},
                   {amended->address, "address"},
                   {amended->facts_changed, "facts"}};
    struct entry entry = reporting_begin(turn, heard);

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (changes[i].is)
            entry.text = arena_printf(turn->arena, "%s%s%s", entry.text,
                                      entry.text[0] == '\0' ? "" : ", ", changes[i].word);
    entry.text = arena_printf(turn->arena, "%s: %s", entry.text, amended->reason);
    return reporting_end(&entry);
}

/* ---- the windows. RULE H19: those with no business are seen as such, as soon as they are there.
 */

static void need_windows(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    rows_want(turn, &reporting_window_table, &(struct hall_window_row){.centre = turn->centre});
}

static struct outcome hear_window_set(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__WindowSet *set = heard->message;
    struct hall_window_row window = {.centre = turn->centre, .number = set->window};
    struct hall_window_row *before = rows_find(turn, &reporting_window_table, &window);

    window.floor = (int16_t)set->floor;
    window.department = set->department;
    window.kind = set->kind;
    window.status = set->status;
    window.name_zh = set->name_zh;
    if (before == NULL)
        rows_add(turn, &reporting_window_table, &window);
    else
        *(struct hall_window_row *)rows_touch(turn, &reporting_window_table, before) = window;
    return OUTCOME_OK;
}

/* ---- the calendar. RULE L82: which years are published */

static void need_calendar(struct turn *turn, const struct heard *heard)
{
    (void)heard;
    year_days_want(turn);
}

static struct outcome hear_calendar(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Intake__CalendarPublished *published = heard->message;
    const struct year_days list = {published->year, published->days, published->n_days};
    const struct reporting *before = turn->memory;
    struct outcome outcome = year_days_check(&list, turn->arena);

    if (!is_ok(outcome))
        return outcome;
    struct reporting *now = ARENA_NEW(turn->arena, struct reporting);
    *now = *before;
    now->calendar = year_days_replace(turn, &before->calendar.hours, &list);
    turn_remember(turn, now);
    return OUTCOME_OK;
}

const struct hearing reporting_hears_intake[] = {
    {&onedoor__intake__case_received__descriptor, reporting_need_receipt, hear_received},
    {&onedoor__intake__case_accepted__descriptor, reporting_need_move, hear_accepted},
    {&onedoor__intake__correction_asked__descriptor, reporting_need_move, hear_correction},
    {&onedoor__intake__case_refused__descriptor, reporting_need_move, hear_refused},
    {&onedoor__intake__case_withdrawn__descriptor, reporting_need_move, hear_withdrawn},
    {&onedoor__intake__case_terminated__descriptor, reporting_need_move, hear_terminated},
    {&onedoor__intake__case_granted__descriptor, reporting_need_move, hear_granted},
    {&onedoor__intake__case_denied__descriptor, reporting_need_move, hear_denied},
    {&onedoor__intake__case_closed__descriptor, reporting_need_move, hear_closed},
    {&onedoor__intake__case_delivered__descriptor, reporting_need_move, hear_delivered},
    {&onedoor__intake__decision_taken_back__descriptor, reporting_need_move,
     hear_decision_taken_back},
    {&onedoor__intake__delivery_taken_back__descriptor, reporting_need_move,
     hear_delivery_taken_back},
    {&onedoor__intake__case_amended__descriptor, reporting_need, hear_amended},
    {&onedoor__intake__scan_kept__descriptor, reporting_need, hear_scan},
    {&onedoor__intake__paper_mended__descriptor, reporting_need, hear_mended},
    {&onedoor__approval__asked__descriptor, reporting_need, reporting_hear_asked},
    {&onedoor__approval__answered__descriptor, reporting_need, reporting_hear_answered},
    {&onedoor__intake__ticket_called__descriptor, visits_need_called, visits_hear_called},
    {&onedoor__intake__ticket_transferred__descriptor, visits_need_transferred,
     visits_hear_transferred},
    {&onedoor__intake__ticket_over__descriptor, visits_need_over, visits_hear_over},
    {&onedoor__intake__window_set__descriptor, need_windows, hear_window_set},
    {&onedoor__intake__calendar_published__descriptor, need_calendar, hear_calendar},
    {NULL, NULL, NULL},
};
