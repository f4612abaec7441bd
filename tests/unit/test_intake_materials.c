/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/materials.h"
#include "services/intake/say.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A form, two plans, and a certificate that need not be brought. */
static const struct material_row list[] = {
    {.seq = 1, .copies = 1, .required = true},
    {.seq = 2, .copies = 2, .required = true},
    {.seq = 3, .copies = 1, .required = false},
};
static const struct item_version item = {.materials = list, .n_materials = COUNT(list)};

static int set_up(void **state)
{
    *state = arena_new(1 << 16);
    return 0;
}

static int tear_down(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

struct ticking {
    const char *what;
    struct handed_in in[4];
    size_t n;
    int32_t missing[3];
};

/* RULE L32.4: everything that is missing, no more and no less. */
static void what_is_missing_is_counted_copy_by_copy(void **state)
{
    static const struct ticking cases[] = {
        {"nothing", {{0, 0}}, 0, {1, 2, 0}},
        {"all", {{1, 1}, {2, 2}, {3, 1}}, 3, {0, 0, 0}},
        {"the required ones", {{1, 1}, {2, 2}}, 2, {0, 0, 0}},
        {"one plan of two", {{1, 1}, {2, 1}}, 2, {0, 1, 0}},
        {"the plans one by one", {{2, 1}, {1, 1}, {2, 1}}, 3, {0, 0, 0}},
        {"more than asked", {{1, 99}, {1, 99}, {1, 99}, {2, 3}}, 4, {0, 0, 0}},
        {"only what need not be brought", {{3, 1}}, 1, {1, 2, 0}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct bytes ticks =
            intake_materials_add(&item, (struct bytes){NULL, 0}, cases[i].in, cases[i].n, *state);
        bool complete = true;
        assert_int_equal(COUNT(list), ticks.len);
        for (size_t m = 0; m < COUNT(list); m++) {
            assert_int_equal(cases[i].missing[m], intake_material_missing(&list[m], ticks));
            complete = complete && cases[i].missing[m] == 0;
        }
        assert_int_equal(complete, intake_materials_complete(&item, ticks));
    }
}

/* RULE L32.4: a correction adds to what is there. */
static void what_is_brought_later_is_added(void **state)
{
    const struct handed_in first[] = {{2, 1}}, second[] = {{1, 1}, {2, 1}};
    struct bytes before = intake_materials_add(&item, (struct bytes){NULL, 0}, first, 1, *state);
    struct bytes after = intake_materials_add(&item, before, second, 2, *state);
    assert_true(intake_materials_complete(&item, after));
    assert_false(intake_materials_complete(&item, before)); /* and leaves what was there alone */
}

/* RULE L31 */
static void what_is_not_listed_is_not_taken(void **state)
{
    const int32_t unlisted[] = {-1, 0, 4, 65, INT32_MAX};
    for (size_t i = 0; i < COUNT(unlisted); i++) {
        const struct handed_in in[] = {{1, 1}, {unlisted[i], 1}};
        assert_null(
            intake_materials_add(&item, (struct bytes){NULL, 0}, in, COUNT(in), *state).data);
    }
}

/* RULE L30: the guide lists everything, what need not be brought too. */
static void the_guide_lists_every_material(void **state)
{
    Onedoor__Intake__ItemMaterial **guide;
    assert_int_equal(COUNT(list), intake_materials_message(&item, *state, &guide));
    for (size_t i = 0; i < COUNT(list); i++) {
        assert_int_equal(list[i].seq, guide[i]->seq);
        assert_int_equal(list[i].copies, guide[i]->copies);
        assert_int_equal(list[i].required, guide[i]->required);
    }
}

/* RULE L32.4: a correction names what is still to bring, and nothing else. */
static void a_correction_names_only_what_is_missing(void **state)
{
    const struct handed_in in[] = {{1, 1}, {2, 1}};
    struct bytes ticks = intake_materials_add(&item, (struct bytes){NULL, 0}, in, 2, *state);
    Onedoor__Intake__Missing **missing;
    const struct papers papers = {.materials = ticks};
    assert_int_equal(1, intake_missing_message(&item, &papers, *state, &missing));
    assert_int_equal(2, missing[0]->seq);
    assert_int_equal(1, missing[0]->copies);
}

/* RULE H9: half the time, rounded up. RULE H4: at the window when it is immediate and the window
 * may. */
static void limits_follow_from_the_item(void **state)
{
    static const struct {
        int16_t days, fast;
    } cases[] = {{0, 0}, {1, 1}, {5, 3}, {7, 4}, {10, 5}, {20, 10}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct item_row row = {.promised_days = cases[i].days};
        assert_int_equal(cases[i].days, intake_promised_days(&row, false));
        assert_int_equal(cases[i].fast, intake_promised_days(&row, true));
    }
    assert_true(
        intake_item_immediate(&(struct item_row){.immediate = true, .window_can_finish = true}));
    assert_false(intake_item_immediate(&(struct item_row){.immediate = true}));
    assert_false(intake_item_immediate(&(struct item_row){.window_can_finish = true}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_missing_is_counted_copy_by_copy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_brought_later_is_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_listed_is_not_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_guide_lists_every_material, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_correction_names_only_what_is_missing, set_up, tear_down),
        cmocka_unit_test(limits_follow_from_the_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
