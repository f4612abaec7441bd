/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/year_days.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/holidays.h"
#include "services/intake/intake.h"
#include "services/intake/publish_check.h"

static struct outcome missing(const char *field, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_MISSING, field, detail);
}

/* A note belongs to a document of no known kind, a legal representative to an organisation. */
static struct outcome check_self(const Onedoor__Intake__Applicant *applicant)
{
    bool other = applicant->document_kind == ONEDOOR__INTAKE__DOCUMENT_KIND__OTHER_DOCUMENT;
    bool organisation = applicant->kind == ONEDOOR__INTAKE__APPLICANT_KIND__ORGANISATION;
    if (other != (applicant->document_note[0] != '\0'))
        return missing("applicant.document_note", "is given of another document, and of no other");
    if (organisation != (applicant->legal_representative[0] != '\0'))
        return missing("applicant.legal_representative",
                       "is given of an organisation, and of no person");
    return OUTCOME_OK;
}

/* RULE L29: an agent brings a document and a letter of authority, and can be reached. */
static struct outcome check_agent(const Onedoor__Intake__Applicant *applicant)
{
    bool by_agent = applicant->agent_name[0] != '\0';
    if (by_agent != (applicant->agent_document[0] != '\0'))
        return missing("applicant.agent_document",
                       "an agent has a name and a document, or there is none");
    if (by_agent != (applicant->agent_phone[0] != '\0'))
        return missing("applicant.agent_phone", "an agent has a telephone, or there is none");
    if (by_agent && !applicant->agent_letter)
        return missing("applicant.agent_letter", "an agent brings a letter of authority");
    return OUTCOME_OK;
}

/* ---- verdicts on papers */

static struct outcome wrong_verdict(size_t at, const char *field, const char *detail,
                                    struct arena *arena)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID,
                   arena_printf(arena, "verdicts[%zu].%s", at, field), detail);
}

/* RULE L32.4: who has to bring a paper again is told its fault. */
static struct outcome check_verdict(const Onedoor__Intake__PaperVerdict *verdict, size_t at,
                                    struct arena *arena)
{
    bool wrong = verdict->verdict == ONEDOOR__INTAKE__VERDICT__WRONG;
    bool mended = verdict->verdict == ONEDOOR__INTAKE__VERDICT__MENDED;
    bool faulty = verdict->fault != ONEDOOR__INTAKE__PAPER_FAULT__PAPER_FAULT_UNSPECIFIED;
    if (faulty != (wrong || mended))
        return wrong_verdict(at, "fault", "is given of a wrong or mended paper, and of no other",
                             arena);
    if (verdict->fault == ONEDOOR__INTAKE__PAPER_FAULT__OTHER_FAULT && verdict->note[0] == '\0')
        return wrong_verdict(at, "note", "says what another fault is", arena);
    if (!faulty && verdict->note[0] != '\0')
        return wrong_verdict(at, "note", "is of a wrong or mended paper", arena);
    return OUTCOME_OK;
}

static struct outcome check_verdicts(Onedoor__Intake__PaperVerdict *const *verdicts, size_t n,
                                     struct arena *arena)
{
    uint64_t judged = 0;
    struct outcome outcome = OUTCOME_OK;
    for (size_t i = 0; is_ok(outcome) && i < n; i++) {
        uint64_t bit = UINT64_C(1) << (verdicts[i]->seq - 1);
        if ((judged & bit) != 0)
            return wrong_verdict(i, "seq", "each paper has one verdict", arena);
        judged |= bit;
        outcome = check_verdict(verdicts[i], i, arena);
    }
    return outcome;
}

static struct outcome check_check(const void *message, struct arena *arena)
{
    const Onedoor__Intake__Check *check = message;
    return check_verdicts(check->verdicts, check->n_verdicts, arena);
}

static struct outcome check_supplement(const void *message, struct arena *arena)
{
    const Onedoor__Intake__Supplement *supplement = message;
    if (supplement->n_materials + supplement->n_verdicts == 0)
        return missing("materials", "or verdicts: one is given");
    return check_verdicts(supplement->verdicts, supplement->n_verdicts, arena);
}

/* What a second request asks for is wrong or absent. */
static struct outcome check_ask_again(const void *message, struct arena *arena)
{
    const Onedoor__Intake__AskAgain *ask = message;
    for (size_t i = 0; i < ask->n_verdicts; i++)
        if (ask->verdicts[i]->verdict != ONEDOOR__INTAKE__VERDICT__WRONG &&
            ask->verdicts[i]->verdict != ONEDOOR__INTAKE__VERDICT__ABSENT)
            return wrong_verdict(i, "verdict", "must be wrong or absent", arena);
    return check_verdicts(ask->verdicts, ask->n_verdicts, arena);
}

static struct outcome check_submit(const void *message, struct arena *arena)
{
    const Onedoor__Intake__Submit *submit = message;
    struct outcome outcome = check_self(submit->applicant);
    if (is_ok(outcome))
        outcome = check_agent(submit->applicant);
    return is_ok(outcome) ? check_verdicts(submit->verdicts, submit->n_verdicts, arena) : outcome;
}

/* Somebody waits for an item, or for a window. */
static struct outcome check_place(const char *item, int32_t window)
{
    if ((item[0] != '\0') == (window != 0))
        return missing("item", "either an item or a window is given");
    return OUTCOME_OK;
}

static struct outcome check_take_ticket(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__TakeTicket *take = message;
    return check_place(take->item, take->window);
}

static struct outcome check_transfer(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__TransferTicket *transfer = message;
    return check_place(transfer->item, transfer->window);
}

/* RULE H6: it is on record what came of it. */
static struct outcome check_take_question(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__TakeQuestion *take = message;
    int ends = (take->answer[0] != '\0') + (take->window != 0) + (take->department[0] != '\0');
    if (ends != 1)
        return missing("answer", "either an answer, a window or a department is given");
    if (take->due_day != 0 && take->department[0] == '\0')
        return missing("department", "a day is agreed on with a department");
    return OUTCOME_OK;
}

/* RULE L32.2: the right authority is named. */
static struct outcome check_refuse(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__Refuse *refusal = message;
    if (refusal->ground == ONEDOOR__INTAKE__REFUSAL_GROUND__NOT_THIS_AUTHORITY &&
        refusal->right_authority[0] == '\0')
        return missing("right_authority", "must be given for this ground");
    return OUTCOME_OK;
}

/* RULE L38: nobody is turned down without the reason. */
static struct outcome check_finish(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__Finish *finish = message;
    if (!finish->granted && finish->reason[0] == '\0')
        return invalid(ONEDOOR__REASON__REASON_REQUIRED, "reason", "must be given to deny");
    return OUTCOME_OK;
}

static struct outcome check_amend(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__Amend *amend = message;
    bool given = amend->name[0] != '\0' || amend->phone[0] != '\0' || amend->address[0] != '\0' ||
                 amend->n_facts > 0;
    return given ? OUTCOME_OK : missing("name", "or a phone, an address, facts: one is given");
}

/* What is handed over has a collector, who shows a document or a slip; nothing else has one. */
static struct outcome check_deliver(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__Deliver *deliver = message;
    bool handed = deliver->how == ONEDOOR__INTAKE__DELIVERY__HANDED_OVER;
    bool another = deliver->collector == ONEDOOR__INTAKE__COLLECTOR__ANOTHER_AGENT;
    if (handed != (deliver->collector != ONEDOOR__INTAKE__COLLECTOR__COLLECTOR_UNSPECIFIED))
        return missing("collector", "is given of what is handed over, and of nothing else");
    if (handed && (deliver->document[0] == '\0') == (deliver->code[0] == '\0' || another))
        return missing("document", "or the code of a slip: one of them is given");
    if (another != (deliver->name[0] != '\0'))
        return missing("name", "is given of another agent, and of nobody else");
    return another && !deliver->letter
               ? missing("letter", "another agent brings a letter of authority")
               : OUTCOME_OK;
}

static struct outcome check_search_cases(const void *message, struct arena *arena)
{
    (void)arena;
    const Onedoor__Intake__SearchCases *search = message;
    int given =
        (search->document[0] != '\0') + (search->name[0] != '\0') + (search->phone[0] != '\0');
    return given == 1 ? OUTCOME_OK
                      : missing("document", "or a name, or a phone: one of them is given");
}

static struct outcome check_publish_calendar(const void *message, struct arena *arena)
{
    const Onedoor__Intake__PublishCalendar *publish = message;
    const struct year_days list = {publish->year, publish->days, publish->n_days};
    struct outcome outcome = year_days_check(&list, arena);
    return is_ok(outcome) ? intake_holidays_check(&list, arena) : outcome;
}

const struct check intake_checks[] = {
    {&onedoor__intake__submit__descriptor, check_submit},
    {&onedoor__intake__check__descriptor, check_check},
    {&onedoor__intake__supplement__descriptor, check_supplement},
    {&onedoor__intake__ask_again__descriptor, check_ask_again},
    {&onedoor__intake__refuse__descriptor, check_refuse},
    {&onedoor__intake__finish__descriptor, check_finish},
    {&onedoor__intake__deliver__descriptor, check_deliver},
    {&onedoor__intake__amend__descriptor, check_amend},
    {&onedoor__intake__search_cases__descriptor, check_search_cases},
    {&onedoor__intake__take_question__descriptor, check_take_question},
    {&onedoor__intake__take_ticket__descriptor, check_take_ticket},
    {&onedoor__intake__transfer_ticket__descriptor, check_transfer},
    {&onedoor__intake__publish_item__descriptor, publish_check_item},
    {&onedoor__intake__set_department__descriptor, publish_check_department},
    {&onedoor__intake__set_window__descriptor, publish_check_window},
    {&onedoor__intake__publish_calendar__descriptor, check_publish_calendar},
    {NULL, NULL},
};
