/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/arguments.h"
#include "dies.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct setting own_settings[] = {
    {"thoroughness", SETTING_NUMBER, "3", 1, 9, "How thoroughly."},
    {"nickname", SETTING_TEXT, "door", 1, 8, "What it is called."},
    {"loud", SETTING_BOOL, "no", 0, 0, "Whether it speaks up."},
    {"visitor", SETTING_LIST, "", 0, 8, "Who comes; once for each."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};
static const struct setting *const tables[] = {common_settings, own_settings, NULL};

static struct arena *arena;
static char home[] = "/tmp/onedoor-config-XXXXXX", conf[64], home_option[64];
static const char *error;
static struct config *config;

static int make_home(void **state)
{
    (void)state;
    if (mkdtemp(home) == NULL)
        return -1;
    snprintf(conf, sizeof conf, "%s/onedoor.conf", home);
    snprintf(home_option, sizeof home_option, "--home=%s", home);
    return 0;
}

static int remove_home(void **state)
{
    (void)state;
    return rmdir(home);
}

static int start(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(conf);
    unsetenv("ONEDOOR_THOROUGHNESS");
    unsetenv("ONEDOOR_NICKNAME");
    arena_free(&arena);
    return 0;
}

static void write_conf(const char *text)
{
    FILE *file = fopen(conf, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* With up to two more words on the command line. */
static enum status read_config(const char *word, const char *another)
{
    char *arguments[] = {home_option, (char *)(uintptr_t)word, (char *)(uintptr_t)another, NULL};
    int n = word == NULL ? 1 : another == NULL ? 2 : 3;
    return config_read(&config, n, arguments, tables, arena, &error);
}

static void assert_refused(const char *word, const char *expected)
{
    assert_int_equal(STATUS_INVALID, read_config(word, NULL));
    assert_non_null(error);
    assert_non_null(strstr(error, expected));
}

/* ---- the four places */

static void without_a_word_the_defaults_hold(void **state)
{
    (void)state;
    assert_int_equal(STATUS_OK, read_config(NULL, NULL));
    assert_int_equal(3, config_number(config, "thoroughness"));
    assert_string_equal("door", config_text(config, "nickname"));
    assert_false(config_bool(config, "loud"));
    assert_int_equal(480, config_number(config, "utc_offset_min"));
}

static void file_environment_and_command_line_each_win_over_the_one_before(void **state)
{
    (void)state;
    write_conf("thoroughness = 4\n");
    assert_int_equal(STATUS_OK, read_config(NULL, NULL));
    assert_int_equal(4, config_number(config, "thoroughness"));
    setenv("ONEDOOR_THOROUGHNESS", "5", 1);
    assert_int_equal(STATUS_OK, read_config(NULL, NULL));
    assert_int_equal(5, config_number(config, "thoroughness"));
    assert_int_equal(STATUS_OK, read_config("--thoroughness=6", NULL));
    assert_int_equal(6, config_number(config, "thoroughness"));
}

static void the_file_may_have_comments_blanks_and_what_others_set(void **state)
{
    (void)state;
    write_conf("# of this hall\n\n  nickname =  one door \t\n\t# more\nheight_of_another = 12\n"
               "loud=yes\n");
    assert_int_equal(STATUS_OK, read_config(NULL, NULL));
    assert_string_equal("one door", config_text(config, "nickname"));
    assert_true(config_bool(config, "loud"));
}

static void a_hall_without_a_file_is_as_good_as_any(void **state)
{
    (void)state;
    assert_int_equal(STATUS_OK, read_config("--nickname=gate", NULL));
    assert_string_equal("gate", config_text(config, "nickname"));
}

static void a_list_holds_what_the_command_line_gives_it_in_order(void **state)
{
    (void)state;
    write_conf("visitor = nobody\n");
    assert_int_equal(STATUS_OK, read_config("--visitor=one", "--visitor=another"));
    const char *const *visitors = config_list(config, "visitor");
    assert_string_equal("one", visitors[0]);
    assert_string_equal("another", visitors[1]);
    assert_null(visitors[2]);
    assert_int_equal(STATUS_OK, read_config(NULL, NULL));
    assert_null(config_list(config, "visitor")[0]);
    assert_refused("--visitor=123456789", "visitor must be 0 to 8 bytes long");
}

/* ---- what is not a value */

static void values_out_of_bounds_are_refused_with_a_sentence(void **state)
{
    static const char *const words[] = {
        "--thoroughness=0",   "--thoroughness=10",
        "--thoroughness=",    "--thoroughness=3x",
        "--thoroughness=3 ",  "--thoroughness=x",
        "--thoroughness=1e1", "--thoroughness=99999999999999999999",
    };

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_refused(words[i], "thoroughness must be a number from 1 to 9");
    assert_refused("--nickname=", "nickname must be 1 to 8 bytes long");
    assert_refused("--nickname=123456789", "nickname must be 1 to 8 bytes long");
    assert_refused("--loud=perhaps", "loud must be yes or no");
}

static void words_that_are_no_settings_are_refused(void **state)
{
    (void)state;
    assert_refused("--height=3", "no setting '--height=3'");
    assert_refused("thoroughness=3", "not --name=value");
    assert_refused("--thoroughness", "not --name=value");
}

static void a_wrong_value_in_the_file_or_the_environment_is_refused_too(void **state)
{
    (void)state;
    setenv("ONEDOOR_THOROUGHNESS", "many", 1);
    assert_refused(NULL, "thoroughness must be a number");
    unsetenv("ONEDOOR_THOROUGHNESS");
    write_conf("thoroughness = many\n");
    assert_refused(NULL, "thoroughness must be a number");
    write_conf("thoroughness 4\n");
    assert_refused(NULL, "is not 'name = value'");
}

static void a_file_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    assert_int_equal(0, mkdir(conf, 0700));
    enum status status = read_config(NULL, NULL);
    assert_int_equal(0, rmdir(conf));
    assert_int_equal(STATUS_INVALID, status);
    assert_non_null(strstr(error, "cannot read"));
}

/* ---- what is shown */

static char *show(void)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    config_show(config, file);
    fclose(file);
    return text;
}

static void every_setting_is_shown_with_its_value(void **state)
{
    (void)state;
    assert_int_equal(STATUS_OK, read_config("--nickname=gate", NULL));
    char *text = show();
    assert_non_null(strstr(text, "nickname = gate\n"));
    assert_non_null(strstr(text, "thoroughness = 3\n"));
    assert_non_null(strstr(text, "database = \n"));
    free(text);
}

/* RULE H21: a connection string may hold a password. */
static void the_way_into_the_database_is_never_shown(void **state)
{
    (void)state;
    assert_int_equal(STATUS_OK, read_config("--database=host=db password=open-sesame", NULL));
    char *text = show();
    assert_null(strstr(text, "sesame"));
    assert_non_null(strstr(text, "database = (set)\n"));
    free(text);
}

/* ---- bugs */

static void read_what_no_table_names(void)
{
    config_text(config, "height");
}

static void set_what_is_out_of_bounds(void)
{
    config_set(config, "thoroughness", "10");
}

static void a_setting_that_no_table_names_is_a_bug(void **state)
{
    (void)state;
    config = config_defaults(tables, arena);
    assert_true(dies(read_what_no_table_names));
    assert_true(dies(set_what_is_out_of_bounds));
    config_set(config, "thoroughness", "9");
    assert_int_equal(9, config_number(config, "thoroughness"));
}

/* ---- as a person types it */

static void a_person_may_write_values_apart_and_switches_alone(void **state)
{
    char *argv[] = {"program", home_option,       "--nickname",       "gate",
                    "--loud",  "220113-000042-7", "--thoroughness=8", NULL};
    struct arguments arguments;

    (void)state;
    arguments_read(&arguments, 7, argv, tables, arena);
    assert_int_equal(STATUS_OK, config_read(&config, arguments.n_settings, arguments.settings,
                                            tables, arena, &error));
    assert_string_equal("gate", config_text(config, "nickname"));
    assert_true(config_bool(config, "loud"));
    assert_int_equal(8, config_number(config, "thoroughness"));
    assert_int_equal(1, arguments.n_operands);
    assert_string_equal("220113-000042-7", arguments.operands[0]);
    assert_null(arguments.operands[1]);
}

static void a_person_who_names_no_setting_is_told_so(void **state)
{
    char *argv[] = {"program", "--hight", "3", NULL};
    struct arguments arguments;

    (void)state;
    arguments_read(&arguments, 3, argv, tables, arena);
    assert_int_equal(STATUS_INVALID, config_read(&config, arguments.n_settings, arguments.settings,
                                                 tables, arena, &error));
    assert_non_null(strstr(error, "--hight"));
}

static void a_person_may_write_a_dash_within_a_name(void **state)
{
    char *argv[] = {"program", "--page-wait-ms", "700", "--queue-max=70", NULL};
    struct arguments arguments;

    (void)state;
    arguments_read(&arguments, 4, argv, tables, arena);
    assert_int_equal(2, arguments.n_settings);
    assert_string_equal("--page_wait_ms=700", arguments.settings[0]);
    assert_string_equal("--queue_max=70", arguments.settings[1]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
    const struct CMUnitTest tests[] = {
        TEST(without_a_word_the_defaults_hold),
        TEST(file_environment_and_command_line_each_win_over_the_one_before),
        TEST(the_file_may_have_comments_blanks_and_what_others_set),
        TEST(a_hall_without_a_file_is_as_good_as_any),
        TEST(values_out_of_bounds_are_refused_with_a_sentence),
        TEST(words_that_are_no_settings_are_refused),
        TEST(a_wrong_value_in_the_file_or_the_environment_is_refused_too),
        TEST(a_file_that_cannot_be_read_is_refused),
        TEST(every_setting_is_shown_with_its_value),
        TEST(the_way_into_the_database_is_never_shown),
        TEST(a_list_holds_what_the_command_line_gives_it_in_order),
        TEST(a_setting_that_no_table_names_is_a_bug),
        TEST(a_person_may_write_values_apart_and_switches_alone),
        TEST(a_person_who_names_no_setting_is_told_so),
        TEST(a_person_may_write_a_dash_within_a_name),
    };
    return cmocka_run_group_tests_name("config", tests, make_home, remove_home);
}
