/* SPDX-License-Identifier: Apache-2.0 */
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/intake.h"

#include "common/base/panic.h"
#include "common/rows/approval.h"
#include "services/intake/cases.h"
#include "services/intake/catalogue.h"
#include "services/intake/commands.h"
#include "services/intake/erase.h"
#include "services/intake/ticket.h"

static const struct setting intake_settings[] = {
    {"correction_days", SETTING_NUMBER, "15", 1, 365,
     "Working days an applicant is given to bring what was missing, before the case may be refused "
     "for it."},
    {"erase_years", SETTING_NUMBER, "30", 1, 200,
     "Years after a case is over until what is known of its applicant is erased."},
    {"take_back_days", SETTING_NUMBER, "1", 1, 10,
     "Working days after the day of a decision or delivery within which two persons may take it "
     "back as a mistake."},
    {"question_days", SETTING_NUMBER, "5", 1, 60,
     "Working days within which a question that was sent on to a department is to be answered."},
    {"scan_mib", SETTING_NUMBER, "50", 1, 500, "Size of a scan at most, in MiB."},
    {"scans_case_mib", SETTING_NUMBER, "200", 1, 5000,
     "Size of all scans of a case at most, in MiB."},
    {"scans_day_gib", SETTING_NUMBER, "20", 1, 10000,
     "Size of all scans that begin in one day at most, in GiB."},
    {"tickets_priority_first", SETTING_BOOL, "yes", 0, 0,
     "Whether the old, the disabled and those with infants are called before the others."},
    {"tickets_fast_lane_first", SETTING_BOOL, "yes", 0, 0,
     "Whether tickets of the fast lane are called before the rest."},
    {"tickets_favoured", SETTING_NUMBER, "2", 0, 9,
     "Calls in a row in which a window may put such tickets before lower numbers."},
    {"tickets_back_after", SETTING_NUMBER, "3", 0, 99,
     "Calls of others after which a ticket that was passed over is called again."},
    {"tickets_passed_over", SETTING_NUMBER, "2", 1, 9,
     "How often a ticket is passed over until it is void."},
    {"tickets_queue_most", SETTING_NUMBER, "500", 1, 5000,
     "Most tickets that wait in one queue; further ones are refused."},
    {"tickets_day_most", SETTING_NUMBER, "5000", 1, 5000,
     "Most tickets that one queue gives out in a day."},
    {"tickets_in_hours", SETTING_BOOL, "yes", 0, 0,
     "Whether tickets are given out only while the hall is open."},
    {"ticket_min", SETTING_NUMBER, "10", 1, 240,
     "Minutes that a visitor takes, for the forecast while nobody was served today."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

/* ---- work that comes due */

enum { DUE_AT_ONCE = 256 };

/* RULE L32.4: a case that the hall has not answered in five working days counts as accepted. The
 * stored instant is only an index: a changed calendar may have moved the deadline ahead again. */
static void accept_unanswered(struct turn *turn, struct case_row *row)
{
    int64_t due_ms = intake_answer_due(turn->memory, row->received_ms);
    if (due_ms > turn->now_ms) {
        rows_touch(turn, &intake_case_table, row);
        row->answer_due_ms = due_ms;
        turn_wake(turn, due_ms);
        return;
    }
    must(is_ok(
        intake_move_case(turn, row, &(struct trigger){.on = ON_SILENCE, .at_ms = turn->now_ms})));
}

static void intake_tick_need(struct turn *turn)
{
    rows_want_due(turn, &intake_case_table, DUE_AT_ONCE);
    ticket_want_ended(turn);
    intake_need_drop_scans(turn);
    intake_need_erase(turn);
    approval_tick_need(turn);
}

static bool intake_tick_need_more(struct turn *turn)
{
    bool erases = intake_need_erase_more(turn);
    return intake_need_pieces(turn) || erases;
}

static void intake_tick(struct turn *turn)
{
    struct case_row *row;
    for (size_t place = 0; (row = rows_each(turn, &intake_case_table, &place)) != NULL;)
        if (row->answer_due_ms != 0 && row->answer_due_ms <= turn->now_ms)
            accept_unanswered(turn, row);
    ticket_end_days(turn);
    intake_drop_scans(turn);
    intake_erase(turn);
    approval_tick(turn);
}

static const ProtobufCMessageDescriptor *const heavy[] = {
    &onedoor__intake__count_cases__descriptor, &onedoor__intake__list_window_cases__descriptor,
    &onedoor__intake__get_retention__descriptor, NULL};

const struct service intake_service = {
    .name = "intake",
    .settings = intake_settings,
    .tables = intake_tables,
    .routes = intake_routes,
    .seconded = intake_seconded,
    .personal = intake_personal,
    .queries = intake_queries,
    .heavy = heavy,
    .checks = intake_checks,
    .follows = intake_follows,
    .need_more = intake_need_amend_more,
    .open = intake_catalogue_open,
    .tick_need = intake_tick_need,
    .tick_need_more = intake_tick_need_more,
    .tick = intake_tick,
    .walks = intake_walks,
};
