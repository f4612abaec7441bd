/* SPDX-License-Identifier: Apache-2.0 */
/* windows.c: RULE H1: the windows of the hall, set up and changed as departments come and go. What
 * is set holds from the next batch on, when the catalogue has been read again. */
#include <string.h>

#include "common/values/case_number.h"
#include "common/wire/revision.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/commands.h"
#include "services/intake/moves.h"
#include "services/intake/say.h"
#include "services/intake/ticket.h"

static struct window_row probe_of(const struct turn *turn, const Onedoor__Intake__SetWindow *set)
{
    return (struct window_row){.centre = turn->centre, .number = (int16_t)set->window};
}

void intake_need_set_window(struct turn *turn, const struct call *call)
{
    const struct window_row probe = probe_of(turn, call->message);
    rows_want(turn, &intake_window_table, &probe);
    rows_want_owned(turn, &intake_case_table,
                    &(struct case_row){.centre = turn->centre, .window = probe.number});
    const char *queue = ticket_queue_of(turn->memory, probe.number);
    if (queue != NULL)
        ticket_want_queue(turn, queue);
}

/* As it is said. Else a desk of the hall itself stays what it is, whoever has it meanwhile, and any
 * other window is its department's, or without one gives advice. */
static const char *kind_of(const struct window_row *before, const Onedoor__Intake__SetWindow *set)
{
    static const char *const own[] = {"charging", "complaint", "office"};
    const char *department = set->department;
    if (set->kind[0] != '\0')
        return set->kind;
    for (size_t i = 0; before != NULL && i < sizeof own / sizeof own[0]; i++)
        if (strcmp(before->kind, own[i]) == 0)
            return own[i];
    return department[0] != '\0' ? "department" : "consultation";
}

/* RULE H19: an event for the services that keep the hall's windows. */
static void say_set(struct turn *turn, const struct window_row *window)
{
    Onedoor__Intake__WindowSet set = ONEDOOR__INTAKE__WINDOW_SET__INIT;
    set.window = window->number;
    set.department = (char *)window->department;
    set.kind = (char *)window->kind;
    set.name_zh = (char *)window->name_zh;
    set.name_en = (char *)window->name_en;
    set.open = strcmp(window->status, "open") == 0;
    set.status = (char *)window->status;
    set.floor = window->floor;
    turn_say(turn, 0, &set.base);
}

/* ---- the cases that were taken in there */

static bool is_open(int16_t state)
{
    static const unsigned open = FROM(CASE_RECEIVED) | FROM(CASE_CORRECTION) | FROM(CASE_ACCEPTED) |
                                 FROM(CASE_IN_APPROVAL) | FROM(CASE_SUSPENDED) |
                                 FROM(CASE_PAYMENT_DUE);
    return (open >> state & 1) != 0;
}

/* How many; `which` becomes the numbers of some of them. */
static int32_t count_open(struct turn *turn, int16_t window, const char **which)
{
    enum { NAMED = 5 };
    char text[CASE_NUMBER_TEXT_SIZE];
    const struct case_row *row;
    int32_t n = 0;
    *which = "";
    for (size_t place = 0; (row = rows_each(turn, &intake_case_table, &place)) != NULL;) {
        if (row->window != window || !is_open(row->state))
            continue;
        if (n++ < NAMED)
            *which = arena_printf(turn->arena, "%s%s%s", *which, n == 1 ? "" : ", ",
                                  case_number_format(row->number, text));
    }
    return n;
}

/* It is closed, or given to another department. */
static bool leaves(const struct window_row *before, const Onedoor__Intake__SetWindow *set)
{
    return before != NULL &&
           (strcmp(before->department, set->department) != 0 ||
            (strcmp(before->status, "closed") != 0 && !set->open && !set->vacant));
}

/* Who was called there is told where to go by whoever called him. */
static struct outcome check_called(struct turn *turn, const struct window_row *window)
{
    const char *queue = ticket_queue_of(turn->memory, window->number);
    const struct ticket_row *here = queue == NULL ? NULL : ticket_at(turn, queue, window->number);
    if (here == NULL)
        return OUTCOME_OK;
    return refuse(ONEDOOR__REASON__WINDOW_IN_USE,
                  arena_printf(turn->arena,
                               "number %d is at the window: finish it, pass it over or transfer it",
                               (int)here->number));
}

static void free_window(struct turn *turn, int16_t window)
{
    const char *queue = ticket_queue_of(turn->memory, window);
    if (queue != NULL)
        ticket_free_window(turn, queue, window);
}

/* Their slips lead their applicants there. */
static struct outcome check_cases(struct turn *turn, const Onedoor__Intake__SetWindow *set,
                                  const struct window_row *window)
{
    const char *which;
    int32_t n = count_open(turn, window->number, &which);
    if (n == 0 || n == set->open_cases)
        return OUTCOME_OK;
    return refuse(
        ONEDOOR__REASON__WINDOW_IN_USE,
        arena_printf(turn->arena, "%d open cases were taken in there, such as %s", n, which));
}

struct outcome intake_set_window(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__SetWindow *set = call->message;
    struct window_row window = probe_of(turn, set);
    struct window_row *before = rows_find(turn, &intake_window_table, &window);
    if (set->department[0] != '\0' && intake_department(turn->memory, set->department) == NULL)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "department",
                       "the hall has no such department");
    struct outcome outcome = revision_check(
        set, before == NULL ? REVISION_NONE : intake_window_message(before, turn->arena)->revision);
    if (is_ok(outcome) && leaves(before, set))
        outcome = check_called(turn, before);
    if (is_ok(outcome) && leaves(before, set))
        outcome = check_cases(turn, set, before);
    if (!is_ok(outcome))
        return outcome;
    if (leaves(before, set))
        free_window(turn, window.number);
    window.department = set->department;
    window.kind = kind_of(before, set);
    window.status = set->open ? "open" : set->vacant ? "vacant" : "closed";
    window.name_zh = set->name_zh;
    window.name_en = set->name_en;
    window.floor = (int16_t)set->floor;
    window.source = (int16_t)set->source;
    window.telephone = set->telephone[0] == '\0' ? NULL : set->telephone;
    if (before == NULL)
        rows_add(turn, &intake_window_table, &window);
    else
        *(struct window_row *)rows_touch(turn, &intake_window_table, before) = window;
    say_set(turn, &window);
    return OUTCOME_OK;
}
