/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/materials.h"
#include "services/intake/papers.h"
#include "services/intake/say.h"

#define RIGHT    ONEDOOR__INTAKE__VERDICT__RIGHT
#define ABSENT   ONEDOOR__INTAKE__VERDICT__ABSENT
#define WRONG    ONEDOOR__INTAKE__VERDICT__WRONG
#define MENDED   ONEDOOR__INTAKE__VERDICT__MENDED
#define NO_FAULT ONEDOOR__INTAKE__PAPER_FAULT__PAPER_FAULT_UNSPECIFIED
#define UNSIGNED ONEDOOR__INTAKE__PAPER_FAULT__NOT_SIGNED

/* A form, two plans, and a certificate that need not be brought. */
static const struct material_row list[] = {
    {.seq = 1,
     .name_zh = "申请表",
     .name_en = "Form",
     .form = "original",
     .copies = 1,
     .required = true},
    {.seq = 2,
     .name_zh = "平面图",
     .name_en = "Plan",
     .form = "copy",
     .copies = 2,
     .required = true},
    {.seq = 3, .name_zh = "证书", .name_en = "Certificate", .form = "copy", .copies = 1},
};
static const struct item_version item = {.materials = list, .n_materials = 3};

static int set_up(void **state)
{
    *state = arena_new(1 << 18);
    return 0;
}

static int tear_down(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

/* One thing that is brought, and one that is said; 0 = none. */
struct bringing {
    int32_t seq, copies;
    int32_t judged;
    Onedoor__Intake__Verdict verdict;
    Onedoor__Intake__PaperFault fault;
    bool asked;
};

static struct outcome bring(const struct bringing *one, struct papers *papers, struct arena *arena)
{
    Onedoor__Intake__MaterialIn in = ONEDOOR__INTAKE__MATERIAL_IN__INIT, *ins[] = {&in};
    Onedoor__Intake__PaperVerdict verdict = ONEDOOR__INTAKE__PAPER_VERDICT__INIT,
                                  *verdicts[] = {&verdict};
    in.seq = one->seq;
    in.copies = one->copies;
    verdict.seq = one->judged;
    verdict.verdict = one->verdict;
    verdict.fault = one->fault;
    verdict.note = one->fault == NO_FAULT ? "" : "第 2 页";
    const struct brought brought = {.materials = ins,
                                    .n_materials = one->seq == 0 ? 0 : 1,
                                    .verdicts = verdicts,
                                    .n_verdicts = one->judged == 0 ? 0 : 1,
                                    .asked = one->asked,
                                    .by = "t15",
                                    .at_ms = 1000};
    return intake_papers_bring(&item, &brought, papers, arena);
}

static void must_bring(const struct bringing *one, struct papers *papers, struct arena *arena)
{
    assert_int_equal(ONEDOOR__CODE__OK, bring(one, papers, arena).code);
}

/* All three lists handed in, nothing said. */
static struct papers whole(struct arena *arena)
{
    struct papers papers = {{NULL, 0}, {NULL, 0}};
    must_bring(&(struct bringing){.seq = 1, .copies = 1}, &papers, arena);
    must_bring(&(struct bringing){.seq = 2, .copies = 2}, &papers, arena);
    assert_int_equal(0, papers.said.len); /* what is right takes no room */
    return papers;
}

/* RULE L32.4: a wrong paper is handed back with its fault, which the notice names. */
static void a_wrong_paper_is_still_to_bring_and_says_its_fault(void **state)
{
    struct papers papers = whole(*state);
    Onedoor__Intake__Missing **missing;
    must_bring(&(struct bringing){.judged = 2, .verdict = WRONG, .fault = UNSIGNED}, &papers,
               *state);
    assert_false(intake_materials_complete(&item, papers.materials));
    assert_int_equal(1, intake_missing_message(&item, &papers, *state, &missing));
    assert_int_equal(2, missing[0]->seq);
    assert_int_equal(2, missing[0]->copies);
    assert_int_equal(UNSIGNED, missing[0]->fault);
    assert_string_equal("第 2 页", missing[0]->note);
    const Onedoor__Intake__Paper *said =
        intake_paper_said(intake_papers_said(papers.said, *state), 2);
    assert_string_equal("t15", said->by);
    assert_int_equal(1000, said->at_ms);
}

static void what_comes_in_its_place_takes_the_fault_away(void **state)
{
    struct papers papers = whole(*state);
    must_bring(&(struct bringing){.judged = 2, .verdict = WRONG, .fault = UNSIGNED}, &papers,
               *state);
    must_bring(&(struct bringing){.seq = 2, .copies = 2, .asked = true}, &papers, *state);
    assert_true(intake_materials_complete(&item, papers.materials));
    assert_int_equal(0, papers.said.len);
}

/* RULE L32.4 */
static void what_was_right_when_the_hall_asked_is_not_found_wrong_later(void **state)
{
    struct papers papers = whole(*state);
    must_bring(&(struct bringing){.judged = 1, .verdict = WRONG, .fault = UNSIGNED}, &papers,
               *state);
    const struct papers before = papers;
    static const Onedoor__Intake__Verdict verdicts[] = {WRONG, ABSENT};
    for (size_t i = 0; i < 2; i++) {
        const struct bringing late = {
            .judged = 2, .verdict = verdicts[i], .fault = UNSIGNED, .asked = true};
        struct outcome outcome = bring(&late, &papers, *state);
        assert_int_equal(ONEDOOR__REASON__FOUND_RIGHT, outcome.reason);
        assert_string_equal("verdicts[0].seq", outcome.field);
        assert_ptr_equal(before.materials.data, papers.materials.data);
    }
    /* the one that was wrong may be wrong again, in the same request as it comes */
    must_bring(
        &(struct bringing){
            .seq = 1, .copies = 1, .judged = 1, .verdict = WRONG, .fault = UNSIGNED, .asked = true},
        &papers, *state);
    assert_int_equal(1, intake_material_missing(&list[0], papers.materials));
}

/* One plan was right when the hall asked for the second. */
static void copies_that_were_right_stay_when_a_further_one_is_wrong(void **state)
{
    struct papers papers = {{NULL, 0}, {NULL, 0}};
    must_bring(&(struct bringing){.seq = 2, .copies = 1}, &papers, *state);
    must_bring(
        &(struct bringing){
            .seq = 2, .copies = 1, .judged = 2, .verdict = WRONG, .fault = UNSIGNED, .asked = true},
        &papers, *state);
    assert_int_equal(1, intake_material_missing(&list[1], papers.materials));
}

/* RULE L32.3 */
static void what_is_mended_on_the_spot_is_right_and_kept(void **state)
{
    struct papers papers = whole(*state);
    must_bring(&(struct bringing){.judged = 1, .verdict = MENDED, .fault = UNSIGNED}, &papers,
               *state);
    assert_true(intake_materials_complete(&item, papers.materials));
    assert_int_equal(MENDED,
                     intake_paper_said(intake_papers_said(papers.said, *state), 1)->verdict);
    struct papers none = {{NULL, 0}, {NULL, 0}};
    const struct bringing absent = {.judged = 1, .verdict = MENDED, .fault = UNSIGNED};
    assert_int_equal(ONEDOOR__REASON__FIELD_INVALID, bring(&absent, &none, *state).reason);
}

/* A paper that need not be brought stops nothing, and its fault is told with the others. */
static void a_wrong_paper_that_need_not_be_brought_is_told_and_stops_nothing(void **state)
{
    struct papers papers = whole(*state);
    Onedoor__Intake__Missing **missing;
    must_bring(
        &(struct bringing){.seq = 3, .copies = 1, .judged = 3, .verdict = WRONG, .fault = UNSIGNED},
        &papers, *state);
    assert_true(intake_materials_complete(&item, papers.materials));
    assert_int_equal(1, intake_missing_message(&item, &papers, *state, &missing));
    assert_int_equal(3, missing[0]->seq);
}

/* RULE L31 */
static void what_is_not_listed_is_not_judged(void **state)
{
    struct papers papers = whole(*state);
    assert_int_equal(
        ONEDOOR__REASON__UNKNOWN_MATERIAL,
        bring(&(struct bringing){.judged = 4, .verdict = RIGHT}, &papers, *state).reason);
    assert_int_equal(ONEDOOR__REASON__UNKNOWN_MATERIAL,
                     bring(&(struct bringing){.seq = 4, .copies = 1}, &papers, *state).reason);
}

static void a_paper_found_right_has_nothing_said_of_it(void **state)
{
    struct papers papers = whole(*state);
    must_bring(&(struct bringing){.judged = 1, .verdict = MENDED, .fault = UNSIGNED}, &papers,
               *state);
    must_bring(&(struct bringing){.judged = 1, .verdict = RIGHT}, &papers, *state);
    assert_int_equal(0, papers.said.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_wrong_paper_is_still_to_bring_and_says_its_fault, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_comes_in_its_place_takes_the_fault_away, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_right_when_the_hall_asked_is_not_found_wrong_later,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(copies_that_were_right_stay_when_a_further_one_is_wrong,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_mended_on_the_spot_is_right_and_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_wrong_paper_that_need_not_be_brought_is_told_and_stops_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_listed_is_not_judged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_paper_found_right_has_nothing_said_of_it, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
