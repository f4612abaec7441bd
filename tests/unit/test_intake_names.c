/* SPDX-License-Identifier: Apache-2.0 */
/* Names as lists show them, and what an applicant applied for on one day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/intake/again.h"
#include "services/intake/mask.h"

static void a_list_shows_the_ends_of_a_name_alone(void **state)
{
    static const char *const names[][2] = {
        {"张国国", "张*国"},
        {"张三", "张*"},
        {"张", "张"},
        {"", ""},
        {"欧阳国强", "欧**强"},
        {"John Li", "J*****i"},
        {"阿卜杜·买买提", "阿*****提"},
        {"𬭎𫖯𠮷", "𬭎*𠮷"},
    };
    struct arena *arena = arena_new(1 << 12);

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_string_equal(names[i][1], mask_name(names[i][0], arena));
    arena_free(&arena);
}

static void an_item_stands_once_with_its_last_case(void **state)
{
    struct arena *arena = arena_new(1 << 12);
    const char *text = again_add("", (struct applied){"CUL-02", 2201130000427}, arena);

    (void)state;
    assert_string_equal("CUL-02=2201130000427", text);
    text = again_add(text, (struct applied){"CUL-021", 11}, arena);
    text = again_add(text, (struct applied){"CUL-02", 12}, arena);
    assert_string_equal("CUL-02=12 CUL-021=11", text);
    assert_int_equal(12, again_find(text, "CUL-02", arena));
    assert_int_equal(11, again_find(text, "CUL-021", arena));
    assert_int_equal(0, again_find(text, "CUL-0", arena));
    assert_int_equal(0, again_find("", "CUL-02", arena));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_shows_the_ends_of_a_name_alone),
        cmocka_unit_test(an_item_stands_once_with_its_last_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
