/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/cut.h"

#include <string.h>

static void a_text_is_cut_between_characters(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        const char *cut;
    } cases[] = {
        {"name", 5, "name"},
        {"name", 4, "nam"},
        {"name", 1, ""},
        {"", 4, ""},
        {"王芳", 7, "王芳"},
        {"王芳", 6, "王"},
        {"王芳", 5, "王"},
        {"王芳", 4, "王"},
        {"王芳", 3, ""},
        {"a王", 3, "a"},
        {"é", 2, ""},
        {"é", 3, "é"},
        {"x\U00020000", 4, "x"},
        {"x\U00020000", 5, "x"},
        {"x\U00020000", 6, "x\U00020000"},
        {"王\U00020000", 7, "王"},
        {"\U00020000a", 6, "\U00020000a"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char cut[16];
        memset(cut, '#', sizeof cut);
        cut_copy(cut, cases[i].size, cases[i].text);
        assert_string_equal(cases[i].cut, cut);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
