/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/routes.h"

#include <string.h>

#include "onedoor/approval.pb-c.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/gateway/api/json.h"
#include "services/gateway/people/accounts.h"
#include "services/gateway/people/enrol.h"
#include "services/gateway/people/hall.h"
#include "services/gateway/people/history.h"
#include "services/gateway/people/notices.h"
#include "services/gateway/people/sessions.h"
#include "services/gateway/people/tokens.h"

#define MESSAGE(service, name) &onedoor__##service##__##name##__descriptor
#define DONE                   &onedoor__done__descriptor
#define WAITING                MESSAGE(approval, waiting)
#define COMMAND(service, name) MESSAGE(service, name), MESSAGE(service, name##_reply), ASKED_COMMAND
#define QUERY(service, name)   MESSAGE(service, name), MESSAGE(service, name##_reply), ASKED_QUERY

/* clang-format off */
const struct api_route api_routes[] = {
    /* intake */
    {"POST", "/cases", COMMAND(intake, submit), PERMISSION_SUBMIT, OWN_NOTHING, NULL, "Take a case in; with `check`, check it in the same visit"},
    {"POST", "/cases/{caseNumber}/check", COMMAND(intake, check), PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Accept it, or ask once for everything that is missing"},
    {"POST", "/cases/{caseNumber}/supplement", MESSAGE(intake, supplement), MESSAGE(intake, check_reply), ASKED_COMMAND, PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Bring what was missing"},
    {"POST", "/cases/{caseNumber}/second-request", MESSAGE(intake, ask_again), WAITING, ASKED_COMMAND, PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Ask, for another person to agree, for what is missing a second time"},
    {"POST", "/cases/{caseNumber}/refusal", MESSAGE(intake, refuse), DONE, ASKED_COMMAND, PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Refuse to accept, with the ground"},
    {"POST", "/cases/{caseNumber}/finish", COMMAND(intake, finish), PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Finish an immediate item at the window"},
    {"POST", "/cases/{caseNumber}/withdrawal", MESSAGE(intake, withdraw), DONE, ASKED_COMMAND, PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "The applicant takes it back"},
    {"POST", "/cases/{caseNumber}/termination", MESSAGE(intake, terminate), DONE, ASKED_COMMAND, PERMISSION_TERMINATE, OWN_SERVICE, NULL, "End a case that cannot be decided any more"},
    {"POST", "/cases/{caseNumber}/delivery", MESSAGE(intake, deliver), DONE, ASKED_COMMAND, PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Hand over the result"},
    {"POST", "/cases/{caseNumber}/amendment", MESSAGE(intake, amend), DONE, ASKED_COMMAND, PERMISSION_WINDOW_WORK, OWN_SERVICE, NULL, "Put right how the applicant is written or reached, or what the fee counts"},
    {"POST", "/cases/{caseNumber}/taking-back", MESSAGE(intake, take_back), WAITING, ASKED_COMMAND, PERMISSION_TAKE_BACK, OWN_SERVICE, NULL, "Take back a decision or delivery pressed by mistake; a second person agrees"},
    {"POST", "/cases/{caseNumber}/applicant-views", COMMAND(intake, view_applicant), PERMISSION_SEE_APPLICANT, OWN_SERVICE, NULL, "Look at the applicant; every look is on record"},
    {"POST", "/cases/{caseNumber}/scans", COMMAND(intake, begin_scan), PERMISSION_ADD_SCAN, OWN_SERVICE, NULL, "Begin to send the file of a paper, or go on with it; the public shows a slip's code"},
    {"POST", "/cases/{caseNumber}/scans/{scan}/pieces", COMMAND(intake, add_piece), PERMISSION_ADD_SCAN, OWN_SERVICE, NULL, "Send the next piece of a file"},
    {"POST", "/cases/{caseNumber}/scans/{scan}/views", COMMAND(intake, view_scan), PERMISSION_SEE_SCAN, OWN_SERVICE, NULL, "Look at a scan; every look is on record"},
    {"GET", "/cases/{caseNumber}/scans/{scan}", QUERY(intake, get_piece), PERMISSION_SEE_SCAN, OWN_SERVICE, NULL, "A scan that one looks at, as a file or, with `piece`, one piece of it"},
    {"POST", "/applicants/recall", COMMAND(intake, recall_applicant), PERMISSION_WINDOW_WORK, OWN_NOTHING, NULL, "Know an applicant who has been here before; every look is on record"},
    {"POST", "/case-searches", COMMAND(intake, search_cases), PERMISSION_SEE_APPLICANT, OWN_NOTHING, NULL, "Search for cases by document, name or phone; every search is on record"},
    {"GET", "/case-searches/{search}", QUERY(intake, get_search), PERMISSION_SEE_APPLICANT, OWN_NOTHING, NULL, "The cases that the search finds"},
    {"POST", "/tickets", COMMAND(intake, take_ticket), PERMISSION_TAKE_TICKET, OWN_NOTHING, NULL, "Take a ticket, for an item or for a window"},
    {"POST", "/tickets/by-code", QUERY(intake, get_ticket), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "How a ticket stands, for whoever holds it"},
    {"POST", "/tickets/leaving", MESSAGE(intake, leave_queue), DONE, ASKED_COMMAND, PERMISSION_TAKE_TICKET, OWN_NOTHING, NULL, "Give a ticket up, by its code"},
    {"GET", "/tickets/waiting", QUERY(intake, list_waiting), PERMISSION_CALL_TICKETS, OWN_NOTHING, NULL, "Who is at the caller's window, who waits for it, who was passed over"},
    {"POST", "/tickets/next", COMMAND(intake, call_next), PERMISSION_CALL_TICKETS, OWN_NOTHING, NULL, "Call the next ticket to the caller's window; the one before it is served"},
    {"POST", "/tickets/{number}/call", COMMAND(intake, call_again), PERMISSION_CALL_TICKETS, OWN_NOTHING, NULL, "Call a ticket once more, or one that was passed over"},
    {"POST", "/tickets/{number}/passing", MESSAGE(intake, pass_over), DONE, ASKED_COMMAND, PERMISSION_CALL_TICKETS, OWN_NOTHING, NULL, "Pass over a ticket with which nobody came"},
    {"POST", "/tickets/{number}/finish", MESSAGE(intake, finish_ticket), DONE, ASKED_COMMAND, PERMISSION_CALL_TICKETS, OWN_NOTHING, NULL, "The ticket is served"},
    {"POST", "/tickets/{number}/transfer", MESSAGE(intake, transfer_ticket), DONE, ASKED_COMMAND, PERMISSION_CALL_TICKETS, OWN_NOTHING, NULL, "Send a ticket on to another queue or window, where it waits with its number"},
    {"GET", "/calls", QUERY(intake, get_calls), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "What the displays show of tickets: who is called, and how many wait"},
    {"POST", "/questions", COMMAND(intake, take_question), PERMISSION_ANSWER_QUESTIONS, OWN_NOTHING, NULL, "Put a question on record with its answer, the window that the asker was led to, or the department that is to answer"},
    {"GET", "/questions", QUERY(intake, list_questions), PERMISSION_ANSWER_QUESTIONS, OWN_NOTHING, NULL, "Questions that wait for an answer, by their day; with `past` the latest of all"},
    {"GET", "/questions/{number}", QUERY(intake, get_question), PERMISSION_ANSWER_QUESTIONS, OWN_NOTHING, NULL, "One question, for whoever comes back with its number"},
    {"GET", "/answers", QUERY(intake, find_answers), PERMISSION_ANSWER_QUESTIONS, OWN_NOTHING, NULL, "Answers given before"},
    {"POST", "/questions/{number}/answer", MESSAGE(intake, answer_question), DONE, ASKED_COMMAND, PERMISSION_ANSWER_QUESTIONS, OWN_SERVICE, NULL, "Answer a question that was sent on"},
    {"POST", "/questions/{number}/sending-on", MESSAGE(intake, send_question_on), DONE, ASKED_COMMAND, PERMISSION_ANSWER_QUESTIONS, OWN_SERVICE, NULL, "Send a question on to another department; its day does not move"},
    {"POST", "/questions/{number}/giving-up", MESSAGE(intake, give_question_up), DONE, ASKED_COMMAND, PERMISSION_ANSWER_QUESTIONS, OWN_SERVICE, NULL, "Nobody waits for the answer any more"},
    {"POST", "/applicants/looks", COMMAND(intake, ask_looks), PERMISSION_WINDOW_WORK, OWN_NOTHING, NULL, "The person concerned asks, with his document, who looked at his data; it is on record"},
    {"GET", "/applicants/looks/{search}", QUERY(intake, get_looks), PERMISSION_WINDOW_WORK, OWN_NOTHING, NULL, "Who looked at or searched for his data"},
    {"PUT", "/items/{item}", COMMAND(intake, publish_item), PERMISSION_PUBLISH, OWN_NOTHING, NULL, "An item enters the hall, changes, is suspended or leaves it, by a decision: a new version"},
    {"GET", "/items", QUERY(intake, list_items), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "The catalogue, by department and search"},
    {"GET", "/items/{item}/guide", QUERY(intake, get_guide), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "What an applicant must know and bring"},
    {"GET", "/items/{item}/versions", QUERY(intake, list_item_versions), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "An item through the years, the latest version first"},
    {"GET", "/departments", QUERY(intake, list_departments), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "The departments of the hall"},
    {"PUT", "/departments/{department}", MESSAGE(intake, set_department), DONE, ASKED_COMMAND, PERMISSION_PUBLISH, OWN_NOTHING, NULL, "A department enters the hall, changes or leaves it, by a decision"},
    {"GET", "/calendar", QUERY(intake, get_calendar), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "Holidays and make-up working days of a year"},
    {"PUT", "/calendar/{year}", MESSAGE(intake, publish_calendar), DONE, ASKED_COMMAND, PERMISSION_PUBLISH, OWN_NOTHING, NULL, "Publish a year's whole list; deadlines are derived anew"},
    {"POST", "/calendar/correction", MESSAGE(intake, correct_day), DONE, ASKED_COMMAND, PERMISSION_PUBLISH, OWN_NOTHING, NULL, "Enter an unforeseen closure of today, or correct a past day; what ran on it is counted again"},
    {"GET", "/retention", QUERY(intake, get_retention), PERMISSION_SEE_RETENTION, OWN_NOTHING, NULL, "How long what is known of applicants is kept, what was erased, and what comes next"},
    {"GET", "/windows", QUERY(intake, list_windows), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "The windows of the hall"},
    {"PUT", "/windows/{window}", MESSAGE(intake, set_window), DONE, ASKED_COMMAND, PERMISSION_PUBLISH, OWN_NOTHING, NULL, "Set up a window, or change it"},
    {"GET", "/windows/{window}/cases", QUERY(intake, list_window_cases), PERMISSION_PUBLISH, OWN_NOTHING, NULL, "The open cases that were taken in at a window"},
    {"POST", "/cases/{caseNumber}/prints", COMMAND(intake, print_slip), PERMISSION_PRINT_SLIP, OWN_SERVICE, NULL, "Put a slip on paper; every print is on record, and a reprint repeats the first"},
    {"GET", "/cases/{caseNumber}/materials", QUERY(intake, get_materials), PERMISSION_SEE_CASES, OWN_CASE, NULL, "What was asked of the applicant and what he handed in"},
    {"GET", "/cases/{caseNumber}/progress", QUERY(intake, get_progress), PERMISSION_SEE_CASES, OWN_CASE, NULL, "Progress and result, without personal data"},
    {"POST", "/progress", MESSAGE(intake, ask_progress), MESSAGE(intake, get_progress_reply), ASKED_QUERY, PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "Progress and result, for whoever knows the last four characters of the applicant's document"},
    {"POST", "/progress/by-code", MESSAGE(intake, ask_progress_by_code), MESSAGE(intake, get_progress_reply), ASKED_QUERY, PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "Progress and result, for whoever holds a slip of the case"},
    {"GET", "/figures/cases", QUERY(intake, count_cases), PERMISSION_SEE_FIGURES, OWN_NOTHING, NULL, "Cases by state"},
    /* routing */
    {"POST", "/cases/{caseNumber}/decision", COMMAND(routing, decide), PERMISSION_DECIDE, OWN_SERVICE, NULL, "A department's decision on its task"},
    {"POST", "/cases/{caseNumber}/take", MESSAGE(routing, take_task), DONE, ASKED_COMMAND, PERMISSION_DECIDE, OWN_SERVICE, NULL, "Take the department's open task upon oneself, also from a colleague"},
    {"POST", "/cases/{caseNumber}/return", MESSAGE(routing, return_branch), DONE, ASKED_COMMAND, PERMISSION_LEAD, OWN_SERVICE, NULL, "Send a decided branch back"},
    {"POST", "/cases/{caseNumber}/pause", MESSAGE(routing, pause), DONE, ASKED_COMMAND, PERMISSION_LEAD, OWN_SERVICE, NULL, "Begin a special procedure: the clock stops"},
    {"POST", "/cases/{caseNumber}/resumption", MESSAGE(routing, resume), DONE, ASKED_COMMAND, PERMISSION_LEAD, OWN_SERVICE, NULL, "End a special procedure"},
    {"POST", "/cases/{caseNumber}/extension", MESSAGE(routing, extend), WAITING, ASKED_COMMAND, PERMISSION_LEAD, OWN_SERVICE, NULL, "Extend the deadline, once; the head of the department or of the government agrees"},
    {"GET", "/tasks", QUERY(routing, list_tasks), PERMISSION_SEE_CASES, OWN_DEPARTMENT, NULL, "A department's open tasks, the most urgent first"},
    {"GET", "/cases/{caseNumber}/flow", QUERY(routing, get_flow), PERMISSION_SEE_CASES, OWN_CASE, NULL, "Stages, tasks and clocks of a case"},
    {"GET", "/calendar/correction", QUERY(routing, preview_correction), PERMISSION_PUBLISH, OWN_NOTHING, NULL, "What an unforeseen closure of today or the correction of a past day would change: a page of cases"},
    {"GET", "/items/{item}/flow", QUERY(routing, get_item_flow), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "The published flow of an item"},
    {"GET", "/cases/{caseNumber}/deadline", QUERY(routing, explain_deadline), PERMISSION_SEE_CASES, OWN_SERVICE, NULL, "Why the deadline is the day it is, day by day"},
    {"GET", "/figures/flows", QUERY(routing, count_flows), PERMISSION_SEE_FIGURES, OWN_NOTHING, NULL, "Flows by state"},
    /* charging */
    {"POST", "/cases/{caseNumber}/payment", COMMAND(charging, pay), PERMISSION_TAKE_PAYMENT, OWN_SERVICE, NULL, "Take payment of the whole bill"},
    {"POST", "/cases/{caseNumber}/waiver", MESSAGE(charging, waive), WAITING, ASKED_COMMAND, PERMISSION_CORRECT_PAYMENT, OWN_SERVICE, NULL, "Waive a line, on a legal basis; a second person agrees"},
    {"POST", "/cases/{caseNumber}/refund", MESSAGE(charging, refund), WAITING, ASKED_COMMAND, PERMISSION_CORRECT_PAYMENT, OWN_SERVICE, NULL, "Give back what was paid on a line; a second person agrees"},
    {"POST", "/quotes", QUERY(charging, quote), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "What it would cost"},
    {"GET", "/cases/{caseNumber}/bill", QUERY(charging, get_order), PERMISSION_SEE_BILL, OWN_CASE, NULL, "The bill of a case, lines by department"},
    {"GET", "/orders/due", QUERY(charging, list_due), PERMISSION_SEE_TAKINGS, OWN_NOTHING, NULL, "Bills that are due, the longest waiting first"},
    {"GET", "/orders/to-refund", QUERY(charging, list_to_refund), PERMISSION_SEE_TAKINGS, OWN_NOTHING, NULL, "Paid bills of cases that ended without a grant: what they hold is to be given back"},
    {"GET", "/fees", QUERY(charging, get_fees), PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "The published fee standards"},
    {"GET", "/takings", QUERY(charging, get_takings), PERMISSION_SEE_TAKINGS, OWN_NOTHING, NULL, "What was taken, by department, method and cashier"},
    /* approvals: RULE H22, of each service that has them */
    {"GET", "/approvals/{service}", QUERY(approval, list), PERMISSION_AGREE, OWN_NOTHING, NULL, "What was asked and what a second person said; with `waiting`, what waits"},
    {"POST", "/approvals/{service}/{caseNumber}/{no}", COMMAND(approval, answer), PERMISSION_AGREE, OWN_SERVICE, NULL, "Agree to what another person asked, or refuse it"},
    {"POST", "/approvals/{service}/{caseNumber}/{no}/dismissal", MESSAGE(approval, dismiss), DONE, ASKED_COMMAND, PERMISSION_AGREE, OWN_SERVICE, NULL, "Dismiss the answer to what one asked: it leaves one's list"},
    /* supervision */
    {"POST", "/cases/{caseNumber}/press", MESSAGE(supervision, press), DONE, ASKED_COMMAND, PERMISSION_PRESS, OWN_SERVICE, NULL, "Press a department that is late"},
    {"POST", "/cases/{caseNumber}/card-answer", MESSAGE(supervision, answer_card), DONE, ASKED_COMMAND, PERMISSION_ANSWER_CARD, OWN_SERVICE, NULL, "Answer a card"},
    {"GET", "/due", QUERY(supervision, list_due), PERMISSION_SEE_CASES, OWN_DEPARTMENT, NULL, "What is late or nearly so"},
    {"GET", "/cards", QUERY(supervision, list_cards), PERMISSION_SEE_CASES, OWN_DEPARTMENT, NULL, "Yellow and red cards"},
    /* reporting */
    {"GET", "/cases", QUERY(reporting, search), PERMISSION_SEE_CASES, OWN_DEPARTMENT, NULL, "Search cases, also those behind a figure; paged by `after`"},
    {"GET", "/cases/{caseNumber}", QUERY(reporting, get_dossier), PERMISSION_SEE_CASES, OWN_CASE, NULL, "Dossier and timeline of a case"},
    {"GET", "/items/usual", MESSAGE(reporting, list_usual), MESSAGE(reporting, list_usual_reply), ASKED_QUERY, PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "The items that most cases were of lately"},
    {"GET", "/board", MESSAGE(reporting, board), MESSAGE(reporting, board_reply), ASKED_QUERY, PERMISSION_SEE_PUBLISHED, OWN_NOTHING, NULL, "What the displays show: what came today, and who may pay or fetch"},
    {"GET", "/figures/overview", QUERY(reporting, overview), PERMISSION_SEE_FIGURES, OWN_NOTHING, NULL, "The hall at a glance"},
    {"GET", "/figures/rollup", QUERY(reporting, rollup), PERMISSION_SEE_FIGURES, OWN_DEPARTMENT, NULL, "Figures by day, item, department, window or month"},
    {"GET", "/figures/visits", QUERY(reporting, visits), PERMISSION_SEE_FIGURES, OWN_DEPARTMENT, NULL, "How long visitors with a ticket waited and were at a window, by day, item, queue, window or hour"},
    {"GET", "/visits", QUERY(reporting, list_visits), PERMISSION_SEE_FIGURES, OWN_DEPARTMENT, NULL, "The visits behind such a line, the longest wait first"},
    /* people */
    {"POST", "/session", MESSAGE(gateway, sign_in), MESSAGE(gateway, session), ASKED_PASSWORD, PERMISSION_SIGN_IN, OWN_NOTHING, session_sign_in, "Sign in; the answer sets the session's cookie"},
    {"GET", "/session", MESSAGE(gateway, get_session), MESSAGE(gateway, session), ASKED_PEOPLE, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, session_get, "Who is signed in, and the CSRF token"},
    {"DELETE", "/session", MESSAGE(gateway, sign_out), DONE, ASKED_PEOPLE, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, session_sign_out, "Sign out"},
    {"GET", "/sessions", MESSAGE(gateway, list_sessions), MESSAGE(gateway, list_sessions_reply), ASKED_PEOPLE, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, session_list, "Where one is signed in"},
    {"DELETE", "/sessions/{session}", MESSAGE(gateway, end_session), DONE, ASKED_PEOPLE, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, session_end, "End one of one's own sessions"},
    {"POST", "/session/password", MESSAGE(gateway, change_password), MESSAGE(gateway, session), ASKED_PASSWORD, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, session_change_password, "Change one's password; all other sessions end"},
    {"POST", "/session/second-factor", MESSAGE(gateway, begin_second_factor), MESSAGE(gateway, begin_second_factor_reply), ASKED_PASSWORD, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, enrol_begin, "Get a secret for an authenticator"},
    {"POST", "/session/second-factor/confirmation", MESSAGE(gateway, confirm_second_factor), MESSAGE(gateway, confirm_second_factor_reply), ASKED_PEOPLE, PERMISSION_OWN_ACCOUNT, OWN_NOTHING, enrol_confirm, "Show that the authenticator has it: signing in needs its codes from now on"},
    {"GET", "/people", MESSAGE(gateway, list_people), MESSAGE(gateway, list_people_reply), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, account_list, "People of the hall"},
    {"GET", "/names", MESSAGE(gateway, list_names), MESSAGE(gateway, list_names_reply), ASKED_PEOPLE, PERMISSION_SEE_CASES, OWN_NOTHING, account_names, "Who stands behind the accounts that cases name"},
    {"POST", "/people", MESSAGE(gateway, add_person), MESSAGE(gateway, add_person_reply), ASKED_PASSWORD, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, account_add, "Add a person; the one-time password is shown this once"},
    {"PUT", "/people/{name}", MESSAGE(gateway, change_person), MESSAGE(gateway, person), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, account_change, "Change a person; all his sessions end"},
    {"POST", "/people/{assignee}/release", COMMAND(routing, release_tasks), PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, NULL, "Release the open tasks of a person; done by itself when his account is closed"},
    {"POST", "/people/{name}/password-reset", MESSAGE(gateway, reset_password), MESSAGE(gateway, reset_password_reply), ASKED_PASSWORD, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, account_reset_password, "Give a new one-time password; earlier failures no longer count"},
    {"DELETE", "/people/{name}/second-factor", MESSAGE(gateway, take_away_second_factor), DONE, ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, enrol_take_away, "Take away the second factor of somebody who lost it; all his sessions end"},
    {"GET", "/sign-ins", MESSAGE(gateway, list_sign_ins), MESSAGE(gateway, list_sign_ins_reply), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, history_sign_ins, "Sign-in history, the latest first"},
    {"GET", "/denials", MESSAGE(gateway, list_denials), MESSAGE(gateway, list_denials_reply), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, history_denials, "What was refused to whom, counted by day, the latest first"},
    {"GET", "/right-changes", MESSAGE(gateway, list_right_changes), MESSAGE(gateway, list_right_changes_reply), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, history_right_changes, "Changes of rights, of passwords and tokens, the latest first"},
    {"GET", "/tokens", MESSAGE(gateway, list_tokens), MESSAGE(gateway, list_tokens_reply), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, token_list, "Tokens of machines"},
    {"POST", "/tokens", MESSAGE(gateway, add_token), MESSAGE(gateway, add_token_reply), ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, token_add, "Make a token; its secret is shown this once"},
    {"DELETE", "/tokens/{name}", MESSAGE(gateway, revoke_token), DONE, ASKED_PEOPLE, PERMISSION_MANAGE_PEOPLE, OWN_NOTHING, token_revoke, "Revoke a token"},
    /* the hall */
    {"GET", "/hall", MESSAGE(gateway, get_hall), MESSAGE(gateway, hall), ASKED_PEOPLE, PERMISSION_SEE_PUBLISHED, OWN_NOTHING, hall_get, "The hall's name, what kind it is, and its time"},
    {"GET", "/notices", MESSAGE(gateway, list_notices), MESSAGE(gateway, list_notices_reply), ASKED_PEOPLE, PERMISSION_SEE_PUBLISHED, OWN_NOTHING, notice_list, "What the hall says to everybody now"},
    {"POST", "/notices", MESSAGE(gateway, add_notice), MESSAGE(gateway, notice), ASKED_PEOPLE, PERMISSION_PUBLISH, OWN_NOTHING, notice_add, "Publish a notice for the displays"},
    {"DELETE", "/notices/{notice}", MESSAGE(gateway, remove_notice), DONE, ASKED_PEOPLE, PERMISSION_PUBLISH, OWN_NOTHING, notice_remove, "Take a notice down"},
    /* the gateway itself */
    {"GET", "/events", NULL, NULL, ASKED_EVENTS, PERMISSION_FOLLOW, OWN_NOTHING, NULL, "Live events (Server-Sent Events), resumable by Last-Event-ID"},
    {"GET", "/openapi.json", NULL, NULL, ASKED_OPENAPI, PERMISSION_SIGN_IN, OWN_NOTHING, NULL, "This document"},
    {NULL, NULL, NULL, NULL, 0, 0, 0, NULL, NULL},
};
/* clang-format on */

/* The segments of a path that stand for fields, in place: nothing is copied before a route fits. */
struct fields {
    int n;
    const char *words[PATH_FIELDS_MAX], *values[PATH_FIELDS_MAX];
    size_t word_lengths[PATH_FIELDS_MAX], value_lengths[PATH_FIELDS_MAX];
};

/* Letter by letter: most routes differ in one of the first. */
static bool fits(const struct api_route *route, const char *path, struct fields *fields)
{
    fields->n = 0;
    for (const char *pattern = route->path; *pattern != '\0';) {
        if (*pattern != '{') {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        size_t word_length = strcspn(pattern, "}") - 1, value_length = strcspn(path, "/");
        if (value_length == 0 || value_length >= PATH_VALUE_SIZE || fields->n == PATH_FIELDS_MAX)
            return false;
        fields->words[fields->n] = pattern + 1;
        fields->word_lengths[fields->n] = word_length;
        fields->values[fields->n] = path;
        fields->value_lengths[fields->n++] = value_length;
        pattern += word_length + 2;
        path += value_length;
    }
    return *path == '\0';
}

static void keep_fields(const struct fields *fields, struct path_match *match)
{
    match->n = fields->n;
    for (int i = 0; i < fields->n; i++) {
        memcpy(match->names[i], fields->words[i], fields->word_lengths[i]);
        memcpy(match->values[i], fields->values[i], fields->value_lengths[i]);
    }
}

void route_match(const char *method, const char *path, struct path_match *match)
{
    struct fields fields;
    *match = (struct path_match){0};
    if (strncmp(path, API_ROOT "/", sizeof API_ROOT) != 0)
        return;
    path += sizeof API_ROOT - 1;
    int least = PATH_FIELDS_MAX;
    for (const struct api_route *route = api_routes; route->method != NULL; route++) {
        if (!fits(route, path, &fields) || fields.n > least)
            continue;
        if (fields.n < least)
            *match = (struct path_match){0};
        least = fields.n;
        if (match->n_methods < (int)(sizeof match->methods / sizeof match->methods[0]))
            match->methods[match->n_methods++] = route->method;
        if (strcmp(route->method, method) == 0) {
            match->route = route;
            keep_fields(&fields, match);
        }
    }
}

const char *route_allow(const struct path_match *match, struct arena *arena)
{
    const char *allow = match->n_methods > 0 ? match->methods[0] : NULL;
    for (int i = 1; i < match->n_methods; i++)
        allow = arena_printf(arena, "%s, %s", allow, match->methods[i]);
    return allow;
}

bool route_in_path(const struct api_route *route, const char *name)
{
    size_t length = strlen(name);
    for (const char *brace = strchr(route->path, '{'); brace != NULL;
         brace = strchr(brace + 1, '{'))
        if (strncmp(brace + 1, name, length) == 0 && brace[1 + length] == '}')
            return true;
    return false;
}

bool route_has_body(const struct api_route *route)
{
    return route->request != NULL &&
           (strcmp(route->method, "POST") == 0 || strcmp(route->method, "PUT") == 0);
}

bool route_is_unsafe(const struct api_route *route)
{
    return strcmp(route->method, "GET") != 0;
}

bool route_takes_key(const struct api_route *route)
{
    bool own =
        route->permission == PERMISSION_SIGN_IN || route->permission == PERMISSION_OWN_ACCOUNT;
    return route->asked == ASKED_COMMAND ||
           (route->handler != NULL && route_is_unsafe(route) && !own);
}
