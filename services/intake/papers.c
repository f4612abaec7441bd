/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/papers.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/wire/message.h"
#include "services/intake/materials.h"

/* ---- what is said of papers */

const Onedoor__Intake__Papers *intake_papers_said(struct bytes said, struct arena *arena)
{
    static const Onedoor__Intake__Papers none = ONEDOOR__INTAKE__PAPERS__INIT;
    if (said.len == 0)
        return &none;
    const Onedoor__Intake__Papers *papers =
        message_unpack(&onedoor__intake__papers__descriptor, said, arena);
    must(papers != NULL);
    return papers;
}

Onedoor__Intake__Paper *intake_paper_said(const Onedoor__Intake__Papers *papers, int32_t seq)
{
    for (size_t i = 0; i < papers->n_papers; i++)
        if (papers->papers[i]->seq == seq)
            return papers->papers[i];
    return NULL;
}

/* By place in the item's list: what is said of each paper, null of those that are right. */
struct sheet {
    const struct item_version *item;
    unsigned char *copies;
    Onedoor__Intake__Paper **said;
    struct bytes before; /* copies before anything was brought */
    struct arena *arena;
};

static struct sheet open_sheet(const struct item_version *item, const struct papers *papers,
                               struct arena *arena)
{
    struct sheet sheet = {.item = item, .before = papers->materials, .arena = arena};
    const Onedoor__Intake__Papers *said = intake_papers_said(papers->said, arena);
    size_t n = (size_t)item->n_materials;
    sheet.copies =
        (unsigned char *)intake_materials_add(item, papers->materials, NULL, 0, arena).data;
    sheet.said = ARENA_ARRAY(arena, Onedoor__Intake__Paper *, n + 1);
    for (size_t i = 0; i < n; i++)
        sheet.said[i] = intake_paper_said(said, (int32_t)i + 1);
    return sheet;
}

static struct papers close_sheet(const struct sheet *sheet)
{
    Onedoor__Intake__Papers all = ONEDOOR__INTAKE__PAPERS__INIT;
    size_t n = (size_t)sheet->item->n_materials;
    all.papers = ARENA_ARRAY(sheet->arena, Onedoor__Intake__Paper *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (sheet->said[i] != NULL)
            all.papers[all.n_papers++] = sheet->said[i];
    return (struct papers){
        .materials = {sheet->copies, n},
        .said = all.n_papers == 0 ? (struct bytes){NULL, 0} : message_pack(&all.base, sheet->arena),
    };
}

/* ---- what is brought */

static struct outcome refuse_at(struct outcome outcome, const char *list, size_t at,
                                struct arena *arena)
{
    outcome.field = arena_printf(arena, "%s[%zu].seq", list, at);
    return outcome;
}

static struct outcome unlisted(const char *list, size_t at, struct arena *arena)
{
    return refuse_at(
        refuse(ONEDOOR__REASON__UNKNOWN_MATERIAL, "the item's list has no such material"), list, at,
        arena);
}

static bool is_listed(const struct item_version *item, int32_t seq)
{
    return seq >= 1 && seq <= item->n_materials;
}

static struct outcome hand_in(struct sheet *sheet, const struct brought *brought)
{
    for (size_t i = 0; i < brought->n_materials; i++) {
        const Onedoor__Intake__MaterialIn *in = brought->materials[i];
        if (!is_listed(sheet->item, in->seq)) /* RULE L31 */
            return unlisted("materials", i, sheet->arena);
        const struct handed_in one = {in->seq, in->copies};
        struct bytes sum = {sheet->copies, (size_t)sheet->item->n_materials};
        sum = intake_materials_add(sheet->item, sum, &one, 1, sheet->arena);
        sheet->copies = (unsigned char *)sum.data;
        sheet->said[in->seq - 1] = NULL;
    }
    return OUTCOME_OK;
}

static unsigned char before(const struct sheet *sheet, int32_t seq)
{
    return (size_t)seq <= sheet->before.len ? sheet->before.data[seq - 1] : 0;
}

/* Whether all copies asked for were right before this request. */
static bool was_right(const struct sheet *sheet, int32_t seq)
{
    const struct material_row *material = &sheet->item->materials[seq - 1];
    return before(sheet, seq) > 0 && intake_material_missing(material, sheet->before) == 0;
}

static Onedoor__Intake__Paper *paper_of(const Onedoor__Intake__PaperVerdict *verdict,
                                        const struct brought *brought, struct arena *arena)
{
    Onedoor__Intake__Paper *paper = ARENA_NEW(arena, Onedoor__Intake__Paper);
    onedoor__intake__paper__init(paper);
    paper->seq = verdict->seq;
    paper->verdict = verdict->verdict;
    paper->fault = verdict->fault;
    paper->note = verdict->note;
    paper->by = (char *)brought->by;
    paper->at_ms = brought->at_ms;
    return paper;
}

static bool hands_back(const Onedoor__Intake__PaperVerdict *verdict)
{
    return verdict->verdict == ONEDOOR__INTAKE__VERDICT__WRONG ||
           verdict->verdict == ONEDOOR__INTAKE__VERDICT__ABSENT;
}

/* A paper that is handed back leaves `kept` copies. */
static void judge(struct sheet *sheet, const Onedoor__Intake__PaperVerdict *verdict,
                  const struct brought *brought, unsigned char kept)
{
    bool is_said = verdict->verdict == ONEDOOR__INTAKE__VERDICT__WRONG ||
                   verdict->verdict == ONEDOOR__INTAKE__VERDICT__MENDED;
    size_t at = (size_t)verdict->seq - 1;
    sheet->said[at] = is_said ? paper_of(verdict, brought, sheet->arena) : NULL;
    if (hands_back(verdict))
        sheet->copies[at] = kept;
}

static struct outcome check_verdict(const struct sheet *sheet, const struct brought *brought,
                                    size_t at)
{
    const Onedoor__Intake__PaperVerdict *verdict = brought->verdicts[at];
    if (!is_listed(sheet->item, verdict->seq)) /* RULE L31 */
        return unlisted("verdicts", at, sheet->arena);
    if (brought->asked && hands_back(verdict) && was_right(sheet, verdict->seq)) /* RULE L32.4 */
        return refuse_at(
            refuse(ONEDOOR__REASON__FOUND_RIGHT,
                   "it was right when the hall asked: a second person agrees to ask again"),
            "verdicts", at, sheet->arena);
    if (verdict->verdict == ONEDOOR__INTAKE__VERDICT__MENDED &&
        sheet->copies[verdict->seq - 1] == 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID,
                       arena_printf(sheet->arena, "verdicts[%zu].verdict", at),
                       "what was not handed in cannot be mended");
    return OUTCOME_OK;
}

struct outcome intake_papers_bring(const struct item_version *item, const struct brought *brought,
                                   struct papers *papers, struct arena *arena)
{
    struct sheet sheet = open_sheet(item, papers, arena);
    struct outcome outcome = hand_in(&sheet, brought);
    for (size_t i = 0; is_ok(outcome) && i < brought->n_verdicts; i++) {
        const Onedoor__Intake__PaperVerdict *verdict = brought->verdicts[i];
        outcome = check_verdict(&sheet, brought, i);
        if (is_ok(outcome))
            judge(&sheet, verdict, brought, brought->asked ? before(&sheet, verdict->seq) : 0);
    }
    if (is_ok(outcome))
        *papers = close_sheet(&sheet);
    return outcome;
}

struct outcome intake_papers_void(const struct item_version *item, const struct brought *brought,
                                  struct papers *papers, struct arena *arena)
{
    struct sheet sheet = open_sheet(item, papers, arena);
    for (size_t i = 0; i < brought->n_verdicts; i++) {
        if (!is_listed(item, brought->verdicts[i]->seq)) /* RULE L31 */
            return unlisted("verdicts", i, arena);
        judge(&sheet, brought->verdicts[i], brought, 0);
    }
    *papers = close_sheet(&sheet);
    return OUTCOME_OK;
}
