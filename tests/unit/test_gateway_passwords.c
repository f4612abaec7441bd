/* SPDX-License-Identifier: Apache-2.0 */
/* Which passwords are good enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "services/gateway/people/passwords.h"

static void a_password_of_twelve_characters_is_good_whatever_they_are(void **state)
{
    static const char *const good[] = {
        "autumn moon over calm lake",   "kfpw-3xmd-9c2v-8hjn", "秋月照平湖秋月照平湖一二",
        "correct horse battery staple", "7391820465203",       "passwords are hard",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (password_fault(good[i], "li.ming") != NULL)
            fail_msg("%s", good[i]);
}

static void what_many_people_choose_is_refused(void **state)
{
    static const char *const easy[] = {
        "password1234", "Password123!",   "PASSWORD!!!!", "!!Passw0rd!!",
        "1q2w3e4r5t6y", "qwertyuiop12",   "123456789012", "210987654321",
        "abcdefghijkl", "aaaaaaaaaaaa",   "abcabcabcabc", "Passwordpassword",
        "OneDoor2026!", "administrator1", "iloveyou1234", "Chocolate2024",
    };
    (void)state;
    for (size_t i = 0; i < sizeof easy / sizeof easy[0]; i++)
        if (password_fault(easy[i], "li.ming") == NULL)
            fail_msg("%s", easy[i]);
}

static void the_name_is_not_in_it_whatever_its_case(void **state)
{
    (void)state;
    assert_non_null(password_fault("the key of li.ming here", "li.ming"));
    assert_non_null(password_fault("the key of LI.Ming here", "li.ming"));
    assert_null(password_fault("the key of LI.Ming here", "zhou.jun"));
}

static void its_length_is_counted_in_characters(void **state)
{
    char text[600] = "";
    (void)state;
    assert_non_null(password_fault("elevenchars", "li.ming"));
    assert_non_null(password_fault("秋月照平湖秋月照平湖一", "li.ming"));
    for (int i = 0; i < 128; i++)
        snprintf(text + 3 * i, 4, "%s", i % 3 == 0 ? "秋" : i % 5 == 0 ? "月" : "湖");
    assert_null(password_fault(text, "li.ming"));
    snprintf(text + 3 * 128, 4, "湖");
    assert_non_null(password_fault(text, "li.ming"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_of_twelve_characters_is_good_whatever_they_are),
        cmocka_unit_test(what_many_people_choose_is_refused),
        cmocka_unit_test(the_name_is_not_in_it_whatever_its_case),
        cmocka_unit_test(its_length_is_counted_in_characters),
    };
    return cmocka_run_group_tests_name("passwords", tests, NULL, NULL);
}
