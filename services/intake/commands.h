/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h: the commands of intake, a file a subject (commands.c puts all of them in one table),
 * and what they share. */
#ifndef INTAKE_COMMANDS_H
#define INTAKE_COMMANDS_H

#include "common/rows/walk.h"
#include "common/rows/year_days.h"
#include "onedoor/envelope.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/catalogue.h"

/* submit.c: a case is taken in. */
void intake_need_submit(struct turn *, const struct call *);
struct outcome intake_submit(struct turn *, struct call *);

/* RULE H8: the facts of the case are all that its bill will be made of. */
struct outcome intake_check_facts(struct turn *, const char *item, Onedoor__FeeFact *const *,
                                  size_t n);

/* admit.c: checks who applies against the item and the documents shown; fills in the person as he
 * is kept. */
struct outcome intake_admit(struct turn *, const struct call *, const struct item_row *,
                            Onedoor__Intake__Applicant *);

/* publish.c: an item enters, changes or leaves. */
void intake_need_publish_item(struct turn *, const struct call *);
struct outcome intake_publish_item(struct turn *, struct call *);

/* departments.c: a department enters, changes or leaves. */
void intake_need_set_department(struct turn *, const struct call *);
struct outcome intake_set_department(struct turn *, struct call *);

/* commands.c: all that is done to a case once it is there. */
void intake_need_case(struct turn *, const struct call *);
struct outcome intake_check(struct turn *, struct call *);
struct outcome intake_supplement(struct turn *, struct call *);
struct outcome intake_refuse(struct turn *, struct call *);
struct outcome intake_finish(struct turn *, struct call *);
struct outcome intake_withdraw(struct turn *, struct call *);
struct outcome intake_terminate(struct turn *, struct call *);

/* amend.c: what a case says of its applicant or of what its fee counts is put right. */
bool intake_need_amend_more(struct turn *, const struct call *);
void intake_need_amend(struct turn *, const struct call *);
struct outcome intake_amend(struct turn *, struct call *);

/* ask_again.c: what is missing is asked for a second time, by two persons. */
void intake_need_ask_again(struct turn *, const struct call *);
struct outcome intake_ask_again(struct turn *, struct call *);

/* take_back.c: a decision or a delivery that was pressed by mistake. */
struct outcome intake_take_back(struct turn *, struct call *);

/* deliver.c: the result is handed over, posted or sent. */
void intake_need_deliver(struct turn *, const struct call *);
struct outcome intake_deliver(struct turn *, struct call *);

/* scans.c: the files of a case's papers come in, piece by piece. */
void intake_need_scan(struct turn *, const struct call *);
struct outcome intake_begin_scan(struct turn *, struct call *);
struct outcome intake_add_piece(struct turn *, struct call *);
/* scan_drop.c: those that nobody finished, or whose case is erased, go a few pieces a turn. */
void intake_need_drop_scans(struct turn *);
bool intake_need_pieces(struct turn *);
void intake_drop_scans(struct turn *);
void intake_erase_scans(struct turn *, int64_t number);
/* scan_views.c: looking at one, each look on record. */
void intake_need_view_scan(struct turn *, const struct call *);
struct outcome intake_view_scan(struct turn *, struct call *);

/* RULE H21: the item's department handles a case, and each that has or had a task on it. `involved`
 * is the row of the actor's department, which must have been wanted. */
struct outcome intake_handles(struct turn *, const struct call *, const struct case_row *);

/* applicants.c: looking at applicants, each look on record. */
void intake_need_applicant(struct turn *, const struct call *);
struct outcome intake_view_applicant(struct turn *, struct call *);
void intake_need_recall(struct turn *, const struct call *);
struct outcome intake_recall(struct turn *, struct call *);
/* search.c: a search for cases is put on record. */
void intake_need_search(struct turn *, const struct call *);
struct outcome intake_search(struct turn *, struct call *);
/* Likewise of the person concerned, who asks who looked at his data. */
struct outcome intake_ask_looks(struct turn *, struct call *);
/* And how they come to be known, with the case they are taken in with. */
void intake_want_known(struct turn *, const char *document);
void intake_know(struct turn *, const struct call *, const Onedoor__Intake__Applicant *,
                 const struct case_row *);
/* His case is put right: what a window knows of him by this very case is put right with it. */
void intake_know_better(struct turn *, const Onedoor__Intake__Applicant *, int64_t number);
/* What a window knows of him by this case is forgotten; what it knows by another stays. */
void intake_forget(struct turn *, const Onedoor__Intake__Applicant *, int64_t number);
/* The case of this item that the applicant was taken in with today; 0 when there is none. */
int64_t intake_applied_today(struct turn *, const Onedoor__Intake__Applicant *, const char *item);
/* In the arena. */
const char *intake_capitals(const char *text, struct arena *);

/* slips.c: slips go on paper, each print on record. */
void intake_need_print(struct turn *, const struct call *);
struct outcome intake_print(struct turn *, struct call *);

/* take_ticket.c: somebody takes a ticket, or gives it up. */
void intake_need_take_ticket(struct turn *, const struct call *);
struct outcome intake_take_ticket(struct turn *, struct call *);

void intake_need_leave_queue(struct turn *, const struct call *);
struct outcome intake_leave_queue(struct turn *, struct call *);

/* call_ticket.c: what a window does with tickets. */
void intake_need_call(struct turn *, const struct call *);
struct outcome intake_call_next(struct turn *, struct call *);
struct outcome intake_call_again(struct turn *, struct call *);
struct outcome intake_pass_over(struct turn *, struct call *);
struct outcome intake_finish_ticket(struct turn *, struct call *);
void intake_need_transfer_ticket(struct turn *, const struct call *);
struct outcome intake_transfer_ticket(struct turn *, struct call *);

/* questions.c: somebody asks, and is answered, led or told when to come again. */
void intake_need_take_question(struct turn *, const struct call *);
struct outcome intake_take_question(struct turn *, struct call *);
void intake_need_question(struct turn *, const struct call *);
struct outcome intake_answer_question(struct turn *, struct call *);
struct outcome intake_send_question_on(struct turn *, struct call *);
struct outcome intake_give_question_up(struct turn *, struct call *);

/* calendar.c: a year's working days are published. */
void intake_need_publish_calendar(struct turn *, const struct call *);
struct outcome intake_publish_calendar(struct turn *, struct call *);
extern const struct walk intake_walks[];
/* Counts by the list from here on, and says so. `corrected`: null, or a day that had begun. */
void intake_follow_calendar(struct turn *, const struct year_days *, Onedoor__CorrectedDay *);

/* correct_day.c: a day that had begun was not what its year's list says. */
struct outcome intake_correct_day(struct turn *, struct call *);

/* windows.c: a window is set up or changed. */
void intake_need_set_window(struct turn *, const struct call *);
struct outcome intake_set_window(struct turn *, struct call *);

/* RULE H1: the item's department, at any of its windows, and the hall's own staff receive the
 * applicant. RULE L32.2, H6: whoever asks the wrong department is told the right one. */
struct outcome intake_serves(const struct catalogue *, const struct actor *,
                             const struct item_row *, struct arena *);
/* What the department alone may do. */
struct outcome intake_owns(const struct catalogue *, const struct actor *, const struct item_row *,
                           struct arena *);

/* commands.c: the case a command is about, if there is one, the actor may, and it is as it was
 * shown. */
typedef struct outcome intake_permission(const struct catalogue *, const struct actor *,
                                         const struct item_row *, struct arena *);
struct outcome intake_find_case(struct turn *, const struct call *, intake_permission *,
                                struct case_row **);

#endif
